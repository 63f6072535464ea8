//! What makes the pages a tenant's own: its names, its words, its colours.

mod hosts;
mod texts;
mod theme;

use crate::support::{
    app::{SETUP, TestApp, http},
    page::Visitor,
};

/// The usual setup with lines of its own for the tenant `acme`.
pub(crate) fn setup(acme: &str, tables: &str) -> String {
    let own = format!("locale = \"en\"\n{acme}\n");
    let text = SETUP.replacen("locale = \"en\"\n", &own, 1);
    text.replacen("[[tenant]]\nslug = \"beta\"", &format!("{tables}\n[[tenant]]\nslug = \"beta\""), 1)
}

/// An answer, read.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

/// Asks for a page under a name, in English.
pub(crate) async fn at(app: &TestApp, host: &str, path: &str) -> Answer {
    let request = http().get(format!("{}{path}", app.base())).header("host", host);
    let answer = request.header("accept-language", "en").send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Answer { status, headers, body: answer.text().await.unwrap() }
}

/// Somebody who opens pages under a name of the machine.
pub(crate) fn visitor(app: &TestApp, host: &str) -> Visitor {
    Visitor::knowing(&format!("http://{host}:{}", app.running().addr.port()), &[host])
}
