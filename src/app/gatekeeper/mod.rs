//! The one door of every public write path: who may come in, how often, and whom that may mail.
//!
//! Nobody is asked anything. Budgets stand in one [`table`]; they live in the database, so that they hold across
//! instances and restarts. A recipient's budget that is used up changes no answer: the visitor reads the same
//! page, and no mail is sent. Where a form is flooded or attacked, browsers are asked for a [`proof`] of work; one
//! that runs no script is let in too, at a slower pace. Leaving and *It was not me* are never limited.

pub mod proof;
pub mod table;
mod told;

pub(super) use self::told::admit_told;
use self::{
    proof::Given,
    table::{Counted, Deed, Rule, TABLE, UsedUp, When},
};
use super::{App, Result, Visit, tally::Decision};
use crate::{
    domain::{
        EmailAddress, Timestamp,
        id::{ContactId, FormId},
        link::{Kind, Link},
        pow,
    },
    store::{
        Tx,
        budget::{self, Budget},
    },
};

/// Somebody at the door.
pub(super) struct Ask<'a> {
    /// What they want.
    pub(super) deed: Deed,
    pub(super) visit: &'a Visit,
    pub(super) form: Option<FormId>,
    /// Whom it would mail.
    pub(super) email: Option<&'a EmailAddress>,
    /// The field `pow` of a form.
    pub(super) proof: &'a str,
    /// Whether to ask for a proof whatever the figures say.
    pub(super) must_prove: bool,
}

/// What the door does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// It opens.
    Open,
    /// Come back after so many milliseconds.
    Wait(i64),
    /// Come back with a proof of work.
    Prove,
}

/// The answer of the gatekeeper, with the transaction to go on in.
pub(super) struct Admitted {
    pub(super) tx: Tx,
    /// Whether the recipient may be mailed.
    pub(super) may_mail: bool,
    /// Whether to go on.
    pub(super) door: Door,
}

/// One budget of a request, and the line of the table it comes from; none for the one use of a proof.
struct Line {
    rule: Option<&'static Rule>,
    budget: Budget,
    granted: bool,
}

/// Uses the budgets of a request up and opens its transaction.
///
/// What is refused uses nothing up of a recipient: a flood that is turned away must not be the reason why the owner
/// of an address gets no mail.
pub(super) async fn admit(app: &App, ask: &Ask<'_>, now: Timestamp) -> Result<Admitted> {
    let given = ask.form.map_or(Given::Nothing, |form| proof::read(app, form, ask.proof));
    let attacked = ask.must_prove || ask.form.is_some_and(|it| app.tally.is_attacked(it));
    let missing = attacked && matches!(given, Given::Nothing | Given::Bad);
    let mut lines = lines(app, ask, &given, missing);
    let tx = match app.store.beside().await? {
        Some(mut side) => {
            take(&mut side, &mut lines, now).await?;
            // Whoever comes through the API holds a transaction while it waits for a connection beside it.
            drop(side);
            app.store.begin().await?
        }
        None => {
            let mut tx = app.store.begin().await?;
            take(&mut tx, &mut lines, now).await?;
            tx
        }
    };
    let refused = |what: UsedUp| lines.iter().find(|it| !it.granted && used_up(it) == what);
    let door = match (refused(UsedUp::Wait), refused(UsedUp::Prove)) {
        (Some(line), _) => Door::Wait(line.budget.span),
        (None, Some(_)) => Door::Prove,
        (None, None) if missing => Door::Prove,
        (None, None) => Door::Open,
    };
    if let (Some(form), Deed::SignUp) = (ask.form, ask.deed) {
        app.tally.tried(form);
    }
    count(app, &lines, &given, door);
    let may_mail = door == Door::Open && ask.email.is_some() && refused(UsedUp::NoMail).is_none();
    Ok(Admitted { tx, may_mail, door })
}

/// The budgets of a request. Without the proof it needs, only what makes it wait is counted.
fn lines(app: &App, ask: &Ask<'_>, given: &Given, missing: bool) -> Vec<Line> {
    let fits = |rule: &Rule| {
        let when = match rule.when {
            When::Always => true,
            // Only a form can ask for one.
            When::NoProof => ask.form.is_some() && matches!(given, Given::Nothing | Given::Bad),
            When::Unproven => *given == Given::Unable,
        };
        when && rule.deeds.contains(&ask.deed) && (!missing || rule.used_up == UsedUp::Wait)
    };
    let mut lines: Vec<Line> = TABLE
        .iter()
        .filter(|rule| fits(rule))
        .filter_map(|rule| Some(line(app, rule, name(app, ask, rule)?)))
        .collect();
    if let Given::Good(challenge) = given {
        let id = app.keys.budget("proof", challenge.as_bytes());
        let budget = Budget { id, most: 1, span: pow::LIFE, gap: 0 };
        lines.push(Line { rule: None, budget, granted: false });
    }
    lines
}

fn line(app: &App, rule: &'static Rule, id: String) -> Line {
    let limits = &app.config.limits;
    let budget =
        Budget { id, most: i64::from((rule.most)(limits)), span: rule.span, gap: (rule.gap)(limits) };
    Line { rule: Some(rule), budget, granted: false }
}

/// The keyed name of what a rule counts; `None` when the request has no such thing.
fn name(app: &App, ask: &Ask<'_>, rule: &Rule) -> Option<String> {
    Some(match rule.counted {
        Counted::Mailbox => of_mailbox(rule, &app.keys.recipient(ask.email?)),
        Counted::Domain => app.keys.budget(rule.name, ask.email?.budget_domain().as_bytes()),
        Counted::Network => app.keys.budget(rule.name, ask.visit.network().as_bytes()),
        Counted::Form => app.keys.budget(rule.name, ask.form?.bytes()),
        // A person is counted where their page is: see `may_change`.
        Counted::Person => return None,
    })
}

/// Requests keep the name of a mailbox; the budgets of it are told apart by what follows.
fn of_mailbox(rule: &Rule, recipient: &str) -> String {
    format!("{recipient}/{}", rule.name)
}

/// A proof that was used before proves nothing.
fn used_up(line: &Line) -> UsedUp {
    line.rule.map_or(UsedUp::Prove, |it| it.used_up)
}

/// Takes all of them in one statement; what was taken in vain is given back.
async fn take(tx: &mut Tx, lines: &mut [Line], now: Timestamp) -> Result<()> {
    let budgets: Vec<Budget> = lines.iter().map(|it| it.budget.clone()).collect();
    let granted = budget::take(tx, &budgets, now).await?;
    for (line, granted) in lines.iter_mut().zip(granted) {
        line.granted = granted;
    }
    let turned_away = lines.iter().any(|it| !it.granted && used_up(it) != UsedUp::NoMail);
    let no_mail = lines.iter().any(|it| !it.granted && used_up(it) == UsedUp::NoMail);
    let in_vain = |it: &&Line| {
        it.granted
            && match it.rule.map(|it| it.counted) {
                Some(Counted::Mailbox) => turned_away || no_mail,
                Some(Counted::Domain) | None => turned_away,
                Some(Counted::Network | Counted::Form | Counted::Person) => false,
            }
    };
    let back: Vec<&str> = lines.iter().filter(in_vain).map(|it| it.budget.id.as_str()).collect();
    if !back.is_empty() {
        budget::give_back(tx, &back).await?;
    }
    Ok(())
}

/// What `/metrics` tells of a decision.
fn count(app: &App, lines: &[Line], given: &Given, door: Door) {
    let refused = |counted: Counted| {
        lines.iter().any(|it| !it.granted && it.rule.is_some_and(|rule| rule.counted == counted))
    };
    let replayed = lines.iter().any(|it| it.rule.is_none() && !it.granted);
    if *given == Given::Bad || replayed {
        app.tally.count(Decision::ProofFailed);
    }
    if door == Door::Prove {
        app.tally.count(Decision::ProofAsked);
    }
    let reasons = [
        (Counted::Network, Decision::Network),
        (Counted::Form, Decision::Form),
        (Counted::Domain, Decision::Domain),
        (Counted::Mailbox, Decision::Recipient),
        (Counted::Person, Decision::Person),
    ];
    for (counted, decision) in reasons {
        if refused(counted) {
            app.tally.count(decision);
        }
    }
}

/// Counts one more mail to the person a request already names, by the stored name of their mailbox.
pub(super) async fn may_mail_again(app: &App, tx: &mut Tx, recipient: &str, now: Timestamp) -> Result<bool> {
    let of_mailboxes = TABLE.iter().filter(|it| it.counted == Counted::Mailbox);
    let mut lines: Vec<Line> = of_mailboxes.map(|it| line(app, it, of_mailbox(it, recipient))).collect();
    take(tx, &mut lines, now).await?;
    count(app, &lines, &Given::Nothing, Door::Open);
    Ok(lines.iter().all(|it| it.granted))
}

/// Whether a person's page may be changed once more; else after how many milliseconds. Leaving is not asked about.
///
/// # Errors
/// The database failed: nothing may be changed.
pub async fn may_change(app: &App, person: ContactId, now: Timestamp) -> Result<Option<i64>> {
    let rules = TABLE.iter().filter(|it| it.deeds.contains(&Deed::Change));
    let lines = rules.map(|it| line(app, it, app.keys.budget(it.name, person.bytes()))).collect();
    wait_for(app, lines, now).await
}

/// Whether one more page with an old copy of a form may be noted. Nobody is turned away when not.
pub(super) async fn may_note_copy(app: &App, tx: &mut Tx, form: FormId, now: Timestamp) -> Result<bool> {
    let rules = TABLE.iter().filter(|it| it.deeds.contains(&Deed::NoteCopy));
    let mut lines: Vec<Line> =
        rules.map(|it| line(app, it, app.keys.budget(it.name, form.bytes()))).collect();
    take(tx, &mut lines, now).await?;
    Ok(lines.iter().all(|it| it.granted))
}

/// Whether one more code may be typed from a network; else after how many milliseconds.
///
/// # Errors
/// The database failed: no code is looked at.
pub async fn may_type_code(app: &App, visit: &Visit, now: Timestamp) -> Result<Option<i64>> {
    let ask = Ask { deed: Deed::TypeCode, visit, form: None, email: None, proof: "", must_prove: false };
    wait_for(app, lines(app, &ask, &Given::Nothing, false), now).await
}

async fn wait_for(app: &App, mut lines: Vec<Line>, now: Timestamp) -> Result<Option<i64>> {
    if let Some(mut side) = app.store.beside().await? {
        take(&mut side, &mut lines, now).await?;
    } else {
        let mut tx = app.store.begin().await?;
        take(&mut tx, &mut lines, now).await?;
        tx.commit().await?;
    }
    count(app, &lines, &Given::Nothing, Door::Open);
    Ok(lines.iter().find(|it| !it.granted).map(|it| it.budget.span))
}

/// Whether an address is of a service for throw-away addresses, by the list the operator gave; counts it.
pub fn is_disposable(app: &App, email: &EmailAddress) -> bool {
    let listed = &app.config.disposable_domains;
    let mut domain = email.domain();
    loop {
        if listed.contains(domain) {
            app.tally.count(Decision::Disposable);
            return true;
        }
        // A list names the domain people register, mailboxes may be below it.
        let Some((_, above)) = domain.split_once('.') else { return false };
        domain = above;
    }
}

/// What the token of a submitted form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormProof {
    /// The form was shown with these words a fitting time ago.
    Shown,
    /// There is none: a plain form on a site of the tenant's.
    Plain,
    /// Sent back sooner than anyone reads.
    TooSoon,
    /// Sent back too late.
    TooOld,
    /// The words have changed since it was shown.
    OtherWords,
    /// Not a token of this form.
    Forged,
}

/// Judges the token a form was sent back with. `words` is the hash of the words shown now.
pub fn form_proof(app: &App, form: FormId, words: [u8; 8], token: Option<&str>) -> FormProof {
    let Some(token) = token.filter(|it| !it.is_empty()) else { return FormProof::Plain };
    let Some(Link::Form(of, shown_at, shown)) = Link::open(&app.link_keys(), Kind::Form, token) else {
        return FormProof::Forged;
    };
    if of != form {
        return FormProof::Forged;
    }
    let age = app.now().since(shown_at);
    let limits = &app.config.limits;
    // The token carries whole seconds: a form shown at 0.9 s and sent at 2.0 s has waited 2 of them.
    if age < limits.form_token_min.millis() {
        FormProof::TooSoon
    } else if age > limits.form_token_max.millis() {
        FormProof::TooOld
    } else if shown != words {
        FormProof::OtherWords
    } else {
        FormProof::Shown
    }
}
