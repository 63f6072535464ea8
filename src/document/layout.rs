//! Blocks of text become lines with a place on a page, and a tree that says what each line is.
//!
//! Everything is placed before anything is drawn, so that a page can say how many there are. A heading never
//! stands alone at the foot of a page; a paragraph leaves at least two lines on either side of a break.

use super::{DocumentError, font::Weight};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.0, 842.0);
const TOP: f32 = 56.0;
const BOTTOM: f32 = 782.0;
/// The left edge of all text.
pub(super) const LEFT: f32 = 60.0;
/// The width of all text.
pub(super) const WIDTH: f32 = 475.0;
/// The width of the names in a table of facts, with the gap after them.
const NAMES: f32 = 116.0;
/// A row of a table higher than this may be broken over two pages.
const WHOLE_ROW: f32 = 260.0;
/// What must fit under a heading on its page.
const UNDER_HEADING: f32 = 62.0;
/// The longest text of a bookmark, in characters.
const BOOKMARK: usize = 120;

/// What a part of the document is, for programs that read it aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The whole.
    Root,
    /// A heading of this level with this text.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// Words of somebody, in this language.
    Quote(Option<String>),
    /// A numbered list.
    Steps,
    /// A point of a list, its number, its text.
    Step,
    /// See [`Role::Step`].
    Number,
    /// See [`Role::Step`].
    Body,
    /// Names and values.
    Facts,
    /// A name and its value.
    Row,
    /// See [`Role::Row`].
    Name,
    /// See [`Role::Row`].
    Value,
}

/// A part of the document.
pub(super) struct Node {
    pub(super) role: Role,
    pub(super) children: Vec<Child>,
}

/// What a part is made of.
#[derive(Clone, Copy)]
pub(super) enum Child {
    /// The node of this index.
    Node(usize),
    /// The line of this index on this page.
    Line(usize, usize),
}

/// A line of text in its place.
pub(super) struct Line {
    pub(super) x: f32,
    /// The baseline, from the top of the page.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) text: String,
}

/// A grey bar or rule.
pub(super) struct Mark {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// What is on one page.
#[derive(Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) marks: Vec<Mark>,
}

/// Where a heading stands.
pub(super) struct Bookmark {
    pub(super) level: u16,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    leading: f32,
    weight: Weight,
    x: f32,
    width: f32,
}

const BODY: Style = Style { size: 9.5, leading: 13.5, weight: Weight::Regular, x: LEFT, width: WIDTH };
/// In a table: 64 hex digits fit on one line.
const CELL: Style = Style { size: 8.8, leading: 12.0, ..BODY };
const SMALL: Style = Style { size: 8.5, leading: 12.0, ..BODY };

/// The document as it is being set.
pub(super) struct Layout {
    pub(super) pages: Vec<Page>,
    pub(super) nodes: Vec<Node>,
    pub(super) bookmarks: Vec<Bookmark>,
    y: f32,
    replaced: bool,
}

impl Layout {
    pub(super) fn new() -> Self {
        Self {
            pages: vec![Page::default()],
            nodes: vec![Node { role: Role::Root, children: Vec::new() }],
            bookmarks: Vec::new(),
            y: TOP,
            replaced: false,
        }
    }

    /// Whether a character had to be written as its number.
    pub(super) fn replaced(&self) -> bool {
        self.replaced
    }

    /// A heading: 1 for the title, then 2 and 3.
    pub(super) fn heading(&mut self, level: u16, text: &str) -> Result<(), DocumentError> {
        let (size, leading, before, after) = match level {
            1 => (20.0, 26.0, 0.0, 8.0),
            2 => (12.5, 17.0, 12.0, 3.0),
            _ => (10.0, 14.0, 6.0, 2.0),
        };
        let style = Style { size, leading, weight: Weight::Bold, ..BODY };
        let lines = self.lines(text, style)?;
        if !self.at_top() {
            self.y += before;
            // Two headings in a row keep together, too.
            let under = if level < 3 { UNDER_HEADING + 34.0 } else { UNDER_HEADING };
            if self.y + leading + under > BOTTOM {
                self.turn();
            }
        }
        let title = short(&lines.join(" "));
        let (page, y) = (self.page(), self.y);
        self.bookmarks.push(Bookmark { level, text: title.clone(), page, y });
        let node = self.node(0, Role::Heading(level, title));
        self.flow(node, lines, style);
        self.y += after;
        Ok(())
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) -> Result<(), DocumentError> {
        self.block(Role::Paragraph, text, BODY, 5.0)
    }

    /// A paragraph in small print.
    pub(super) fn small(&mut self, text: &str) -> Result<(), DocumentError> {
        self.block(Role::Paragraph, text, SMALL, 4.0)
    }

    /// Somebody's words as they stand, with a bar beside them.
    pub(super) fn quote(&mut self, text: &str, language: Option<&str>) -> Result<(), DocumentError> {
        let style = Style { x: LEFT + 14.0, width: WIDTH - 14.0, ..BODY };
        self.y += 2.0;
        self.block(Role::Quote(language.map(str::to_owned)), text, style, 8.0)
    }

    /// A numbered list.
    pub(super) fn steps(&mut self, steps: &[String]) -> Result<(), DocumentError> {
        let list = self.node(0, Role::Steps);
        for (number, text) in (1..).zip(steps) {
            let style = Style { x: LEFT + 22.0, width: WIDTH - 22.0, ..BODY };
            let lines = self.lines(text, style)?;
            self.keep(lines.len(), style.leading);
            let step = self.node(list, Role::Step);
            let label = self.node(step, Role::Number);
            self.put(label, format!("{number}."), BODY, self.y);
            let body = self.node(step, Role::Body);
            self.flow(body, lines, style);
            self.y += 3.0;
        }
        self.y += 3.0;
        Ok(())
    }

    /// Names and their values, in two columns. A value may have several lines.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) -> Result<(), DocumentError> {
        if facts.is_empty() {
            return Ok(());
        }
        let table = self.node(0, Role::Facts);
        for (at, (name, value)) in facts.iter().enumerate() {
            // The last row never stands alone on a page.
            let with = facts.get(at + 1).filter(|_| at + 2 == facts.len());
            self.fact(table, name, value, with)?;
        }
        self.y += 5.0;
        Ok(())
    }

    fn fact(
        &mut self,
        table: usize,
        name: &str,
        value: &str,
        with: Option<&(String, String)>,
    ) -> Result<(), DocumentError> {
        let of_name = Style { weight: Weight::Bold, width: NAMES - 10.0, ..CELL };
        let of_value = Style { x: LEFT + NAMES, width: WIDTH - NAMES, ..CELL };
        let (names, values) = (self.lines(name, of_name)?, self.lines(value, of_value)?);
        let mut together = names.len().max(values.len());
        if let Some((name, value)) = with {
            // One line more for the rule between them.
            together += self.lines(name, of_name)?.len().max(self.lines(value, of_value)?.len()) + 1;
        }
        self.keep(together, CELL.leading);
        let row = self.node(table, Role::Row);
        let (page, mut y) = (self.page(), self.y);
        let header = self.node(row, Role::Name);
        for line in names {
            self.put(header, line, of_name, y);
            y += of_name.leading;
        }
        let cell = self.node(row, Role::Value);
        self.flow(cell, values, of_value);
        if self.page() == page {
            self.y = self.y.max(y);
        }
        self.mark(Mark { x: LEFT, y: self.y + 1.5, width: WIDTH, height: 0.4 });
        self.y += 3.5;
        Ok(())
    }

    /// Goes on at the top of a page.
    pub(super) fn new_page(&mut self) {
        if !self.at_top() {
            self.turn();
        }
    }

    fn block(&mut self, role: Role, text: &str, style: Style, after: f32) -> Result<(), DocumentError> {
        let lines = self.lines(text, style)?;
        let node = self.node(0, role);
        self.flow(node, lines, style);
        self.y += after;
        Ok(())
    }

    fn lines(&mut self, text: &str, style: Style) -> Result<Vec<String>, DocumentError> {
        let face = style.weight.face()?;
        let lines = face.lines(text, style.size, style.width);
        self.replaced |= face.visible(text).matches("[U+").count() > text.matches("[U+").count();
        Ok(lines)
    }

    /// Places lines from here on, over as many pages as it takes.
    fn flow(&mut self, node: usize, lines: Vec<String>, style: Style) {
        let is_quote = self.nodes.get(node).is_some_and(|it| matches!(it.role, Role::Quote(_)));
        let mut lines = std::collections::VecDeque::from(lines);
        while !lines.is_empty() {
            let mut taken = lines.len().min(self.room(style.leading));
            let left = lines.len() - taken;
            if left == 1 && taken > 2 {
                taken -= 1;
            }
            if left > 0 && taken < 2 && !self.at_top() {
                self.turn();
                continue;
            }
            for line in lines.drain(..taken.max(1)) {
                if is_quote {
                    self.bar(style.leading);
                }
                self.put(node, line, style, self.y);
                self.y += style.leading;
            }
            if !lines.is_empty() {
                self.turn();
            }
        }
    }

    /// Begins a new page when this many lines belong together and do not fit, or not even two of more.
    fn keep(&mut self, lines: usize, leading: f32) {
        let together = (0..lines).map(|_| leading).sum::<f32>();
        let needed = if together > WHOLE_ROW { 4.0 * leading } else { together };
        if self.y + needed > BOTTOM && !self.at_top() {
            self.turn();
        }
    }

    fn room(&self, leading: f32) -> usize {
        let (mut lines, mut y) = (0, self.y + leading);
        while y <= BOTTOM {
            lines += 1;
            y += leading;
        }
        lines
    }

    fn at_top(&self) -> bool {
        self.y <= TOP
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    fn page(&self) -> usize {
        self.pages.len() - 1
    }

    fn node(&mut self, parent: usize, role: Role) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node { role, children: Vec::new() });
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(Child::Node(index));
        }
        index
    }

    /// One line whose top is at `y` of the current page. A line without text takes room and leaves no trace.
    fn put(&mut self, node: usize, text: String, style: Style, y: f32) {
        if text.is_empty() {
            return;
        }
        let page = self.page();
        let Some(lines) = self.pages.get_mut(page).map(|it| &mut it.lines) else { return };
        let Style { size, leading, weight, x, width: _ } = style;
        lines.push(Line { x, y: y + leading * 0.76, size, weight, text });
        let child = Child::Line(page, lines.len() - 1);
        if let Some(node) = self.nodes.get_mut(node) {
            node.children.push(child);
        }
    }

    /// The bar beside a quoted line; grows the bar of the line before.
    fn bar(&mut self, height: f32) {
        let y = self.y;
        let before = self.pages.last_mut().and_then(|it| it.marks.last_mut());
        if let Some(before) = before.filter(|it| it.width < 3.0 && (it.y + it.height - y).abs() < 0.1) {
            before.height += height;
        } else {
            self.mark(Mark { x: LEFT + 2.0, y, width: 2.0, height });
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }
}

/// A text cut to the length of a bookmark.
pub(super) fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(BOOKMARK).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests;
