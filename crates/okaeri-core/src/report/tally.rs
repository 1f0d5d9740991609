//! Counting: sums by key, or the people who add to one of them.

use std::slice::ChunksExact;

use super::sheet::{Table, Values};
use super::{Kind, Spec};
use crate::analysis::sums::{Sums, add_each, at_each};
use crate::keys::{Key, Keys, NONE};
use crate::list::List;
use crate::order::sort_numbers;
use crate::segment::Bits;

/// Which sum of which table is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Index of the table.
    pub table: usize,
    /// The least and the greatest value of each of the first key columns; [`ANY`] takes all.
    pub key: Vec<[i64; 2]>,
    /// Index of the sum; without it, everybody who is in the row.
    pub sum: Option<usize>,
}

/// All values of a key column.
pub const ANY: [i64; 2] = [i64::MIN, i64::MAX];

impl Wanted {
    fn takes(&self, table: usize, key: &[i64], sums: &[i64]) -> bool {
        let is_key = |([least, most], value): (&[i64; 2], &i64)| (least..=most).contains(&value);
        self.table == table
            && self.key.iter().zip(key).all(is_key)
            && self
                .sum
                .is_none_or(|sum| sums.get(sum).is_some_and(|n| *n != 0))
    }
}

/// Takes what a report counts.
#[derive(Debug)]
pub struct Tally {
    specs: &'static [Spec],
    tables: Vec<Counting>,
    /// Rows that came counted already, and whose table they are.
    ready: Vec<(usize, Sums)>,
    words: Keys,
    members: Option<(Wanted, Bits)>,
}

/// The rows of one table so far: keys and sums one after the other, found by hash.
#[derive(Debug, Default)]
struct Counting {
    keys: usize,
    width: usize,
    cells: Vec<i64>,
    rows: usize,
    /// Where the cells of a row begin, one on, at a place that the hash of its key tells, or at the
    /// next that was free; 0 is free. As many as a power of two, at least twice the rows.
    slots: Vec<u32>,
}

/// A hash of a key: its last bits scatter.
#[inline(always)]
fn hash(key: &[i64]) -> usize {
    let mut hash = 0u64;
    let mut mix = |value: &i64| {
        hash = (hash.rotate_left(23) ^ *value as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    };
    at_each!(place in [0 1 2 3] {
        if let Some(value) = key.get(place) {
            mix(value);
        }
    });
    for value in key.get(4..).unwrap_or_default() {
        mix(value);
    }
    (hash >> 32) as usize
}

/// Whether two keys of one length are the same.
#[inline(always)]
fn is_same(a: &[i64], b: &[i64]) -> bool {
    at_each!(place in [0 1 2 3] {
        if a.get(place) != b.get(place) {
            return false;
        }
    });
    a.get(4..) == b.get(4..)
}

impl Counting {
    fn of(spec: &Spec) -> Self {
        Counting {
            keys: spec.keys.len(),
            width: spec.width(),
            ..Counting::default()
        }
    }

    /// Adds to the row of a key. One function for each number of keys and of sums: in one for all
    /// of them, most of the time would go to counting them.
    fn add<const K: usize, const S: usize>(&mut self, key: &[i64; K], more: &[i64; S]) {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash(key) & last;
        // Some slot is free.
        loop {
            let start = match self.slots.get(slot) {
                None | Some(0) => return self.push(slot, key, more),
                Some(start) => *start as usize - 1,
            };
            let row = self.cells.get_mut(start..).unwrap_or_default();
            if let Some((known, rest)) = row.split_first_chunk_mut::<K>()
                && let Some(sums) = rest.first_chunk_mut::<S>()
                && is_same(known, key)
            {
                return add_each(sums, more);
            }
            slot = slot.wrapping_add(1) & last;
        }
    }

    /// Adds a row, in the slot where its key belongs.
    #[cold]
    fn push(&mut self, slot: usize, key: &[i64], more: &[i64]) {
        let start = self.cells.len() as u32 + 1;
        self.cells.extend_from_slice(key);
        self.cells.extend_from_slice(more);
        self.rows += 1;
        if self.rows * 2 <= self.slots.len() {
            if let Some(place) = self.slots.get_mut(slot) {
                *place = start;
            }
            return;
        }
        let count = (self.slots.len() * 2).max(1 << 6);
        self.slots.clear();
        self.slots.resize(count, 0);
        let rows = self.cells.chunks_exact(self.width.max(1));
        for (row, start) in rows.zip((1u32..).step_by(self.width.max(1))) {
            let mut slot = hash(row.get(..self.keys).unwrap_or_default()) & (count - 1);
            while self.slots.get(slot).is_some_and(|place| *place != 0) {
                slot = (slot + 1) & (count - 1);
            }
            if let Some(place) = self.slots.get_mut(slot) {
                *place = start;
            }
        }
    }

    /// Rows ascending by key; key columns of words by their texts.
    fn sums(self, spec: &Spec, ranks: &[u32]) -> Sums {
        let words = spec.keys.iter().enumerate();
        let words = words.filter(|(_, (_, kind))| *kind == Kind::Word);
        let words: Vec<usize> = words.map(|(column, _)| column).collect();
        let mut cells = self.cells;
        for row in cells.chunks_exact_mut(self.width.max(1)) {
            for column in &words {
                if let Some(word) = row.get_mut(*column)
                    && let Some(rank) = usize::try_from(*word).ok().and_then(|w| ranks.get(w))
                {
                    *word = i64::from(*rank);
                }
            }
        }
        // By the last key column first: sorting by one more leaves equals as they were.
        let mut places: Vec<u32> = (0..self.rows as u32).collect();
        for column in (0..self.keys).rev() {
            sort_numbers(&mut places, |place| {
                let value = cells.get(place as usize * self.width + column).copied();
                value.unwrap_or_default() as u64 ^ 1 << 63
            });
        }
        let mut rows = Vec::with_capacity(cells.len());
        for place in places {
            let start = place as usize * self.width;
            rows.extend_from_slice(cells.get(start..start + self.width).unwrap_or_default());
        }
        let sums = Sums {
            keys: self.keys,
            width: self.width,
            cells: rows,
        };
        debug_assert!(
            sums.rows()
                .is_sorted_by(|a, b| a.get(..self.keys) < b.get(..self.keys))
        );
        sums
    }
}

impl Tally {
    /// Sums of all tables.
    pub fn new(specs: &'static [Spec]) -> Self {
        Tally {
            specs,
            tables: specs.iter().map(Counting::of).into_list(),
            ready: Vec::new(),
            words: Keys::default(),
            members: None,
        }
    }

    /// The people, of so many, who add to one number. `words` are looked for in the dictionary:
    /// the key holds the place of a word in this list.
    pub fn of_members(
        specs: &'static [Spec],
        wanted: Wanted,
        words: &[&str],
        person_count: u32,
    ) -> Self {
        let mut tally = Tally::new(specs);
        for word in words {
            tally.words.intern(Key::of(word));
        }
        tally.members = Some((wanted, Bits::none(person_count as usize)));
        tally
    }

    /// The number of a text, for keys of [`Kind::Word`]; -1 for one of 16 MB or more.
    pub fn word(&mut self, text: &str) -> i64 {
        match self.words.intern(Key::of(text)) {
            NONE => -1,
            word => i64::from(word),
        }
    }

    /// Adds `sums` to the row `key` of the table with this index in the report's specs. A person
    /// may add to a row more than once, but belongs to a number only once.
    #[inline]
    pub fn add<const K: usize, const S: usize>(
        &mut self,
        table: usize,
        person: u32,
        key: &[i64; K],
        sums: &[i64; S],
    ) {
        if self.members.is_some() {
            self.open(table, person, key, sums);
        } else if let Some(counting) = self.tables.get_mut(table) {
            debug_assert_eq!([counting.keys, counting.width], [K, K + S]);
            counting.add(key, sums);
        }
    }

    /// Takes a person who adds to a row, if it is looked for.
    fn open(&mut self, table: usize, person: u32, key: &[i64], sums: &[i64]) {
        if let Some((wanted, found)) = &mut self.members
            && wanted.takes(table, key, sums)
        {
            found.insert(person as usize);
        }
    }

    /// Adds rows to a table by its index that are counted already: ascending by key, each key
    /// once, none of them a word. For tables of so many rows that finding each by its key would
    /// cost more than sorting all; nobody is in them when people are looked for.
    pub fn put(&mut self, table: usize, rows: Sums) {
        self.ready.push((table, rows));
    }

    /// Which number is opened, when people are looked for and nothing is counted. A report that
    /// works its counts out by another way than by adding person after person asks for it.
    pub fn wanted(&self) -> Option<&Wanted> {
        self.members.as_ref().map(|(wanted, _)| wanted)
    }

    /// The people found, by person number.
    pub fn members(self) -> Bits {
        self.members.map(|(_, found)| found).unwrap_or_default()
    }

    /// The sums.
    pub fn counted(self) -> Counted {
        let (ranks, by_rank) = self.words.ranks();
        let text = |id: &u32| match self.words.get(*id) {
            Some(Key::Text(text)) => text.to_owned(),
            Some(Key::Int(number)) => number.to_string(),
            None => String::new(),
        };
        let tables = self.tables.into_iter().zip(self.specs);
        let tables = tables.map(|(table, spec)| table.sums(spec, &ranks));
        let mut tables: Vec<Sums> = tables.collect();
        for (index, rows) in self.ready {
            if let Some(table) = tables.get_mut(index) {
                *table = match table.cells.is_empty() {
                    true => rows,
                    false => std::mem::take(table).merge(&rows),
                };
            }
        }
        Counted {
            specs: self.specs,
            words: by_rank.iter().map(text).collect(),
            tables,
        }
    }
}

/// What was counted, ascending by key.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The tables' columns.
    pub specs: &'static [Spec],
    /// The dictionary: keys of [`Kind::Word`] are places in it. Ascending.
    pub words: Vec<String>,
    /// The rows of each table.
    pub tables: Vec<Sums>,
}

impl Counted {
    /// The rows of a table by its name.
    pub fn rows(&self, name: &str) -> ChunksExact<'_, i64> {
        let index = self.specs.iter().position(|spec| spec.name == name);
        match index.and_then(|index| self.tables.get(index)) {
            Some(table) => table.rows(),
            None => [].chunks_exact(1),
        }
    }

    /// A table as it was counted; columns can be added.
    pub fn table(&self, name: &str) -> Table {
        let Some(index) = self.specs.iter().position(|spec| spec.name == name) else {
            return Table::default();
        };
        let (Some(spec), Some(sums)) = (self.specs.get(index), self.tables.get(index)) else {
            return Table::default();
        };
        let names = spec.keys.iter().map(|(name, _)| name).chain(spec.sums);
        let column = |(index, name): (usize, &&'static str)| {
            let values = sums.column(index);
            let kind = spec.keys.get(index).map_or(Kind::Int, |(_, kind)| *kind);
            (*name, self.values(kind, values))
        };
        Table {
            columns: names.enumerate().map(column).into_list(),
        }
    }

    /// Key values of a kind as a column.
    pub fn values(&self, kind: Kind, values: Vec<i64>) -> Values {
        match kind {
            Kind::Int => Values::Int(values),
            Kind::Product => Values::Product(values),
            Kind::Word => {
                let word = |value: i64| self.words.get(usize::try_from(value).ok()?).cloned();
                Values::Text(values.into_iter().map(word).into_list())
            }
            Kind::Name(names) => {
                let name = |value: i64| usize::try_from(value).ok().and_then(|v| names.get(v));
                let names = values
                    .into_iter()
                    .map(|v| name(v).copied().unwrap_or_default());
                Values::Name(names.into_list())
            }
        }
    }
}
