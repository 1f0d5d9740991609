//! Words that facts use again and again: media, ways of payment, coupon codes, tags, のし.
//!
//! Each is kept once, under a dense id of the ledger's `words`. What has several, as an order has
//! coupons, names a list of them. A word is always a text here, even where it is all digits.

use super::batch::KeyColumn;
use super::heads::number_at;
use crate::keys::{Key, Keys, NONE};

/// Stands between the words of a list.
pub const BETWEEN: char = '|';

/// Most words of a list; the rest is passed over.
const LIST_MAX: usize = 200;

/// Lists of words, each as told kept once.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    texts: Keys,
    /// Where each list ends in `words`.
    ends: Vec<u32>,
    words: Vec<u32>,
}

impl Lists {
    /// The words of a list, each once, in the order in which they were told; none for
    /// [`NONE`].
    pub fn get(&self, id: u32) -> &[u32] {
        let Some(end) = self.ends.get(id as usize) else {
            return &[];
        };
        let before = (id as usize).checked_sub(1);
        let start = before.and_then(|before| self.ends.get(before));
        let range = start.copied().unwrap_or_default() as usize..*end as usize;
        self.words.get(range).unwrap_or_default()
    }

    /// The id of the list that `joined` holds, its words parted by [`BETWEEN`]; [`NONE`] when
    /// there is no word in it.
    pub(super) fn intern(&mut self, joined: &str, words: &mut Keys) -> u32 {
        if joined.split(BETWEEN).all(|word| word.trim().is_empty()) {
            return NONE;
        }
        let id = self.texts.intern_text(joined);
        if id == NONE || (id as usize) < self.ends.len() {
            return id;
        }
        let start = self.words.len();
        for word in joined.split(BETWEEN) {
            let told = self.words.get(start..).unwrap_or_default();
            if told.len() >= LIST_MAX {
                break;
            }
            let word = intern_word(word, words);
            if word != NONE && !told.contains(&word) {
                self.words.push(word);
            }
        }
        self.ends.push(self.words.len() as u32);
        id
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.texts.truncate(len);
        self.ends.truncate(len);
        let words = self.ends.last().copied().unwrap_or_default();
        self.words.truncate(words as usize);
    }
}

/// The id of a word, without the blanks around it; [`NONE`] for an empty one.
pub(super) fn intern_word(word: &str, words: &mut Keys) -> u32 {
    match word.trim() {
        "" => NONE,
        word => words.intern_text(word),
    }
}

/// The text of a row; a number in digits.
pub(super) fn with_text<T>(
    column: &KeyColumn<'_>,
    row: usize,
    then: impl FnOnce(&str) -> T,
) -> Option<T> {
    match column {
        KeyColumn::Text(texts) => texts.get(row).map(then),
        _ => number_at(column, row).map(|number| then(&Key::Int(number).to_string())),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed step fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_its_words() {
        let (mut lists, mut words) = (Lists::default(), Keys::default());
        assert_eq!(lists.intern(" | |", &mut words), NONE);
        let first = lists.intern("VIP| 10 |VIP||A", &mut words);
        let second = lists.intern("A", &mut words);
        assert_eq!(lists.intern("VIP| 10 |VIP||A", &mut words), first);
        let text = |id: &u32| words.get(*id).unwrap().to_string();
        let told = |list: u32| lists.get(list).iter().map(text).collect::<Vec<_>>();
        assert_eq!(told(first), ["VIP", "10", "A"]);
        assert_eq!(told(second), ["A"]);
        assert!(told(NONE).is_empty());
        lists.truncate(1);
        assert_eq!(lists.get(first).len(), 3);
        assert!(lists.get(second).is_empty());
        assert_eq!(lists.intern("10", &mut words), second);
        assert_eq!(lists.get(second), lists.get(first).get(1..2).unwrap());
    }
}
