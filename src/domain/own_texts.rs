//! Texts of pages and mails that a tenant words in its own way.

use std::{
    any::Any,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::Locale;

/// The texts of a tenant, by language and key, checked against the catalogue when they were set up.
///
/// A language of texts is made ready once and kept with the texts: when the tenant is read anew, both go.
#[derive(Clone, Debug, Default)]
pub struct OwnTexts {
    texts: BTreeMap<Locale, BTreeMap<String, String>>,
    made: Arc<Made>,
}

type Made = OnceLock<BTreeMap<Locale, Arc<dyn Any + Send + Sync>>>;

impl PartialEq for OwnTexts {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl Eq for OwnTexts {}

impl From<BTreeMap<Locale, BTreeMap<String, String>>> for OwnTexts {
    /// Languages without a text leave no trace.
    fn from(mut texts: BTreeMap<Locale, BTreeMap<String, String>>) -> Self {
        texts.retain(|_, it| !it.is_empty());
        Self { texts, made: Arc::default() }
    }
}

impl OwnTexts {
    /// The text of each language and key.
    pub fn iter(&self) -> impl Iterator<Item = (Locale, &str, &str)> {
        self.texts.iter().flat_map(|(locale, texts)| {
            texts.iter().map(|(key, text)| (*locale, key.as_str(), text.as_str()))
        })
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// What `make` makes of the texts of `locale`, made once; `None` when that language has none.
    pub fn made<T: Send + Sync + 'static>(
        &self,
        locale: Locale,
        make: impl Fn(Locale, &BTreeMap<String, String>) -> T,
    ) -> Option<Arc<T>> {
        let all = self.made.get_or_init(|| {
            let ready = self.texts.iter().map(|(locale, texts)| {
                let made: Arc<dyn Any + Send + Sync> = Arc::new(make(*locale, texts));
                (*locale, made)
            });
            ready.collect()
        });
        Arc::clone(all.get(&locale)?).downcast().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn texts() -> OwnTexts {
        let fr = BTreeMap::from([("a".to_owned(), "un".to_owned()), ("b".to_owned(), "deux".to_owned())]);
        OwnTexts::from(BTreeMap::from([(Locale::Fr, fr), (Locale::En, BTreeMap::new())]))
    }

    #[test]
    fn texts_are_made_ready_once_and_go_with_their_tenant() {
        let (texts, count) = (texts(), AtomicU32::new(0));
        let make = |_: Locale, texts: &BTreeMap<String, String>| {
            count.fetch_add(1, Ordering::Relaxed);
            texts.len()
        };
        let first = texts.made(Locale::Fr, make).unwrap();
        assert_eq!(*first, 2);
        assert!(Arc::ptr_eq(&first, &texts.clone().made(Locale::Fr, make).unwrap()));
        assert_eq!(count.load(Ordering::Relaxed), 1);
        assert_eq!(texts.made(Locale::En, make), None);
        drop(texts);
        assert_eq!(Arc::strong_count(&first), 1, "nothing is kept");
    }

    #[test]
    fn texts_are_equal_by_what_they_say() {
        let made = texts();
        made.made(Locale::Fr, |_, _| 1).unwrap();
        assert_eq!(made, texts());
        assert_ne!(made, OwnTexts::default());
        let said: Vec<_> = made.iter().collect();
        assert_eq!(said, [(Locale::Fr, "a", "un"), (Locale::Fr, "b", "deux")]);
    }
}
