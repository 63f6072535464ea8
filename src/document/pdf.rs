//! A layout becomes a file: PDF/A-3a (archival, with attachments) and PDF/UA-1 (readable by programs that read
//! aloud). krilla checks both and refuses otherwise.

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    embed::{AssociationKind, EmbeddedFile, MimeType},
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
        TagGroup, TagTree,
    },
};

use super::{
    DocumentError,
    font::Weight,
    layout::{Bookmark, Child, LEFT, Layout, Line, Mark, Node, PAGE, Role, WIDTH, short},
};
use crate::domain::Timestamp;

/// Where the foot of a page stands.
const FOOT: f32 = 806.0;
const FOOT_SIZE: f32 = 8.0;

/// What a file says of itself.
pub(super) struct Meta<'a> {
    /// Its title, shown by the reader in the window.
    pub(super) title: &'a str,
    /// Its language, a BCP 47 tag.
    pub(super) language: &'a str,
    /// When it was made.
    pub(super) made_at: Timestamp,
    /// What stands at the left of each foot.
    pub(super) foot: &'a str,
    /// What stands at the right: page, of how many.
    pub(super) page: &'a dyn Fn(usize, usize) -> String,
}

/// A file inside the file.
pub(super) struct Attachment {
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) description: String,
    pub(super) data: Vec<u8>,
}

/// Draws a layout.
///
/// # Errors
/// The typesetter refused: a fault of this program, whatever the texts.
pub(super) fn render(
    layout: &Layout,
    meta: &Meta<'_>,
    attachment: Option<Attachment>,
) -> Result<Vec<u8>, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(refused)?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut drawn = Vec::with_capacity(layout.pages.len());
    for (number, page) in (1..).zip(&layout.pages) {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1)
            .ok_or_else(|| DocumentError::Pdf("the page has no size".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        draw_marks(&mut surface, &page.marks);
        let mut ids = Vec::with_capacity(page.lines.len());
        for line in &page.lines {
            ids.push(draw_line(&mut surface, line)?);
        }
        draw_foot(&mut surface, meta, number, layout.pages.len())?;
        surface.finish();
        sheet.finish();
        drawn.push(ids);
    }
    document.set_tag_tree(tag_tree(layout, meta.language, &drawn));
    document.set_outline(outline(&layout.bookmarks));
    let at = date_time(meta.made_at);
    if let Some(attachment) = attachment {
        attach(&mut document, attachment, at)?;
    }
    document.set_metadata(
        Metadata::new()
            .title(short(&Weight::Regular.face()?.visible(meta.title)))
            .language(meta.language.to_owned())
            .creation_date(at)
            .producer("ayeaye".to_owned()),
    );
    document.finish().map_err(refused)
}

fn refused(error: impl std::fmt::Debug) -> DocumentError {
    DocumentError::Pdf(format!("{error:?}"))
}

fn ink(surface: &mut Surface<'_>, grey: u8) {
    let paint = rgb::Color::new(grey, grey, grey).into();
    surface.set_fill(Some(Fill { paint, ..Fill::default() }));
}

fn draw_line(surface: &mut Surface<'_>, line: &Line) -> Result<Identifier, DocumentError> {
    let Line { x, y, size, weight, text } = line;
    let face = weight.face()?;
    ink(surface, 0x1a);
    let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    surface.draw_glyphs(Point::from_xy(*x, *y), &face.glyphs(text), face.font(), text, *size, false);
    surface.end_tagged();
    Ok(id)
}

fn draw_marks(surface: &mut Surface<'_>, marks: &[Mark]) {
    if marks.is_empty() {
        return;
    }
    ink(surface, 0xc8);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    for Mark { x, y, width, height } in marks {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.end_tagged();
}

fn draw_foot(
    surface: &mut Surface<'_>,
    meta: &Meta<'_>,
    number: usize,
    of: usize,
) -> Result<(), DocumentError> {
    let face = Weight::Regular.face()?;
    let width = |text: &str| face.glyphs(text).iter().map(|it| it.x_advance * FOOT_SIZE).sum::<f32>();
    let page = (meta.page)(number, of);
    let page_x = LEFT + WIDTH - width(&page);
    let foot = face.lines(meta.foot, FOOT_SIZE, page_x - LEFT - 20.0).into_iter().next().unwrap_or_default();
    ink(surface, 0x55);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    for (x, text) in [(LEFT, &foot), (page_x, &page)] {
        if !text.is_empty() {
            surface.draw_glyphs(
                Point::from_xy(x, FOOT),
                &face.glyphs(text),
                face.font(),
                text,
                FOOT_SIZE,
                false,
            );
        }
    }
    surface.end_tagged();
    Ok(())
}

fn tag_tree(layout: &Layout, language: &str, drawn: &[Vec<Identifier>]) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    let root = layout.nodes.first().map(|it| it.children.as_slice()).unwrap_or_default();
    for child in root {
        if let Child::Node(index) = child
            && let Some(group) = group(&layout.nodes, *index, drawn)
        {
            tree.push(group);
        }
    }
    tree
}

fn group(nodes: &[Node], index: usize, drawn: &[Vec<Identifier>]) -> Option<TagGroup> {
    let Node { role, children } = nodes.get(index)?;
    let mut group = match role {
        Role::Root => return None,
        Role::Heading(level, title) => {
            TagGroup::new(Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())))
        }
        Role::Paragraph => TagGroup::new(Tag::P),
        Role::Quote(language) => TagGroup::new(Tag::BlockQuote.with_lang(language.clone())),
        Role::Steps => TagGroup::new(Tag::L(ListNumbering::Decimal)),
        Role::Step => TagGroup::new(Tag::LI),
        Role::Number => TagGroup::new(Tag::Lbl),
        Role::Body => TagGroup::new(Tag::LBody),
        Role::Facts => TagGroup::new(Tag::Table),
        Role::Row => TagGroup::new(Tag::TR),
        Role::Name => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
        Role::Value => TagGroup::new(Tag::TD),
    };
    for child in children {
        match child {
            Child::Node(index) => {
                if let Some(child) = self::group(nodes, *index, drawn) {
                    group.push(child);
                }
            }
            Child::Line(page, line) => {
                if let Some(id) = drawn.get(*page).and_then(|it| it.get(*line)) {
                    group.push(*id);
                }
            }
        }
    }
    Some(group)
}

/// Bookmarks: chapters (level 2) with their sections (level 3); the title opens the document.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut chapter: Option<OutlineNode> = None;
    for Bookmark { level, text, page, y } in bookmarks {
        let node = OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(0.0, *y)));
        match chapter.as_mut().filter(|_| *level > 2) {
            Some(chapter) => chapter.push_child(node),
            None => {
                if let Some(done) = chapter.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(last) = chapter {
        outline.push_child(last);
    }
    outline
}

fn attach(document: &mut Document, attachment: Attachment, at: DateTime) -> Result<(), DocumentError> {
    let Attachment { name, media_type, description, data } = attachment;
    let file = EmbeddedFile {
        path: name,
        mime_type: MimeType::new(media_type),
        description: Some(description),
        association_kind: AssociationKind::Data,
        data: data.into(),
        modification_date: Some(at),
        compress: Some(true),
        location: None,
    };
    document.embed_file(file).ok_or_else(|| DocumentError::Pdf("two attachments of one name".to_owned()))
}

/// The instant in UTC, as far as a PDF can say it: years 0 to 9999.
fn date_time(at: Timestamp) -> DateTime {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let at = at.to_zoned(jiff::tz::TimeZone::UTC);
    DateTime::new(at.year().unsigned_abs())
        .month(at.month().unsigned_abs())
        .day(at.day().unsigned_abs())
        .hour(at.hour().unsigned_abs())
        .minute(at.minute().unsigned_abs())
        .second(at.second().unsigned_abs())
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
