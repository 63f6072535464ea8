//! The one table of budgets: what is counted, how often it may happen, and what follows when it is used up.
//!
//! Each number is a setting with a name and a sentence of its own, listed by `ayeaye config`.

use crate::{
    config::{
        Limits,
        keys::{self, Key},
    },
    domain::time::{DAY, HOUR, MINUTE},
};

/// What someone at the door wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Submit a form.
    SignUp,
    /// Have a confirmation mail sent again.
    Resend,
    /// Have the link to one's choices, or a code, sent.
    AskLink,
    /// Type a 6-digit code.
    TypeCode,
    /// Change something on a preference page other than leaving.
    Change,
    /// Have the page noted that has an old copy of a form.
    NoteCopy,
}

/// What is counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A mailbox, over all forms and tenants, its spellings folded.
    Mailbox,
    /// The domain of an address, over all forms and tenants.
    Domain,
    /// The network somebody comes from: /24 of IPv4, /64 of IPv6.
    Network,
    /// A form.
    Form,
    /// A person, by their preference page.
    Person,
}

/// When a rule is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At every deed of its.
    Always,
    /// Unless a proof of work came along, or its absence is counted by other rules.
    NoProof,
    /// When a proof of work was asked for and the browser cannot give one.
    Unproven,
}

/// What follows when a budget is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsedUp {
    /// The same answer, and no mail.
    NoMail,
    /// A proof of work is asked for.
    Prove,
    /// Come back when the span is over.
    Wait,
}

/// One line of the table.
#[derive(Debug)]
pub struct Rule {
    /// Its name among the counters.
    pub name: &'static str,
    /// What is counted.
    pub counted: Counted,
    /// At which deeds.
    pub deeds: &'static [Deed],
    /// When it is asked.
    pub when: When,
    /// How often at the most.
    pub most: fn(&Limits) -> u32,
    /// Within how many milliseconds.
    pub span: i64,
    /// Milliseconds between two, at least.
    pub gap: fn(&Limits) -> i64,
    /// What follows.
    pub used_up: UsedUp,
    /// The setting of the number.
    pub setting: &'static Key,
}

const MAILS: &[Deed] = &[Deed::SignUp, Deed::Resend, Deed::AskLink];

/// No gap: all of it may be used at once.
const AT_ONCE: fn(&Limits) -> i64 = |_| 0;

/// Every budget there is.
pub const TABLE: [Rule; 11] = [
    Rule {
        name: "recipient",
        counted: Counted::Mailbox,
        deeds: MAILS,
        when: When::Always,
        most: |it| it.recipient_per_day,
        span: DAY,
        gap: |it| it.recipient_gap.millis(),
        used_up: UsedUp::NoMail,
        setting: keys::RECIPIENT_PER_DAY,
    },
    Rule {
        name: "recipient_month",
        counted: Counted::Mailbox,
        deeds: MAILS,
        when: When::Always,
        most: |it| it.recipient_per_month,
        span: 30 * DAY,
        // The least there is: with one the span slides. The gap that counts is that of the line before.
        gap: |_| 1,
        used_up: UsedUp::NoMail,
        setting: keys::RECIPIENT_PER_MONTH,
    },
    Rule {
        name: "network",
        counted: Counted::Network,
        deeds: MAILS,
        when: When::Always,
        most: |it| it.network_per_hour,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Wait,
        setting: keys::NETWORK_PER_HOUR,
    },
    Rule {
        name: "network_mails",
        counted: Counted::Network,
        deeds: &[Deed::SignUp],
        when: When::NoProof,
        most: |it| it.network_mails_per_hour,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Prove,
        setting: keys::NETWORK_MAILS_PER_HOUR,
    },
    Rule {
        name: "form",
        counted: Counted::Form,
        deeds: &[Deed::SignUp],
        when: When::NoProof,
        most: |it| it.form_per_minute,
        span: MINUTE,
        gap: AT_ONCE,
        used_up: UsedUp::Prove,
        setting: keys::FORM_PER_MINUTE,
    },
    Rule {
        name: "domain",
        counted: Counted::Domain,
        deeds: &[Deed::SignUp],
        when: When::NoProof,
        most: |it| it.domain_per_minute,
        span: MINUTE,
        gap: AT_ONCE,
        used_up: UsedUp::Prove,
        setting: keys::DOMAIN_PER_MINUTE,
    },
    Rule {
        name: "unproven_network",
        counted: Counted::Network,
        deeds: &[Deed::SignUp],
        when: When::Unproven,
        most: |it| it.unproven_per_network,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Wait,
        setting: keys::UNPROVEN_PER_NETWORK,
    },
    Rule {
        name: "unproven_form",
        counted: Counted::Form,
        deeds: &[Deed::SignUp],
        when: When::Unproven,
        most: |it| it.unproven_per_form,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Wait,
        setting: keys::UNPROVEN_PER_FORM,
    },
    Rule {
        name: "codes",
        counted: Counted::Network,
        deeds: &[Deed::TypeCode],
        when: When::Always,
        most: |it| it.codes_per_network,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Wait,
        setting: keys::CODES_PER_NETWORK,
    },
    Rule {
        name: "changes",
        counted: Counted::Person,
        deeds: &[Deed::Change],
        when: When::Always,
        most: |it| it.changes_per_person,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Wait,
        setting: keys::CHANGES_PER_PERSON,
    },
    Rule {
        name: "copies",
        counted: Counted::Form,
        deeds: &[Deed::NoteCopy],
        when: When::Always,
        most: |it| it.copies_per_form,
        span: HOUR,
        gap: AT_ONCE,
        used_up: UsedUp::Wait,
        setting: keys::COPIES_PER_FORM,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_budget_is_named_once_and_set_by_a_listed_key() {
        let names: BTreeSet<_> = TABLE.iter().map(|it| it.name).collect();
        let settings: BTreeSet<_> = TABLE.iter().map(|it| it.setting.name).collect();
        assert_eq!((names.len(), settings.len()), (TABLE.len(), TABLE.len()));
        for rule in &TABLE {
            assert!(Key::named(rule.setting.name).is_some(), "{}", rule.name);
            assert!(rule.setting.name.starts_with("limits."), "{}", rule.name);
            assert!(!rule.deeds.is_empty() && rule.span > 0, "{}", rule.name);
        }
    }

    /// Whoever solves what they are asked to solve gets in where they were asked, and nowhere are they asked twice.
    #[test]
    fn a_proof_lifts_exactly_the_budgets_that_ask_for_one() {
        for rule in &TABLE {
            assert_eq!(rule.used_up == UsedUp::Prove, rule.when == When::NoProof, "{}", rule.name);
            let only_sign_ups = rule.deeds == [Deed::SignUp];
            assert!(rule.when == When::Always || only_sign_ups, "{}: only a form can ask", rule.name);
        }
    }
}
