//! Why an address must not be mailed, and what follows from it.

/// Why an address is suppressed. The words are those of the database and the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Mail to it comes back for good.
    Bounced,
    /// The person marked a mail as unwanted.
    Complained,
    /// The person told the tenant not to write any more (GDPR article 21).
    Objected,
    /// *It was not me*: somebody else typed the address.
    Reported,
    /// The person was erased.
    Erased,
}

impl Reason {
    /// Those a tenant may give: the others are the person's own to cause.
    pub const GIVEN: [Self; 3] = [Self::Bounced, Self::Complained, Self::Objected];
    /// Every word of [`Reason::word`].
    pub const WORDS: [&'static str; 5] = [
        Self::Bounced.word(),
        Self::Complained.word(),
        Self::Objected.word(),
        Self::Reported.word(),
        Self::Erased.word(),
    ];

    /// The word in the database and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Objected => "objected",
            Self::Reported => "reported",
            Self::Erased => "erased",
        }
    }

    /// The reason of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Bounced, Self::Complained, Self::Objected, Self::Reported, Self::Erased]
            .into_iter()
            .find(|it| it.word() == word)
    }

    /// Whether it is a no to everything the person once agreed to. A mailbox that is full or gone says nothing.
    pub const fn withdraws(self) -> bool {
        match self {
            Self::Complained | Self::Objected => true,
            Self::Bounced | Self::Reported | Self::Erased => false,
        }
    }

    /// Whether the tenant may lift it. What a person has caused themselves is not the tenant's to take back.
    pub const fn may_be_lifted(self) -> bool {
        match self {
            Self::Bounced | Self::Complained | Self::Objected => true,
            Self::Reported | Self::Erased => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tenant_gives_it_may_lift_and_nothing_else() {
        for word in Reason::WORDS {
            let reason = Reason::from_word(word).unwrap();
            assert_eq!(reason.word(), word);
            assert_eq!(reason.may_be_lifted(), Reason::GIVEN.contains(&reason), "{word}");
            assert!(!reason.withdraws() || reason.may_be_lifted(), "{word}");
        }
        assert_eq!(Reason::from_word("manual"), None);
    }
}
