//! The parts of a tenant: purposes, forms, endpoints, and texts in several languages.

use std::{collections::BTreeMap, fmt};

use toml::de::DeValue;

use super::{
    File, Seen, every,
    node::{Found, Node, Noted, text, yes_no},
};
use crate::domain::{
    Locale, Timestamp, age,
    country::Country,
    form::{Offered, offered_purpose},
    nearest::nearest,
    setup::{
        EVENT_TYPES, EventPattern, FormSetup, Frequency, Localized, MinorsSetup, PurposeSetup,
        RETENTION_DAYS, WebhookSetup,
    },
    text::{EndpointUrl, LandingUrl, Line, Origin, Paragraph},
};

impl File<'_> {
    /// The purposes, and what forms may name: purposes with a mistake elsewhere too.
    pub(super) fn purposes(
        &mut self,
        tenant: &mut Node<'_, '_>,
        own: Option<Locale>,
    ) -> (Result<Vec<PurposeSetup>, Noted>, Vec<Offered>) {
        let mut offered = Vec::new();
        let mut seen = Seen::default();
        let nodes = tenant.tables("purpose", "tenant.purpose", &mut self.mistakes);
        let purposes =
            nodes.and_then(|it| every(it, |node| self.purpose(node, own, &mut seen, &mut offered)));
        (purposes, offered)
    }

    fn purpose(
        &mut self,
        mut node: Node<'_, '_>,
        own: Option<Locale>,
        seen: &mut Seen,
        offered: &mut Vec<Offered>,
    ) -> Result<PurposeSetup, Noted> {
        let slug = self.slug(&mut node).and_then(|it| seen.check(it, &node, &mut self.mistakes));
        let frequency =
            node.required("frequency", "\"monthly\"", &mut self.mistakes, text(Frequency::written));
        let example = "{ en = \"Newsletter\", fr = \"Lettre d’information\" }";
        let name = self.localized(&mut node, "name", example, own, Line::parse);
        let example =
            "{ en = \"Our monthly news by email.\", fr = \"Nos nouvelles, une fois par mois, par e-mail.\" }";
        let words = self.localized(&mut node, "text", example, own, Paragraph::parse);
        let retired = node.optional("retired", "true", &mut self.mistakes, yes_no);
        let retention = node.optional("retention", "\"730d\"", &mut self.mistakes, text(retention_days));
        let retired = retired.map(|it| it.is_some_and(|it| it.value));
        offered.extend(
            slug.as_ref().map(|slug| Offered { slug: slug.clone(), retired: retired.unwrap_or(false) }),
        );
        node.finish(&mut self.mistakes)?;
        Ok(PurposeSetup {
            slug: slug?,
            frequency: frequency?.value,
            name: name?,
            text: words?,
            retired: retired?,
            retention_days: retention?.map(|it| it.value),
        })
    }

    /// The forms of a tenant, which may offer the purposes in `offered`.
    pub(super) fn forms(
        &mut self,
        tenant: &mut Node<'_, '_>,
        own: Option<Locale>,
        offered: &[Offered],
    ) -> Result<Vec<FormSetup>, Noted> {
        let nodes = tenant.tables("form", "tenant.form", &mut self.mistakes)?;
        every(nodes, |it| self.form(it, own, offered))
    }

    fn form(
        &mut self,
        mut node: Node<'_, '_>,
        own: Option<Locale>,
        offered: &[Offered],
    ) -> Result<FormSetup, Noted> {
        let slug = self.slug(&mut node).and_then(|it| self.forms.check(it, &node, &mut self.mistakes));
        let example = "[\"newsletter\"]";
        let purposes = node.some("purposes", example, &mut self.mistakes, |it| offered_purpose(it, offered));
        let is_limited = node.has("origins");
        let origins = node.list("origins", &mut self.mistakes, parsed(Origin::parse));
        let next = node.list("next", &mut self.mistakes, parsed(LandingUrl::parse));
        let example = "{ en = \"Our letters\", fr = \"Nos lettres\" }";
        let title = self.localized_if_any(&mut node, "title", example, own, Line::parse);
        let closes = node.optional("closes", "2027-01-31T23:00:00Z", &mut self.mistakes, instant);
        let fields = self.fields(&mut node, own);
        let minors = self.minors(&mut node);
        node.finish(&mut self.mistakes)?;
        Ok(FormSetup {
            slug: slug?,
            purposes: purposes?,
            origins: Some(origins?).filter(|_| is_limited),
            next: next?,
            title: title?,
            closes: closes?.map(|it| it.value),
            fields: fields?,
            minors: minors?,
        })
    }

    /// What a form does with people too young to consent alone.
    fn minors(&mut self, form: &mut Node<'_, '_>) -> Result<Option<MinorsSetup>, Noted> {
        let example = "{ rule = \"guardian\" }";
        let Some(mut node) = form.table("minors", example, &mut self.mistakes)? else { return Ok(None) };
        let rule = node.required("rule", "\"guardian\"", &mut self.mistakes, text(age::Rule::written));
        let age = node.optional("age", "15", &mut self.mistakes, age_of_consent);
        let country = node.optional("country", "\"FR\"", &mut self.mistakes, text(Country::parse));
        node.finish(&mut self.mistakes)?;
        Ok(Some(MinorsSetup {
            rule: rule?.value,
            age: age?.map(|it| it.value),
            country: country?.map(|it| it.value),
        }))
    }

    /// The endpoints of a tenant; no two at one address.
    pub(super) fn webhooks(&mut self, tenant: &mut Node<'_, '_>) -> Result<Vec<WebhookSetup>, Noted> {
        let nodes = tenant.tables("webhook", "tenant.webhook", &mut self.mistakes)?;
        let mut seen = Vec::new();
        every(nodes, |it| self.webhook(it, &mut seen))
    }

    fn webhook(&mut self, mut node: Node<'_, '_>, seen: &mut Vec<String>) -> Result<WebhookSetup, Noted> {
        let plain_http = self.plain_http;
        let example = "\"https://crm.example/hooks/ayeaye\"";
        let url = node.required("url", example, &mut self.mistakes, text(|it| endpoint(it, plain_http)));
        let url = url.and_then(|Found { value, at }| {
            if seen.iter().any(|it| it == value.as_str()) {
                let message =
                    "is the address of another endpoint of this tenant; write one endpoint with all events";
                return Err(self.mistakes.note(&at, &node.key("url"), message));
            }
            seen.push(value.as_str().to_owned());
            Ok(value)
        });
        let example = "[\"consent.*\", \"contact.*\"]";
        let events = node.some("events", example, &mut self.mistakes, event);
        let addresses = node.optional("addresses", "false", &mut self.mistakes, yes_no);
        node.finish(&mut self.mistakes)?;
        Ok(WebhookSetup { url: url?, events: events?, addresses: addresses?.is_some_and(|it| it.value) })
    }

    fn localized<T, E: fmt::Display>(
        &mut self,
        node: &mut Node<'_, '_>,
        key: &'static str,
        example: &str,
        own: Option<Locale>,
        parse: fn(&str) -> Result<T, E>,
    ) -> Result<Localized<T>, Noted> {
        let found = self.localized_if_any(node, key, example, own, parse)?;
        found.ok_or_else(|| node.missing(key, example, &mut self.mistakes))
    }

    /// A text in the tenant's `own` language and perhaps in others. When the tenant's language is not known,
    /// for a mistake noted elsewhere, each text is checked all the same.
    fn localized_if_any<T, E: fmt::Display>(
        &mut self,
        node: &mut Node<'_, '_>,
        key: &'static str,
        example: &str,
        own: Option<Locale>,
        parse: fn(&str) -> Result<T, E>,
    ) -> Result<Option<Localized<T>>, Noted> {
        let Some(mut table) = node.languages(key, example, &mut self.mistakes)? else { return Ok(None) };
        let mut texts = BTreeMap::new();
        let mut outcome = Ok(());
        for locale in Locale::ALL {
            match table.optional(locale.tag(), "\"…\"", &mut self.mistakes, text(parse)) {
                Ok(found) => texts.extend(found.map(|it| (locale, it.value))),
                Err(noted) => outcome = Err(noted),
            }
        }
        let own = own.ok_or(Noted);
        if let Ok(own) = own
            && outcome.is_ok()
            && !texts.contains_key(&own)
        {
            let message = format!("has no text in the tenant’s own language; add {own} = \"…\"");
            outcome = Err(table.note(message, &mut self.mistakes));
        }
        table.finish(&mut self.mistakes)?;
        outcome?;
        Localized::new(own?, texts).map(Some).ok_or(Noted)
    }
}

/// `parse` with its error as a sentence.
fn parsed<T, E: fmt::Display>(parse: fn(&str) -> Result<T, E>) -> impl Fn(&str) -> Result<T, String> {
    move |text| parse(text).map_err(|reason| reason.to_string())
}

/// Whole days, from a month to ten years.
fn retention_days(text: &str) -> Result<u32, String> {
    let days = text.strip_suffix('d').filter(|it| it.bytes().all(|it| it.is_ascii_digit()));
    let days = days.and_then(|it| it.parse().ok()).filter(|it| RETENTION_DAYS.contains(it));
    days.ok_or_else(|| format!("`{text}` is not a retention; write whole days from 30d to 3650d"))
}

fn age_of_consent(value: &DeValue<'_>) -> Result<u8, String> {
    let whole = value.as_integer().map(|it| (it.as_str(), it.radix()));
    let age = whole.and_then(|(digits, radix)| u8::from_str_radix(digits, radix).ok());
    let (from, to) = (age::ALLOWED.start(), age::ALLOWED.end());
    age.filter(|it| age::ALLOWED.contains(it))
        .ok_or_else(|| format!("is not an age of consent; write a whole number from {from} to {to}"))
}

fn instant(value: &DeValue<'_>) -> Result<Timestamp, String> {
    let written =
        value.as_datetime().filter(|it| it.date.is_some() && it.time.is_some() && it.offset.is_some());
    let instant = written.and_then(|it| it.to_string().parse::<jiff::Timestamp>().ok());
    instant
        .map(|it| Timestamp::from_millis(it.as_millisecond()))
        .ok_or_else(|| "is not an instant; write date, time and offset, without quotes".to_owned())
}

fn endpoint(text: &str, plain_http: bool) -> Result<EndpointUrl, String> {
    let url = EndpointUrl::parse(text).map_err(|reason| reason.to_string())?;
    if url.is_plain() && !plain_http {
        return Err(
            "is plain http, which anyone on the way can read; write https://, or allow the network of \
                    the endpoint with AYEAYE_WEBHOOK_ALLOW_NET"
                .to_owned(),
        );
    }
    Ok(url)
}

fn event(text: &str) -> Result<EventPattern, String> {
    EventPattern::parse(text).ok_or_else(|| {
        let near = nearest(text, EVENT_TYPES.iter().copied());
        let hint = near.map_or(
            "write a type like consent.confirmed, all of an object like consent.*, or *".to_owned(),
            |it| format!("did you mean {it}?"),
        );
        format!("`{text}` matches no event; {hint}")
    })
}
