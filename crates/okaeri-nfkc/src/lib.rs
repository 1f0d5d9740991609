//! NFKC, the Unicode normal form that unifies full and half width, in a table of 8 kB.
//!
//! The base of every key in 名寄せ and of the names of columns. `tests/table.rs` writes the table
//! from the crate `unicode-normalization` and compares the two over all of Unicode. Lacks the
//! other three normal forms.

mod hangul;
mod table;

use table::Table;

/// The characters of `text` in NFKC (Unicode Standard Annex #15).
pub fn nfkc(text: &str) -> impl Iterator<Item = char> + use<> {
    let table = Table::get();
    let mut letters = Vec::with_capacity(text.len());
    for letter in text.chars() {
        table.decompose(letter, &mut letters);
    }
    order(table, &mut letters);
    compose(table, &mut letters);
    letters.into_iter()
}

/// Sorts the marks behind each base by their combining class; equals stay in order.
fn order(table: &Table, letters: &mut [char]) {
    let is_ordered = |pair: &[char]| match pair {
        [a, b] => {
            let after = table.class(*b);
            after == 0 || table.class(*a) <= after
        }
        _ => true,
    };
    if letters.windows(2).all(is_ordered) {
        return;
    }
    for marks in letters.split_mut(|letter| table.class(*letter) == 0) {
        let mut ordered = Vec::with_capacity(marks.len());
        let classes = || marks.iter().map(|mark| table.class(*mark));
        let mut last = 0;
        while let Some(next) = classes().filter(|class| *class > last).min() {
            ordered.extend(marks.iter().filter(|mark| table.class(**mark) == next));
            last = next;
        }
        marks.copy_from_slice(&ordered);
    }
}

/// Joins each base with the marks that it can be composed with.
fn compose(table: &Table, letters: &mut Vec<char>) {
    // Up to `kept`, letters are done; the base among them that marks may still join.
    let (mut kept, mut base) = (0, None);
    // Class of the last mark that stayed between the base and here.
    let mut between = 0;
    for index in 0..letters.len() {
        let Some(letter) = letters.get(index).copied() else {
            break;
        };
        let class = table.class(letter);
        let open = between == 0 || between < class;
        let joined = base
            .filter(|_| open && table.may_follow(letter))
            .and_then(|at| table.composed(*letters.get::<usize>(at)?, letter));
        let place = if joined.is_some() { base } else { Some(kept) };
        if let Some(place) = place.and_then(|at| letters.get_mut(at)) {
            *place = joined.unwrap_or(letter);
        }
        if joined.is_none() {
            if class == 0 {
                base = Some(kept);
            }
            between = class;
            kept += 1;
        }
    }
    letters.truncate(kept);
}
