//! What makes the pages a tenant's own: the names they answer under, and its own texts.

use std::collections::BTreeMap;

use super::{
    File,
    node::{Mistakes, Node, Noted, text},
};
use crate::{
    domain::{Locale, host::HostName, own_texts::OwnTexts},
    i18n,
};

/// More names than a tenant needs; each request is held against all of them.
const HOSTS_MAX: usize = 20;

impl File<'_> {
    /// The names of a tenant's pages; none that another tenant has.
    pub(super) fn hosts(&mut self, tenant: &mut Node<'_, '_>) -> Result<Vec<HostName>, Noted> {
        let hosts = tenant.list("hosts", &mut self.mistakes, |it| {
            HostName::parse(it).map_err(|reason| reason.to_string())
        })?;
        let mut outcome = Ok(());
        if hosts.len() > HOSTS_MAX {
            outcome = Err(tenant.note_at(
                "hosts",
                format!("has {} names; write at most {HOSTS_MAX}", hosts.len()),
                &mut self.mistakes,
            ));
        }
        for host in &hosts {
            if !self.hosts.insert(host.clone()) {
                let message = format!("`{host}` is a host of another tenant; each name leads to one tenant");
                outcome = Err(tenant.note_at("hosts", message, &mut self.mistakes));
            }
        }
        outcome.map(|()| hosts)
    }

    /// Texts in the tenant's own words, by language: `[tenant.texts.fr]`.
    pub(super) fn texts(&mut self, tenant: &mut Node<'_, '_>) -> Result<OwnTexts, Noted> {
        let example = "{ fr = { sign-up-you-get = \"Ce que vous recevrez :\" } }";
        let Some(mut languages) = tenant.languages("texts", example, &mut self.mistakes)? else {
            return Ok(OwnTexts::default());
        };
        let mut texts = BTreeMap::new();
        let mut outcome = Ok(());
        for locale in Locale::ALL {
            match own_texts(&mut languages, locale, &mut self.mistakes) {
                Ok(own) => texts.extend(own.map(|it| (locale, it))),
                Err(noted) => outcome = Err(noted),
            }
        }
        languages.finish(&mut self.mistakes)?;
        outcome.map(|()| OwnTexts::from(texts))
    }
}

fn own_texts(
    languages: &mut Node<'_, '_>,
    locale: Locale,
    mistakes: &mut Mistakes<'_>,
) -> Result<Option<BTreeMap<String, String>>, Noted> {
    let example = "{ sign-up-you-get = \"…\" }";
    let Some(table) = languages.languages(locale.tag(), example, mistakes)? else { return Ok(None) };
    table
        .each(mistakes, |key, value| {
            let words = text(|it| Ok::<_, String>(it.trim().replace("\r\n", "\n")))(value)?;
            i18n::check(locale, key, &words).map_err(|mistake| mistake.to_string())?;
            Ok(words)
        })
        .map(Some)
}
