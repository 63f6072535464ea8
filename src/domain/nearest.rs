//! The nearest known word, for "did you mean".

/// How many letters must be added, dropped, replaced or swapped with their neighbour to turn `from` into
/// `to` (optimal string alignment); counts stop to matter beyond a few, so callers compare with small limits.
pub(crate) fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, letter) in from.chars().enumerate() {
        let mut current = vec![row + 1];
        let mut left = row + 1;
        let mut last_to = None;
        for (column, other) in to.iter().copied().enumerate() {
            let replaced = at(&above, column) + usize::from(letter != other);
            let mut least = replaced.min(at(&above, column + 1) + 1).min(left + 1);
            if previous == Some(other) && last_to == Some(letter) && column > 0 {
                least = least.min(at(&older, column - 1) + 1);
            }
            current.push(least);
            left = least;
            last_to = Some(other);
        }
        older = above;
        above = current;
        previous = Some(letter);
    }
    at(&above, to.len())
}

fn at(row: &[usize], column: usize) -> usize {
    row.get(column).copied().unwrap_or(usize::MAX / 2)
}

/// The one of `known` that `word` was probably meant to be, or that begins with it; `None` when nothing is
/// near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).clamp(1, 4);
    let near = known.clone().into_iter().map(|it| (distance(word, it), it)).filter(|(far, _)| *far <= limit);
    let nearest = near.min_by_key(|(far, _)| *far).map(|(_, it)| it);
    nearest.or_else(|| known.into_iter().find(|it| length >= 4 && it.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_a_slip_a_gap_and_a_repeat_are_one_step() {
        for (from, to, steps) in [
            ("gmial", "gmail", 1),
            ("gnail", "gmail", 1),
            ("gmil", "gmail", 1),
            ("gmaill", "gmail", 1),
            ("gmail", "gmail", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("é", "e", 1),
            ("listen", "silent", 4),
        ] {
            assert_eq!(distance(from, to), steps, "{from} {to}");
        }
    }

    #[test]
    fn only_near_words_are_offered() {
        let known = ["listen", "base_url", "data_dir", "dkim_key_file"];
        assert_eq!(nearest("lisen", known), Some("listen"));
        assert_eq!(nearest("baseurl", known), Some("base_url"));
        assert_eq!(nearest("dkim_key", known), Some("dkim_key_file"));
        assert_eq!(nearest("foo", known), None);
        assert_eq!(nearest("password", known), None);
    }
}
