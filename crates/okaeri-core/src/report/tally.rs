//! Counting: sums by key, or the people who add to one of them.

use crate::list::List;
use std::slice::ChunksExact;

use hashbrown::HashTable;

use super::sheet::{Table, Values};
use super::{Kind, Spec};
use crate::analysis::sums::{self, Sums};
use crate::keys::{Key, Keys, NONE};
use crate::order::sorted;
use crate::segment::Bits;

/// Which sum of which table is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Index of the table.
    pub table: usize,
    /// A value for each of the first key columns; `None` is any.
    pub key: Vec<Option<i64>>,
    /// Index of the sum; without it, everybody who is in the row.
    pub sum: Option<usize>,
}

impl Wanted {
    fn takes(&self, table: usize, key: &[i64], sums: &[i64]) -> bool {
        let is_key = |(wanted, value): (&Option<i64>, &i64)| wanted.is_none_or(|w| w == *value);
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
    places: HashTable<u32>,
}

fn hash(key: &[i64]) -> u64 {
    let mix = |hash: u64, value: &i64| {
        let mixed = (hash ^ *value as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 29
    };
    key.iter()
        .fold(key.len() as u64, mix)
        .wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

impl Counting {
    fn of(spec: &Spec) -> Self {
        Counting {
            keys: spec.keys.len(),
            width: spec.width(),
            ..Counting::default()
        }
    }

    fn add(&mut self, key: &[i64], more: &[i64]) {
        let Counting {
            keys,
            width,
            cells,
            places,
        } = self;
        let hash_of = hash(key);
        let key_at = |place: u32| {
            let start = place as usize * *width;
            cells.get(start..start + *keys).unwrap_or_default()
        };
        if let Some(place) = places.find(hash_of, |place| key_at(*place) == key) {
            let start = *place as usize * *width + *keys;
            let row = cells.get_mut(start..).unwrap_or_default();
            for (sum, more) in row.iter_mut().zip(more) {
                sums::add(sum, *more);
            }
            return;
        }
        let place = (cells.len() / (*width).max(1)) as u32;
        cells.extend_from_slice(key);
        cells.extend_from_slice(more);
        let key_at = |place: u32| {
            let start = place as usize * *width;
            cells.get(start..start + *keys).unwrap_or_default()
        };
        places.insert_unique(hash_of, place, |place| hash(key_at(*place)));
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
        let rows: Vec<&[i64]> = cells.chunks_exact(self.width.max(1)).collect();
        let key = |row: &[i64]| row.get(..self.keys).unwrap_or_default().to_vec();
        let rows = sorted(rows, |a, b| {
            let keys = a.iter().zip(*b).take(self.keys);
            let first = keys.map(|(a, b)| a.cmp(b)).find(|order| order.is_ne());
            first.unwrap_or(std::cmp::Ordering::Equal)
        });
        debug_assert!(rows.is_sorted_by(|a, b| key(a) < key(b)));
        Sums {
            keys: self.keys,
            width: self.width,
            cells: rows.concat(),
        }
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
    pub fn add(&mut self, table: usize, person: u32, key: &[i64], sums: &[i64]) {
        match &mut self.members {
            Some((wanted, found)) => {
                if wanted.takes(table, key, sums) {
                    found.insert(person as usize);
                }
            }
            None => {
                if let Some(counting) = self.tables.get_mut(table) {
                    debug_assert_eq!(counting.width, key.len() + sums.len());
                    counting.add(key, sums);
                }
            }
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
