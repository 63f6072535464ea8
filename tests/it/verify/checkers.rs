//! Three checkers, each asked for nothing but its verdicts.

use std::{fs, path::Path, process::Command};

use ayeaye::app::verify::{Report, Trust, verify};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::support::{browser::Browser, smtp_real::python};

/// Step and verdict, in order; `file failed` alone when the file could not be read.
pub(crate) type Verdicts = Vec<(String, String)>;

/// Anybody's checker: it has the keys of the file alone.
pub(crate) fn report(file: &[u8]) -> Report {
    verify(file, &Trust { keys_of_the_file: true, ..Trust::default() })
}

/// `src/app/verify`.
pub(crate) fn core(file: &[u8]) -> Verdicts {
    let report = report(file);
    if report.unread.is_some() {
        return vec![("file".to_owned(), "failed".to_owned())];
    }
    let steps = report.proofs.iter().flat_map(|it| &it.steps);
    steps.map(|it| (it.step.word().to_owned(), it.verdict.word().to_owned())).collect()
}

/// `verify.py`; its exit code must say what its verdicts say.
pub(crate) fn stranger(folder: &Path, file: &[u8]) -> Verdicts {
    let at = folder.join("file");
    fs::write(&at, file).unwrap();
    let answer = Command::new(python()).arg(super::path("verify.py")).arg(&at).output().unwrap();
    let text = String::from_utf8(answer.stdout).unwrap();
    let error = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(error, "", "verify.py stumbles");
    let lines = text.lines().map(|it| it.split('\t').collect::<Vec<_>>()).filter(|it| it[0] != "proof");
    let verdicts: Verdicts = lines.map(|it| (it[0].to_owned(), it[1].to_owned())).collect();
    assert_eq!(answer.status.code(), Some(i32::from(!report(file).valid)), "{text}");
    verdicts
}

/// The modules of the page, in a browser that has the page open.
pub(crate) async fn browser(browser: &Browser, file: &[u8]) -> Verdicts {
    let script = "const [file, done] = arguments;
        const bytes = Uint8Array.from(atob(file), it => it.charCodeAt(0));
        const module = document.querySelector('script').src.replace('page.js', 'check.js');
        import(module).then(it => it.check(bytes, { logs: [] }))
            .then(proofs => proofs.flatMap(it => it.steps.map(it => [it.step, it.verdict])))
            .catch(stop => [['file', stop.verdict ?? String(stop)]])
            .then(done)";
    let answer: Value =
        browser.execute_async(script, vec![json!(BASE64_STANDARD.encode(file))]).await.unwrap();
    serde_json::from_value(answer).unwrap()
}
