//! What makes the pages a tenant's own: the names they answer under, its own texts, colours and logo.

use std::{collections::BTreeMap, fs, io::Read as _, path::Path};

use toml::de::DeValue;

use super::{
    File,
    node::{Mistakes, Node, Noted, text, yes_no},
};
use crate::{
    domain::{
        Locale,
        colour::Colour,
        host::HostName,
        own_texts::OwnTexts,
        theme::{FontStack, Palette, Picture, PictureKind, Theme},
    },
    i18n,
    picture::{FILE_MAX, renew},
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

/// A theme, and the picture that goes with it.
type Look = (Option<Theme>, Option<Picture>);

impl File<'_> {
    /// The colours, letters, corners and logo of `[tenant.theme]`.
    pub(super) fn theme(&mut self, tenant: &mut Node<'_, '_>) -> Result<Look, Noted> {
        let Some(mut node) = tenant.table("theme", "{ accent = \"#0b57d0\" }", &mut self.mistakes)? else {
            return Ok((None, None));
        };
        let light = palette(&mut node, Palette::LIGHT, &mut self.mistakes);
        let own_accent = light.as_ref().ok().map(|it| it.accent).filter(|it| *it != Palette::LIGHT.accent);
        let start = own_accent.map_or(Palette::DARK, Palette::dark_of);
        let dark = match node.table("dark", "{ accent = \"#8ab4f8\" }", &mut self.mistakes) {
            Ok(Some(mut dark)) => {
                let read = palette(&mut dark, start, &mut self.mistakes);
                dark.finish(&mut self.mistakes).and(read)
            }
            Ok(None) => Ok(start),
            Err(noted) => Err(noted),
        };
        let font =
            node.optional("font", "\"Inter, Helvetica Neue\"", &mut self.mistakes, text(FontStack::parse));
        let radius = node.optional("radius", "4", &mut self.mistakes, radius);
        let folder = self.folder;
        let logo = node.optional("logo", "\"logo.svg\"", &mut self.mistakes, text(|it| picture(folder, it)));
        let in_mail = node.optional("confirmation_logo", "false", &mut self.mistakes, yes_no);
        let in_mail = in_mail.map(|it| it.is_some_and(|it| it.value));
        if matches!(in_mail, Ok(true)) {
            let kind = logo.as_ref().ok().map(|it| it.as_ref().map(|it| it.value.logo.kind));
            let message = match kind {
                None | Some(Some(PictureKind::Png)) => None,
                Some(Some(PictureKind::Svg)) => {
                    Some("mail programs show no SVG; give the logo as PNG, JPEG or WebP")
                }
                Some(None) => {
                    Some("there is no logo to put into the mail; write logo = \"logo.png\", or take this out")
                }
            };
            if let Some(message) = message {
                node.note_at("confirmation_logo", message, &mut self.mistakes);
            }
        }
        node.finish(&mut self.mistakes)?;
        let logo = logo?.map(|it| it.value);
        let theme = Theme {
            light: light?,
            dark: dark?,
            font: font?.map(|it| it.value).unwrap_or_default(),
            radius: radius?.map_or(Theme::RADIUS, |it| it.value),
            logo: logo.as_ref().map(|it| it.logo.clone()),
            confirmation_logo: in_mail?,
        };
        Ok((Some(theme), logo))
    }
}

/// The three colours of a table; those that are not given are those of `start`.
fn palette(node: &mut Node<'_, '_>, start: Palette, mistakes: &mut Mistakes<'_>) -> Result<Palette, Noted> {
    let background = node.optional("background", "\"#ffffff\"", mistakes, text(Colour::parse));
    let ink = node.optional("text", "\"#16201e\"", mistakes, text(Colour::parse));
    let accent = node.optional("accent", "\"#0b5a4c\"", mistakes, text(Colour::parse));
    let palette = Palette {
        background: background?.map_or(start.background, |it| it.value),
        text: ink?.map_or(start.text, |it| it.value),
        accent: accent?.map_or(start.accent, |it| it.value),
    };
    match palette.check() {
        Ok(()) => Ok(palette),
        Err(reason) => Err(node.note_at(reason.what, reason.to_string(), mistakes)),
    }
}

fn radius(value: &DeValue<'_>) -> Result<u8, String> {
    let number = value.as_integer().and_then(|it| it.as_str().parse().ok());
    number.filter(|it| *it <= Theme::RADIUS_MAX).ok_or_else(|| {
        format!("is not a radius; write whole pixels from 0 to {}, without quotes", Theme::RADIUS_MAX)
    })
}

/// A picture beside the file, made anew.
fn picture(folder: &Path, name: &str) -> Result<Picture, String> {
    if name.contains("://") {
        return Err("is an address; give a file beside this one: nothing is fetched".to_owned());
    }
    let path = folder.join(name);
    let mut data = Vec::new();
    let limit = u64::try_from(FILE_MAX).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(&path)
        .and_then(|it| it.take(limit).read_to_end(&mut data))
        .map_err(|error| format!("the file {} cannot be read: {error}", path.display()))?;
    renew(&data).map_err(|reason| format!("the file {} {reason}", path.display()))
}
