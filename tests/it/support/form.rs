//! The forms of a page as plain data: what a browser would send for them.

use scraper::{ElementRef, Html, Selector};

/// A form with the state of its controls.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Where it goes, as written in the page; `None` is the page itself.
    pub(crate) action: Option<String>,
    /// Whether it is sent by POST.
    pub(crate) is_post: bool,
    /// In the order of the page.
    pub(crate) controls: Vec<Control>,
    /// In the order of the page.
    pub(crate) buttons: Vec<Button>,
}

/// A control that a form sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Control {
    /// What the value is sent as.
    pub(crate) name: String,
    /// What is sent.
    pub(crate) value: String,
    /// How a person works it.
    pub(crate) kind: Kind,
}

/// How a person works a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Not seen at all.
    Hidden,
    /// Text is written into it.
    Text,
    /// A box, ticked or not.
    Box {
        /// Sent only then.
        ticked: bool,
    },
    /// One of several values with the same name.
    Radio {
        /// Sent only then.
        chosen: bool,
    },
    /// A list with these values.
    List(Vec<String>),
}

/// A button that sends its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Button {
    /// What is written on it.
    pub(crate) text: String,
    name: Option<String>,
    value: String,
}

impl Form {
    /// Every form of a page.
    pub(crate) fn all(page: &Html) -> Vec<Self> {
        page.select(&selector("form")).map(|it| Self::read(page, it)).collect()
    }

    fn read(page: &Html, form: ElementRef<'_>) -> Self {
        let own: Vec<ElementRef<'_>> = page
            .select(&selector("input, select, textarea, button"))
            .filter(|it| belongs(*it, form) && !is_disabled(*it))
            .collect();
        let encoding = form.attr("enctype").unwrap_or("application/x-www-form-urlencoded");
        assert_eq!(encoding, "application/x-www-form-urlencoded", "this person only sends plain forms");
        Self {
            action: form.attr("action").map(str::to_owned).filter(|it| !it.is_empty()),
            is_post: form.attr("method").is_some_and(|it| it.eq_ignore_ascii_case("post")),
            controls: own.iter().filter_map(|it| control(*it)).collect(),
            buttons: own.iter().filter_map(|it| button(*it)).collect(),
        }
    }

    /// What is sent when `button` is pressed.
    pub(crate) fn data(&self, button: &Button) -> Vec<(String, String)> {
        let sent = self.controls.iter().filter(|it| it.is_sent());
        let mut data: Vec<_> = sent.map(|it| (it.name.clone(), it.value.clone())).collect();
        data.extend(button.name.iter().map(|it| (it.clone(), button.value.clone())));
        data
    }
}

impl Control {
    fn is_sent(&self) -> bool {
        match self.kind {
            Kind::Hidden | Kind::Text | Kind::List(_) => true,
            Kind::Box { ticked } => ticked,
            Kind::Radio { chosen } => chosen,
        }
    }
}

pub(crate) fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The text of an element with white space as a reader sees it.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<String>()
        .split([' ', '\n', '\t', '\r'])
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether `control` is sent with `form`: named by its `form` attribute, or inside.
fn belongs(control: ElementRef<'_>, form: ElementRef<'_>) -> bool {
    match control.attr("form") {
        Some(id) => form.attr("id") == Some(id),
        None => control.ancestors().any(|it| it.id() == form.id()),
    }
}

/// Whether it, or a `fieldset` around it, is disabled.
fn is_disabled(control: ElementRef<'_>) -> bool {
    let around = control.ancestors().filter_map(ElementRef::wrap);
    control.attr("disabled").is_some()
        || around.filter(|it| it.value().name() == "fieldset").any(|it| it.attr("disabled").is_some())
}

fn control(element: ElementRef<'_>) -> Option<Control> {
    let name = element.attr("name")?.to_owned();
    let attribute = |name: &str, otherwise: &str| element.attr(name).unwrap_or(otherwise).to_owned();
    let (value, kind) = match element.value().name() {
        "textarea" => (element.text().collect(), Kind::Text),
        "select" => list(element),
        "input" => match attribute("type", "text").as_str() {
            "hidden" => (attribute("value", ""), Kind::Hidden),
            "checkbox" => (attribute("value", "on"), Kind::Box { ticked: element.attr("checked").is_some() }),
            "radio" => (attribute("value", "on"), Kind::Radio { chosen: element.attr("checked").is_some() }),
            "submit" | "image" | "button" | "reset" => return None,
            "file" => panic!("this person sends no files: {name}"),
            _ => (attribute("value", ""), Kind::Text),
        },
        _ => return None,
    };
    Some(Control { name, value, kind })
}

fn list(element: ElementRef<'_>) -> (String, Kind) {
    let value = |it: ElementRef<'_>| it.attr("value").map_or_else(|| text(it), str::to_owned);
    let options: Vec<ElementRef<'_>> = element.select(&selector("option")).collect();
    let chosen = options.iter().find(|it| it.attr("selected").is_some()).or(options.first());
    let chosen = chosen.map(|it| value(*it)).unwrap_or_default();
    (chosen, Kind::List(options.into_iter().map(value).collect()))
}

fn button(element: ElementRef<'_>) -> Option<Button> {
    let kind = element.attr("type").unwrap_or("submit");
    let text = match element.value().name() {
        "button" if kind == "submit" => text(element),
        "input" if element.attr("type") == Some("submit") => {
            element.attr("value").unwrap_or("Submit").to_owned()
        }
        _ => return None,
    };
    Some(Button {
        text,
        name: element.attr("name").map(str::to_owned),
        value: element.attr("value").unwrap_or_default().to_owned(),
    })
}
