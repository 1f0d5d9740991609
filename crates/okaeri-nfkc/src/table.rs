//! What becomes of each character, unpacked once from `nfkc.bin`.
//!
//! The file holds three lists, each as its length and then column by column, all numbers in
//! LEB128. *Classes*: runs of characters of one combining class, as the gap from the last run's
//! first character, the run's length, its class. *Folds*: characters that NFKC replaces, as the
//! gap from the last one, the length of what stands for it, and those characters. *Pairs*,
//! ascending: the first, the second, and what they compose. Characters are told as the difference
//! from the last one in that place, signed by the lowest bit where they do not ascend.

use std::sync::OnceLock;

use crate::hangul;

const PACKED: &[u8] = include_bytes!("nfkc.bin");

/// Characters to a page. A page is there only if one of its characters is in the table.
const PAGE: usize = 128;
/// The longest that one character becomes: U+FDFA.
const FOLD_MAX: usize = 18;

/// What is known of a character. The default is true of most: a base that stays as it is.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// Where its parts begin in `parts`, and how many there are.
    parts: (u16, u8),
    /// Its combining class; 0 is a base.
    class: u8,
    /// Whether it can be the second of a pair.
    may_follow: bool,
}

#[derive(Default)]
pub struct Table {
    /// For each page of Unicode, which of `pages` it is; 0 is an empty one.
    places: Vec<u16>,
    pages: Vec<[Entry; PAGE]>,
    parts: Vec<char>,
    /// First and second of each pair as one number, ascending, with what they compose.
    pairs: Vec<(u64, char)>,
}

impl Table {
    /// The table, unpacked at the first call.
    pub fn get() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        // The tests hold every character of the file; what could not be read would be missing.
        TABLE.get_or_init(|| Table::unpacked().unwrap_or_default())
    }

    /// Appends what `letter` is made of.
    pub fn decompose(&self, letter: char, letters: &mut Vec<char>) {
        if letter < '\u{a0}' {
            letters.push(letter);
            return;
        }
        if let Some(parts) = hangul::parts(letter) {
            letters.extend(parts);
            return;
        }
        let (from, count) = self.entry(letter).parts;
        if count == 0 {
            letters.push(letter);
        }
        // Parts have parts of their own, four deep at most.
        for part in self.parts.iter().skip(from.into()).take(count.into()) {
            self.decompose(*part, letters);
        }
    }

    /// The combining class; 0 is a base.
    pub fn class(&self, letter: char) -> u8 {
        self.entry(letter).class
    }

    /// Whether `letter` may join what stands before.
    pub fn may_follow(&self, letter: char) -> bool {
        self.entry(letter).may_follow || hangul::may_follow(letter)
    }

    /// The character that `first` and `second` compose.
    pub fn composed(&self, first: char, second: char) -> Option<char> {
        hangul::composed(first, second).or_else(|| {
            let wanted = pair(first, second);
            let at = self.pairs.binary_search_by_key(&wanted, |(pair, _)| *pair);
            self.pairs.get(at.ok()?).map(|(_, composed)| *composed)
        })
    }

    fn entry(&self, letter: char) -> Entry {
        let code = letter as usize;
        let page = self.places.get(code / PAGE).copied().unwrap_or_default();
        let page = self.pages.get(usize::from(page));
        page.and_then(|page| page.get(code % PAGE))
            .copied()
            .unwrap_or_default()
    }

    fn entry_mut(&mut self, letter: char) -> Option<&mut Entry> {
        let code = letter as usize;
        let place = self.places.get_mut(code / PAGE)?;
        if *place == 0 {
            *place = u16::try_from(self.pages.len()).ok()?;
            self.pages.push([Entry::default(); PAGE]);
        }
        self.pages
            .get_mut(usize::from(*place))?
            .get_mut(code % PAGE)
    }

    fn unpacked() -> Option<Table> {
        let mut table = Table {
            places: vec![0; (char::MAX as usize + 1) / PAGE],
            pages: vec![[Entry::default(); PAGE]],
            ..Table::default()
        };
        let mut packed = Packed(PACKED);
        let count = packed.number()?;
        let firsts = packed.letters(count, false)?;
        let lengths = packed.numbers(count)?;
        let classes = packed.numbers(count)?;
        for ((first, length), class) in firsts.into_iter().zip(lengths).zip(classes) {
            for code in u32::from(first)..u32::from(first) + length {
                table.entry_mut(char::from_u32(code)?)?.class = u8::try_from(class).ok()?;
            }
        }
        let count = packed.number()?;
        let folded = packed.letters(count, false)?;
        let lengths = packed.numbers(count)?;
        let mut last = [0; FOLD_MAX];
        for (letter, length) in folded.into_iter().zip(lengths) {
            let from = table.parts.len();
            for last in last.iter_mut().take(length as usize) {
                table.parts.push(packed.letter(last, true)?);
            }
            table.set_parts(letter, from)?;
        }
        let count = packed.number()?;
        let firsts = packed.letters(count, false)?;
        let seconds = packed.letters(count, true)?;
        let composed = packed.letters(count, true)?;
        for ((letter, first), second) in composed.into_iter().zip(firsts).zip(seconds) {
            let from = table.parts.len();
            table.parts.extend([first, second]);
            table.set_parts(letter, from)?;
            table.entry_mut(second)?.may_follow = true;
            table.pairs.push((pair(first, second), letter));
        }
        Some(table)
    }

    /// Notes that the parts from `from` on are those of `letter`.
    fn set_parts(&mut self, letter: char, from: usize) -> Option<()> {
        let count = u8::try_from(self.parts.len() - from).ok()?;
        self.entry_mut(letter)?.parts = (u16::try_from(from).ok()?, count);
        Some(())
    }
}

fn pair(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// What is left of the file.
struct Packed(&'static [u8]);

impl Packed {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 127) << shift;
            if *byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn numbers(&mut self, count: u32) -> Option<Vec<u32>> {
        (0..count).map(|_| self.number()).collect()
    }

    /// A character, told by its difference from the `last` one.
    fn letter(&mut self, last: &mut u32, is_signed: bool) -> Option<char> {
        let number = self.number()?;
        *last = match (is_signed, number & 1) {
            (false, _) => last.checked_add(number)?,
            (true, 0) => last.checked_add(number >> 1)?,
            (true, _) => last.checked_sub((number >> 1) + 1)?,
        };
        char::from_u32(*last)
    }

    fn letters(&mut self, count: u32, is_signed: bool) -> Option<Vec<char>> {
        let mut last = 0;
        (0..count)
            .map(|_| self.letter(&mut last, is_signed))
            .collect()
    }
}
