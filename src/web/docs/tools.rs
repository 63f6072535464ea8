//! `/docs/tools` and `/docs/tools/{tool}`: how each mailing tool is made to write only to people who have confirmed.
//!
//! The programs shown are files of `static/samples/tools`, run by the tests against this service and a stand-in of the
//! tool; the pages say so, and that the tool itself was not asked.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::Sample;
use crate::{
    domain::Locale,
    web::{
        Web,
        page::{self, Frame},
        public::message,
    },
};

/// A mailing tool, or whatever else sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// listmonk, which one runs oneself.
    Listmonk,
    /// Mailchimp.
    Mailchimp,
    /// Brevo.
    Brevo,
    /// Twilio `SendGrid`.
    Sendgrid,
    /// Postmark, which keeps no lists of ours.
    Postmark,
    /// Amazon SES, and any other relay for SMTP.
    Ses,
    /// Mautic.
    Mautic,
    /// `HubSpot`.
    Hubspot,
    /// n8n, which connects what has no page here.
    N8n,
    /// A program of one's own.
    Code,
}

impl Tool {
    /// Every tool, in the order of the index.
    pub const ALL: [Self; 10] = [
        Self::Listmonk,
        Self::Mailchimp,
        Self::Brevo,
        Self::Sendgrid,
        Self::Mautic,
        Self::Hubspot,
        Self::Postmark,
        Self::Ses,
        Self::N8n,
        Self::Code,
    ];

    /// Its word in the path.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Listmonk => "listmonk",
            Self::Mailchimp => "mailchimp",
            Self::Brevo => "brevo",
            Self::Sendgrid => "sendgrid",
            Self::Postmark => "postmark",
            Self::Ses => "ses",
            Self::Mautic => "mautic",
            Self::Hubspot => "hubspot",
            Self::N8n => "n8n",
            Self::Code => "code",
        }
    }

    /// What it is called.
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Listmonk => "listmonk",
            Self::Mailchimp => "Mailchimp",
            Self::Brevo => "Brevo",
            Self::Sendgrid => "SendGrid",
            Self::Postmark => "Postmark",
            Self::Ses => "Amazon SES",
            Self::Mautic => "Mautic",
            Self::Hubspot => "HubSpot",
            Self::N8n => "n8n",
            Self::Code => match locale {
                Locale::Fr => "Votre propre programme",
                Locale::En | Locale::De | Locale::Es | Locale::It | Locale::Nl | Locale::Pl | Locale::Pt => {
                    "Your own program"
                }
            },
        }
    }

    fn named(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.slug() == slug)
    }

    /// The program that puts people on a list of this tool and takes them off, where it keeps lists.
    const fn adapter(self) -> Option<Sample> {
        Some(match self {
            Self::Listmonk => file("listmonk.py", include_str!("../../../static/samples/tools/listmonk.py")),
            Self::Mailchimp => {
                file("mailchimp.py", include_str!("../../../static/samples/tools/mailchimp.py"))
            }
            Self::Brevo => file("brevo.py", include_str!("../../../static/samples/tools/brevo.py")),
            Self::Sendgrid => file("sendgrid.py", include_str!("../../../static/samples/tools/sendgrid.py")),
            Self::Mautic => file("mautic.py", include_str!("../../../static/samples/tools/mautic.py")),
            Self::Hubspot => file("hubspot.py", include_str!("../../../static/samples/tools/hubspot.py")),
            Self::Postmark | Self::Ses | Self::N8n | Self::Code => return None,
        })
    }

    /// What the adapter is told of this tool: settings, as they are written before the command.
    const fn settings(self) -> &'static str {
        match self {
            Self::Listmonk => {
                "LISTMONK_URL=https://listmonk.example.org LISTMONK_TOKEN=ayeaye:… LISTMONK_LIST=3"
            }
            Self::Mailchimp => {
                "MAILCHIMP_URL=https://us21.api.mailchimp.com/3.0 MAILCHIMP_KEY=…-us21 MAILCHIMP_AUDIENCE=a1b2c3d4e5"
            }
            Self::Brevo => "BREVO_KEY=xkeysib-… BREVO_LIST=7",
            Self::Sendgrid => {
                "SENDGRID_KEY=SG.… SENDGRID_LIST=… SENDGRID_GROUP=12345 SENDGRID_FIELDS=e1_T,e2_T,e3_T"
            }
            Self::Mautic => "MAUTIC_URL=https://mautic.example.org MAUTIC_LOGIN=ayeaye:… MAUTIC_SEGMENT=4",
            Self::Hubspot => "HUBSPOT_TOKEN=pat-… HUBSPOT_SUBSCRIPTION=123456",
            Self::Postmark | Self::Ses | Self::N8n | Self::Code => "",
        }
    }
}

const fn file(language: &'static str, code: &'static str) -> Sample {
    Sample { language, code }
}

/// Follows the feed and calls an adapter.
const FOLLOW: Sample = file("follow.py", include_str!("../../../static/samples/tools/follow.py"));
/// Asks the gate.
const GATE: Sample = file("gate.py", include_str!("../../../static/samples/tools/gate.py"));
/// Asks the gate in other languages.
const GATES: [Sample; 5] = [
    file("curl", include_str!("../../../static/samples/tools/gate.sh")),
    file("Python", GATE.code),
    file("PHP", include_str!("../../../static/samples/tools/gate.php")),
    file("JavaScript (Node.js)", include_str!("../../../static/samples/tools/gate.mjs")),
    file("Go", include_str!("../../../static/samples/tools/gate.go")),
];
const SMTP: Sample = file("smtp.py", include_str!("../../../static/samples/tools/smtp.py"));
const POSTMARK: Sample = file("postmark.py", include_str!("../../../static/samples/tools/postmark.py"));
const WORKFLOW: &str = include_str!("../../../static/samples/tools/n8n.json");
/// What the workflow says for the address of a service.
const ANY_BASE: &str = "https://consent.example.org";

/// "Your mailing tool, step by step".
#[derive(Template)]
#[template(path = "docs/tools/index.html")]
pub struct IndexPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

impl IndexPage<'_> {
    /// Where the page of each tool is, and what the tool is called.
    fn tools(&self) -> [(String, &'static str); 10] {
        Tool::ALL.map(|it| {
            (self.frame.path(&format!("/docs/tools/{}", it.slug())), it.name(self.frame.t.locale()))
        })
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    const fn follow(&self) -> Sample {
        FOLLOW
    }
}

/// One tool.
#[derive(Template)]
#[template(path = "docs/tools/tool.html")]
pub struct ToolPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
    /// Which.
    pub tool: Tool,
}

impl ToolPage<'_> {
    fn name(&self) -> &'static str {
        self.tool.name(self.frame.t.locale())
    }

    /// "de" with its name, as French says it.
    fn de_name(&self) -> String {
        let name = self.name();
        let elided = name.starts_with(['A', 'E', 'I', 'O', 'U']);
        if elided { format!("d’{name}") } else { format!("de {name}") }
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    const fn gate(&self) -> Sample {
        GATE
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    const fn gates(&self) -> [Sample; 5] {
        GATES
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    const fn smtp(&self) -> Sample {
        SMTP
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    const fn postmark(&self) -> Sample {
        POSTMARK
    }

    /// The workflow, with the address of this service.
    fn workflow(&self) -> String {
        WORKFLOW.replace(ANY_BASE, self.base_url)
    }
}

/// `GET /docs/tools`
pub async fn index(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = super::frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &IndexPage { frame: &frame, base_url })
}

/// `GET /docs/tools/{tool}`: 404 when there is no page about such a tool.
pub async fn get(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> HttpResponse {
    let Some(tool) = Tool::named(&slug) else { return message::not_found(&request, &web) };
    let frame = super::frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &ToolPage { frame: &frame, base_url, tool })
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use scraper::{Html, Selector};

    use super::*;

    /// Every page of a language.
    fn pages(locale: Locale) -> Vec<String> {
        let frame = Frame::new(locale, true, "/docs/tools", None);
        let index = IndexPage { frame: &frame, base_url: ANY_BASE }.render().unwrap();
        let tools = Tool::ALL
            .into_iter()
            .map(|tool| ToolPage { frame: &frame, base_url: ANY_BASE, tool }.render().unwrap());
        std::iter::once(index).chain(tools).collect()
    }

    /// What is shown as code, on every page of a language.
    fn shown(locale: Locale) -> Vec<String> {
        let code = Selector::parse("pre").unwrap();
        let of = |page: String| -> Vec<String> {
            Html::parse_document(&page).select(&code).map(|it| it.text().collect()).collect()
        };
        pages(locale).into_iter().flat_map(of).collect()
    }

    #[test]
    fn every_program_that_is_tested_is_shown_whole_and_every_one_shown_is_tested() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples/tools");
        let files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|it| it.unwrap().path())
            .filter(|it| it.is_file())
            .map(|it| fs::read_to_string(it).unwrap())
            .collect();
        assert_eq!(files.len(), 15);
        for locale in [Locale::En, Locale::Fr] {
            let shown = shown(locale);
            for file in &files {
                assert!(shown.iter().any(|it| it.trim_end() == file.trim_end()), "{locale}: {file}");
            }
        }
    }

    #[test]
    fn a_page_that_asks_for_a_call_names_its_scope() {
        for (call, scope) in [
            ("/v1/signups", "signups:write"),
            ("PATCH /v1/contacts/", "contacts:write"),
            ("/v1/contacts:lookup", "contacts:read"),
            ("/v1/audiences/", "audiences:read"),
        ] {
            for locale in [Locale::En, Locale::Fr] {
                let asking: Vec<String> = pages(locale).into_iter().filter(|it| it.contains(call)).collect();
                assert!(!asking.is_empty(), "{call}");
                for page in asking {
                    let title = page.split("<h1>").nth(1).and_then(|it| it.split('<').next());
                    let is_named = [format!("<code>{scope}</code>"), format!("--scope {scope}")];
                    assert!(is_named.iter().any(|it| page.contains(it)), "{title:?}: {call} needs {scope}");
                }
            }
        }
    }

    #[test]
    fn a_program_names_its_tool_and_the_command_every_setting_it_reads() {
        for tool in Tool::ALL {
            let Some(adapter) = tool.adapter() else {
                assert_eq!(tool.settings(), "");
                continue;
            };
            assert_eq!(adapter.language, format!("{}.py", tool.slug()));
            let named = format!("\nNAME = \"{}\" ", tool.name(Locale::En));
            assert!(adapter.code.contains(&named), "{}: {named}", tool.slug());
            for read in adapter.code.replace('\'', "\"").split("os.environ[\"").skip(1) {
                let name = read.split('"').next().unwrap();
                assert!(tool.settings().contains(&format!("{name}=")), "{}: {name}", tool.slug());
            }
        }
    }
}
