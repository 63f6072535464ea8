//! The file of `ayeaye apply`: tenants with their purposes, forms and endpoints, in TOML.
//!
//! Everything is checked before anything is done, and every mistake is named, not only the first. Texts for
//! people are tables of languages: the tenant's own language must be there, others may be; readers of a
//! language that is missing see the tenant's own.

mod fields;
mod look;
mod node;
mod parts;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use toml::de::DeTable;

use super::file::unreadable;
use crate::domain::{
    EmailAddress, Locale,
    country::{Country, Place},
    host::HostName,
    setup::{Receipts, Sender, Setup, TenantSetup},
    text::{Line, Slug},
};
use node::{Found, Mistakes, Node, Noted, text, yes_no};

pub use node::Mistake;

/// More than ten thousand tenants need.
const FILE_MAX: u64 = 16 << 20;

/// Why a file was not taken.
#[derive(Debug)]
pub enum ApplyFileError {
    /// It cannot be read at all.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It says something wrong.
    Wrong {
        /// The file.
        file: PathBuf,
        /// Everything wrong with it, in the order of the file.
        mistakes: Vec<Mistake>,
    },
}

impl fmt::Display for ApplyFileError {
    /// One line a mistake: `acme.toml:12:8: tenant[0].slug: …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, source } => f.write_str(&unreadable(file, source)),
            Self::Wrong { file, mistakes } => {
                let lines: Vec<String> =
                    mistakes.iter().map(|it| format!("{}:{it}", file.display())).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for ApplyFileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { file: _, source } => Some(source),
            Self::Wrong { .. } => None,
        }
    }
}

/// Reads `file`, or standard input when it is `-`. `plain_http` says whether webhooks may go unencrypted,
/// which is so when some private network is allowed to them.
///
/// # Errors
/// Names every mistake with its line, its key and what to write.
pub fn read(file: &Path, plain_http: bool) -> Result<Setup, ApplyFileError> {
    let text =
        contents(file).map_err(|source| ApplyFileError::Unreadable { file: file.to_owned(), source })?;
    let folder = file.parent().unwrap_or_else(|| Path::new("."));
    parse_in(&text, plain_http, folder)
        .map_err(|mistakes| ApplyFileError::Wrong { file: file.to_owned(), mistakes })
}

fn contents(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    let length = if file.as_os_str() == "-" {
        io::stdin().lock().take(FILE_MAX + 1).read_to_string(&mut text)?
    } else {
        fs::File::open(file)?.take(FILE_MAX + 1).read_to_string(&mut text)?
    };
    if u64::try_from(length).is_ok_and(|it| it <= FILE_MAX) {
        Ok(text)
    } else {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 16 MiB"))
    }
}

/// Reads the text of a file.
///
/// # Errors
/// Every mistake, in the order of the file.
pub fn parse(text: &str, plain_http: bool) -> Result<Setup, Vec<Mistake>> {
    parse_in(text, plain_http, Path::new("."))
}

/// Reads the text of a file that names other files in `folder`.
fn parse_in(text: &str, plain_http: bool, folder: &Path) -> Result<Setup, Vec<Mistake>> {
    let mut mistakes = Mistakes::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            mistakes.note(&at, "", format!("this is not TOML: {}", error.message()));
        }
        return Err(mistakes.into_sorted());
    }
    let mut file = File {
        plain_http,
        tenants: Seen::default(),
        forms: Seen::default(),
        hosts: BTreeSet::new(),
        folder,
        mistakes,
    };
    match (file.setup(Node::root(&table)), file.mistakes.into_sorted()) {
        (Ok(setup), mistakes) if mistakes.is_empty() => Ok(setup),
        (Ok(_) | Err(Noted), mistakes) => Err(mistakes),
    }
}

/// Slugs met so far, with the line of each.
#[derive(Default)]
struct Seen(BTreeMap<Slug, usize>);

impl Seen {
    /// The slug, unless it stands twice.
    fn check(
        &mut self,
        slug: Found<Slug>,
        node: &Node<'_, '_>,
        mistakes: &mut Mistakes<'_>,
    ) -> Result<Slug, Noted> {
        let Found { value: slug, at } = slug;
        let Some(first) = self.0.insert(slug.clone(), mistakes.line(&at)) else { return Ok(slug) };
        let message = format!("`{slug}` is taken by line {first}; write another one");
        Err(mistakes.note(&at, &node.key("slug"), message))
    }
}

/// A file being read.
struct File<'t> {
    plain_http: bool,
    tenants: Seen,
    forms: Seen,
    hosts: BTreeSet<HostName>,
    folder: &'t Path,
    mistakes: Mistakes<'t>,
}

/// Reads every item, so that all mistakes are found, then asks whether all were right.
fn every<T, R>(items: Vec<T>, read: impl FnMut(T) -> Result<R, Noted>) -> Result<Vec<R>, Noted> {
    let read: Vec<Result<R, Noted>> = items.into_iter().map(read).collect();
    read.into_iter().collect()
}

impl File<'_> {
    fn setup(&mut self, mut root: Node<'_, '_>) -> Result<Setup, Noted> {
        let tenants = root.tables("tenant", "tenant", &mut self.mistakes)?;
        if tenants.is_empty() {
            self.mistakes.note(
                &(0..0),
                "",
                "names no tenant; begin each with [[tenant]] on a line of its own",
            );
        }
        let tenants = every(tenants, |it| self.tenant(it));
        root.finish(&mut self.mistakes)?;
        Ok(Setup { tenants: tenants? })
    }

    fn tenant(&mut self, mut node: Node<'_, '_>) -> Result<TenantSetup, Noted> {
        let slug = self.slug(&mut node).and_then(|it| self.tenants.check(it, &node, &mut self.mistakes));
        let name = node.required("name", "\"Acme SAS\"", &mut self.mistakes, text(Line::parse));
        let legal = "\"Acme SAS, 1 rue de la Paix, 75002 Paris\"";
        let legal = node.required("legal", legal, &mut self.mistakes, text(Line::parse));
        let contact = "\"privacy@acme.example\"";
        let contact = node.required("contact", contact, &mut self.mistakes, text(EmailAddress::parse_public));
        let from = "\"Acme <confirm@acme.example>\"";
        let from = node.required("from", from, &mut self.mistakes, text(Sender::split));
        let locale = node.required("locale", "\"fr\"", &mut self.mistakes, text(locale));
        let receipts = node.optional("receipts", "\"mail\"", &mut self.mistakes, text(receipts));
        let country = node.optional("country", "\"FR\"", &mut self.mistakes, text(Country::parse));
        let storage = node.optional("storage", "\"EU\"", &mut self.mistakes, text(Place::parse));
        let dpo = node.optional("dpo", "\"dpo@acme.example\"", &mut self.mistakes, text(Line::parse));
        let transfer = "\"Standard contractual clauses; ask us for a copy\"";
        let transfer = node.optional("transfer", transfer, &mut self.mistakes, text(Line::parse));
        let test = node.optional("test", "true", &mut self.mistakes, yes_no);
        let own = locale.as_ref().ok().map(|it| it.value);
        let (purposes, offered) = self.purposes(&mut node, own);
        let forms = self.forms(&mut node, own, &offered);
        let webhooks = self.webhooks(&mut node);
        let hosts = self.hosts(&mut node);
        let texts = self.texts(&mut node);
        let look = self.theme(&mut node);
        node.finish(&mut self.mistakes)?;
        let name = name?.value;
        let (theme, logo) = look?;
        let (shown, address) = from?.value;
        Ok(TenantSetup {
            slug: slug?,
            from: Sender { name: shown.unwrap_or_else(|| name.clone()), address },
            name,
            legal: legal?.value,
            contact: contact?.value,
            locale: locale?.value,
            receipts: receipts?.map(|it| it.value).unwrap_or_default(),
            country: country?.map(|it| it.value),
            storage: storage?.map(|it| it.value),
            test: test?.is_some_and(|it| it.value),
            purposes: purposes?,
            forms: forms?,
            webhooks: webhooks?,
            dpo: dpo?.map(|it| it.value),
            transfer: transfer?.map(|it| it.value),
            hosts: hosts?,
            texts: texts?,
            theme,
            logo,
        })
    }

    /// A slug, which everything has, and where it stands.
    fn slug(&mut self, node: &mut Node<'_, '_>) -> Result<Found<Slug>, Noted> {
        node.required("slug", "\"newsletter\"", &mut self.mistakes, text(Slug::parse))
    }
}

fn receipts(word: &str) -> Result<Receipts, String> {
    Receipts::parse(word).ok_or_else(|| {
        let words: Vec<String> = Receipts::ALL.into_iter().map(|it| format!("\"{}\"", it.as_str())).collect();
        format!("`{word}` is not a way to give receipts; write {}", words.join(" or "))
    })
}

fn locale(tag: &str) -> Result<Locale, String> {
    let known = Locale::ALL.into_iter();
    known.clone().find(|it| it.tag() == tag).ok_or_else(|| {
        let tags: Vec<&str> = known.map(Locale::tag).collect();
        format!("`{tag}` is not a language of the pages; write one of {}", tags.join(", "))
    })
}
