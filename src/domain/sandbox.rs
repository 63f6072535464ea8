//! Addresses that act a part in a tenant set up for tests: whoever builds a form sees each answer without having
//! to earn it. Elsewhere they are addresses like any other.

use super::EmailAddress;

/// What an address acts out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `+aye-bot`: the field no person sees was filled in.
    Bot,
    /// `+aye-slow`: a budget is used up.
    Slow,
    /// `+aye-attack`: the form is under attack and asks for a proof of work.
    Attack,
    /// `+aye-nomx`: its domain takes no mail.
    NoMail,
    /// `+aye-bounce`: the relay refuses the mail.
    Bounce,
}

/// The part of an address by its tag, `anything+aye-bot@…`; none of an ordinary one.
pub fn part(address: &EmailAddress) -> Option<Part> {
    let (local, _) = address.expose_parts();
    let (_, tag) = local.split_once('+')?;
    match tag.to_ascii_lowercase().as_str() {
        "aye-bot" => Some(Part::Bot),
        "aye-slow" => Some(Part::Slow),
        "aye-attack" => Some(Part::Attack),
        "aye-nomx" => Some(Part::NoMail),
        "aye-bounce" => Some(Part::Bounce),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_tag_says_the_part() {
        let of = |text: &str| part(&EmailAddress::parse(text).unwrap());
        assert_eq!(of("ada+aye-bot@example.org"), Some(Part::Bot));
        assert_eq!(of("x+AYE-SLOW@example.org"), Some(Part::Slow));
        assert_eq!(of("x+aye-attack@example.org"), Some(Part::Attack));
        assert_eq!(of("x+aye-nomx@example.org"), Some(Part::NoMail));
        assert_eq!(of("x+aye-bounce@example.org"), Some(Part::Bounce));
        for ordinary in
            ["ada@example.org", "aye-bot@example.org", "a+aye-bots@example.org", "a+b+aye-bot@x.org"]
        {
            assert_eq!(of(ordinary), None, "{ordinary}");
        }
    }
}
