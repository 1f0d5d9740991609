//! The name that was probably meant.

/// Longer names are not compared.
const LENGTH_MAX: usize = 64;

/// The nearest of `names` to what was written, the first of equals; `None` when none is near.
pub fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    if length > LENGTH_MAX {
        return None;
    }
    let written = written.to_lowercase();
    let mut best = (1 + length.div_ceil(3), None);
    for name in names {
        let distance = distance(&written, &name.to_lowercase());
        if distance < best.0 {
            best = (distance, Some(name));
        }
    }
    best.1
}

/// Edit distance: characters put in, left out or changed.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (index, a) in a.chars().enumerate() {
        let (mut corner, mut left) = (index, index + 1);
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = left;
        }
        for (cell, b) in cells.zip(b.chars()) {
            let best = (corner + usize::from(a != b)).min(left + 1).min(*cell + 1);
            (corner, left) = (*cell, best);
            *cell = best;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_textbook() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
        ] {
            assert_eq!(distance(a, b), expected);
            assert_eq!(distance(b, a), expected);
        }
    }

    #[test]
    fn what_is_far_off_is_not_suggested() {
        let names = ["amount_spent", "decile"];
        assert_eq!(
            nearest("Amount_spend", names.into_iter()),
            Some("amount_spent")
        );
        assert_eq!(nearest("decil", names.into_iter()), Some("decile"));
        assert_eq!(nearest("colour", names.into_iter()), None);
        assert_eq!(nearest(&"d".repeat(100_000), names.into_iter()), None);
    }
}
