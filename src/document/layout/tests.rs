use super::*;

fn last_y(page: &Page) -> f32 {
    page.lines.iter().map(|it| it.y).fold(0.0, f32::max)
}

#[test]
fn a_heading_never_ends_a_page_and_no_line_leaves_it() {
    for above in 0..120 {
        let mut layout = Layout::new();
        for _ in 0..above {
            layout.small("A line.").unwrap();
        }
        layout.heading(2, "Heading").unwrap();
        layout.heading(3, "Under it").unwrap();
        layout.paragraph("text ".repeat(60).trim()).unwrap();
        for page in &layout.pages {
            assert!(last_y(page) < BOTTOM, "{above}: {}", last_y(page));
            let last = page.lines.last().unwrap();
            assert!(last.weight == Weight::Regular, "{above}: a page ends with {:?}", last.text);
        }
    }
}

#[test]
fn a_break_leaves_two_lines_on_either_side() {
    for above in 30..70 {
        let mut layout = Layout::new();
        for _ in 0..above {
            layout.small("A line.").unwrap();
        }
        let before = layout.pages.len();
        layout.paragraph("word ".repeat(120).trim()).unwrap();
        let node = layout.nodes.last().unwrap();
        let on =
            |page| node.children.iter().filter(move |it| matches!(it, Child::Line(at, _) if *at == page));
        for page in before - 1..layout.pages.len() {
            let lines = on(page).count();
            assert!(lines != 1, "{above}: one line alone on page {page}");
        }
    }
}

#[test]
fn the_last_row_of_a_table_never_stands_alone() {
    for above in 40..60 {
        let mut layout = Layout::new();
        for _ in 0..above {
            layout.small("A line.").unwrap();
        }
        let facts: Vec<_> = (0..6).map(|it| (format!("Name {it}"), "value".to_owned())).collect();
        layout.facts(&facts).unwrap();
        let on_last = layout.pages.last().unwrap().lines.iter().filter(|it| it.text == "value").count();
        assert!(on_last != 1, "{above}");
    }
}

#[test]
fn a_row_of_ten_thousand_characters_runs_over_pages() {
    let mut layout = Layout::new();
    let value = "x".repeat(10_000);
    layout.facts(&[("Name".to_owned(), value.clone()), ("After".to_owned(), "y".to_owned())]).unwrap();
    assert!(layout.pages.len() > 2);
    let drawn: usize =
        layout.pages.iter().flat_map(|it| &it.lines).map(|it| it.text.matches('x').count()).sum();
    assert_eq!(drawn, value.len());
}
