//! The page that checks proofs: before, without a file, with one that holds and one that does not.

use std::{fs, path::Path};

use super::show::{Sample, Show};
use crate::{
    app::verify::{Trust, verify},
    i18n::lang,
    web::{
        page::Frame,
        public::verify::{VerifyPage, view::ResultView},
    },
};

impl Show {
    pub(super) fn verify(&self) -> Vec<Sample> {
        let frame = Frame::new(self.locale, false, "/v", None);
        let page = |missing, result| VerifyPage { frame: &frame, keys: vec![], missing, result };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/samples/receipt.json");
        let file = fs::read_to_string(path).unwrap();
        let result = |file: &str| {
            let trust = Trust { keys_of_the_file: true, ..Trust::default() };
            Some(ResultView::of(lang(self.locale), &verify(file.as_bytes(), &trust), 50))
        };
        let changed = file.replacen("ada271@", "eve271@", 1);
        vec![
            self.sample("verify", &page(false, None)),
            self.sample("verify_missing", &page(true, None)),
            self.sample("verify_holds", &page(false, result(&file))),
            self.sample("verify_failed", &page(false, result(&changed))),
            self.sample("verify_unread", &page(false, result("{\"format\""))),
        ]
    }
}
