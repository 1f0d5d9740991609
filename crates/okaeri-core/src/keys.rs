//! Identifiers of the outside world as dense numbers.
//!
//! A key is a whole number or a text. A text that is a whole number without sign or leading
//! zeros is the same key as the number, so that it does not matter whether a file wrote `17` or
//! `"17"`. Ids are given in order of arrival and never change.

mod pages;

use std::cmp::Ordering;
use std::collections::TryReserveError;

use pages::Pages;

use crate::order::sort_places;

/// No key.
pub const NONE: u32 = u32::MAX;

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// A whole number.
    Int(u64),
    /// Any other text.
    Text(&'a str),
}

impl<'a> Key<'a> {
    /// The key that `text` is.
    pub fn of(text: &'a str) -> Self {
        match canonical_int(text.as_bytes()) {
            Some(value) => Key::Int(value),
            None => Key::Text(text),
        }
    }

    /// A number by which ties between keys are settled: whole numbers ascending, then texts in
    /// the order of a fixed hash. It does not depend on what else was loaded.
    pub fn tie(self) -> (bool, u64) {
        match self {
            Key::Int(value) => (false, value),
            Key::Text(text) => (true, hash_bytes(text.as_bytes())),
        }
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key<'_> {
    /// Whole numbers ascending, then texts by their bytes.
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Key::Int(a), Key::Int(b)) => a.cmp(b),
            (Key::Int(_), Key::Text(_)) => Ordering::Less,
            (Key::Text(_), Key::Int(_)) => Ordering::Greater,
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
        }
    }
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Int(value) => write!(f, "{value}"),
            Key::Text(text) => f.write_str(text),
        }
    }
}

fn canonical_int(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 20 || (text.len() > 1 && text.first() == Some(&b'0')) {
        return None;
    }
    text.iter().try_fold(0u64, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            None
        } else {
            value.checked_mul(10)?.checked_add(u64::from(digit))
        }
    })
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Slot of a hash: its upper half scaled, so that the table need not be a power of two long.
#[inline]
fn slot_of(hash: u64, slots: usize) -> usize {
    ((hash >> 32).wrapping_mul(slots as u64) >> 32) as usize
}

/// A taken slot: the lower half of the hash, and the id.
#[inline]
fn taken(hash: u64, id: u32) -> u64 {
    hash << 32 | (u64::from(id) + 1)
}

#[inline]
fn mix(value: u64) -> u64 {
    // 64-bit steps only: a 128-bit product is a function call in wasm.
    let mixed = (value ^ value >> 32).wrapping_mul(MULTIPLIER);
    (mixed ^ mixed >> 29).wrapping_mul(MULTIPLIER) ^ mixed >> 32
}

fn hash_bytes(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64;
    for chunk in chunks {
        hash = mix(hash.rotate_left(5) ^ u64::from_le_bytes(*chunk));
    }
    let mut last = [0u8; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    mix(hash.rotate_left(5) ^ u64::from_le_bytes(last))
}

/// Numbers below this find their id without hashing.
const DIRECT: usize = 1 << 16;
/// A text's place in the arena and its length share one u64.
const LENGTH_BITS: u32 = 24;

/// Takes memory for `more` further values. What grows beyond its hint grows by a quarter: twice
/// the memory of a large shop may be more than there is.
///
/// # Errors
/// When there is not so much.
pub(crate) fn make_room<T>(values: &mut Vec<T>, more: usize) -> Result<(), TryReserveError> {
    if values.capacity() - values.len() < more {
        values.try_reserve_exact(more.max(values.len() / 4))?;
    }
    Ok(())
}

/// How many slots hold so many keys, five eighths full.
fn slots_for(keys: usize) -> usize {
    (keys / 5 + 8).saturating_mul(8)
}

/// Numbers that are looked up together.
const TOGETHER: usize = 64;

/// Keys and their dense ids.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The numbers, as long as they stand close together.
    pages: Pages,
    /// Whether the numbers are in `slots`, with the texts, since they turned out to lie scattered.
    is_scattered: bool,
    /// See [`taken`]; 0 is free. Five eighths full at most.
    slots: Vec<u64>,
    /// The number, or place and length of the text.
    values: Vec<u64>,
    /// Ids that are texts; shorter than the ids when the later ones are none.
    is_text: Vec<bool>,
    arena: Vec<u8>,
    /// Id + 1 of the numbers below [`DIRECT`].
    direct: Vec<u32>,
}

impl Keys {
    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Takes memory for `more` further keys at once, texts apart.
    ///
    /// # Errors
    /// When there is not so much.
    pub fn reserve(&mut self, more: usize) -> Result<(), TryReserveError> {
        let wanted = self.values.len().saturating_add(more);
        make_room(&mut self.values, more)?;
        let slots = slots_for(wanted);
        if self.is_scattered && slots > self.slots.len() {
            let slots = slots.max(self.slots.len() / 4 * 5);
            self.slots.try_reserve_exact(slots - self.slots.len())?;
            self.rehash(slots);
        }
        Ok(())
    }

    /// The key with this id.
    pub fn get(&self, id: u32) -> Option<Key<'_>> {
        let index = id as usize;
        let value = *self.values.get(index)?;
        if self.is_text(index) {
            std::str::from_utf8(self.text_at(value)).ok().map(Key::Text)
        } else {
            Some(Key::Int(value))
        }
    }

    #[inline]
    fn is_text(&self, index: usize) -> bool {
        self.is_text.get(index).copied().unwrap_or_default()
    }

    fn text_at(&self, value: u64) -> &[u8] {
        let start = (value >> LENGTH_BITS) as usize;
        let length = (value & ((1 << LENGTH_BITS) - 1)) as usize;
        self.arena.get(start..start + length).unwrap_or_default()
    }

    /// The id of `key`, if it is known.
    pub fn find(&self, key: Key<'_>) -> Option<u32> {
        let hash = match key {
            Key::Int(value) if !self.is_scattered => return self.pages.get(value),
            Key::Int(value) => mix(value),
            Key::Text(text) => hash_bytes(text.as_bytes()),
        };
        self.probe(hash, key).ok()
    }

    /// The id of `key`, new if it was not known. `NONE` when there are too many keys or the text
    /// is over 16 MB: readers refuse both long before.
    pub fn intern(&mut self, key: Key<'_>) -> u32 {
        match key {
            Key::Int(value) => self.intern_int(value),
            Key::Text(text) => self.intern_text(text),
        }
    }

    /// As [`Keys::intern`], for a number.
    #[inline]
    pub fn intern_int(&mut self, value: u64) -> u32 {
        let small = value < DIRECT as u64;
        if small {
            if self.direct.is_empty() {
                self.direct.resize(DIRECT, 0);
            }
            if let Some(&known) = self.direct.get(value as usize)
                && known != 0
            {
                return known - 1;
            }
        }
        let id = if self.is_scattered {
            self.intern_hashed(mix(value), Key::Int(value))
        } else {
            self.intern_paged(value)
        };
        if small && let Some(slot) = self.direct.get_mut(value as usize) {
            *slot = id.wrapping_add(1);
        }
        id
    }

    /// The ids of many numbers at once, NONE for `None`. Reading memory for all of them before
    /// the first is settled lets the reads overlap: half the time of one by one.
    pub fn intern_ints(&mut self, values: &[Option<u64>], ids: &mut Vec<u32>) {
        ids.clear();
        ids.reserve(values.len());
        for values in values.chunks(TOGETHER) {
            let mut likely = [NONE; TOGETHER];
            if self.is_scattered && self.is_text.is_empty() {
                self.first_slots(values, &mut likely);
            }
            for (value, likely) in values.iter().zip(likely) {
                ids.push(match value {
                    None => NONE,
                    Some(_) if likely != NONE => likely,
                    Some(value) => self.intern_int(*value),
                });
            }
        }
    }

    /// The ids of those numbers that stand in the first slot where they may, NONE for others.
    #[inline]
    fn first_slots(&self, values: &[Option<u64>], ids: &mut [u32; TOGETHER]) {
        let slots = self.slots.len();
        for (id, value) in ids.iter_mut().zip(values) {
            let slot = slot_of(mix(value.unwrap_or_default()), slots);
            let found = self.slots.get(slot).copied().unwrap_or_default();
            *id = (found as u32).wrapping_sub(1);
        }
        for (id, value) in ids.iter_mut().zip(values) {
            if self.values.get(*id as usize).copied() != *value {
                *id = NONE;
            }
        }
    }

    /// As [`Keys::intern`], for a text that is known not to be a whole number.
    pub fn intern_text(&mut self, text: &str) -> u32 {
        if text.len() >= 1 << LENGTH_BITS {
            return NONE;
        }
        self.intern_hashed(hash_bytes(text.as_bytes()), Key::Text(text))
    }

    fn intern_hashed(&mut self, hash: u64, key: Key<'_>) -> u32 {
        if self.values.len().saturating_mul(8) >= self.slots.len().saturating_mul(5) {
            self.rehash(slots_for(self.values.capacity()).max(self.slots.len() * 2));
        }
        match self.probe(hash, key) {
            Ok(id) => id,
            Err(slot) => {
                let id = self.values.len() as u32;
                if id >= NONE - 1 {
                    return NONE;
                }
                match key {
                    Key::Int(value) => self.values.push(value),
                    Key::Text(text) => {
                        let start = self.arena.len() as u64;
                        self.is_text.resize(self.values.len(), false);
                        self.is_text.push(true);
                        self.values.push(start << LENGTH_BITS | text.len() as u64);
                        self.arena.extend_from_slice(text.as_bytes());
                    }
                }
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = taken(hash, id);
                }
                id
            }
        }
    }

    #[inline]
    fn intern_paged(&mut self, value: u64) -> u32 {
        let next = self.values.len() as u32;
        let Some(place) = self.pages.place(value) else {
            return NONE;
        };
        if *place != 0 {
            return *place - 1;
        }
        if next >= NONE - 1 {
            return NONE;
        }
        *place = next + 1;
        self.values.push(value);
        if self.pages.are_sparse(self.values.len()) {
            self.pages = Pages::default();
            self.is_scattered = true;
            self.rehash(slots_for(self.values.capacity()));
        }
        next
    }

    /// The id, or the free slot where the key belongs.
    #[inline]
    fn probe(&self, hash: u64, key: Key<'_>) -> Result<u32, usize> {
        let mut slot = slot_of(hash, self.slots.len());
        loop {
            let Some(&found) = self.slots.get(slot) else {
                if slot == 0 {
                    return Err(0);
                }
                slot = 0;
                continue;
            };
            if found == 0 {
                return Err(slot);
            }
            if found >> 32 == hash & 0xFFFF_FFFF {
                let id = (found as u32).wrapping_sub(1);
                if self.is(id, key) {
                    return Ok(id);
                }
            }
            slot += 1;
        }
    }

    #[inline]
    fn is(&self, id: u32, key: Key<'_>) -> bool {
        let index = id as usize;
        let Some(&value) = self.values.get(index) else {
            return false;
        };
        match key {
            Key::Int(wanted) => value == wanted && !self.is_text(index),
            Key::Text(wanted) => self.is_text(index) && self.text_at(value) == wanted.as_bytes(),
        }
    }

    /// Forgets the keys from id `len` on.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.values.len() {
            return;
        }
        for index in len..self.values.len() {
            let number = self
                .values
                .get(index)
                .copied()
                .filter(|_| !self.is_text(index));
            let place = number.filter(|_| !self.is_scattered);
            if let Some(place) = place.and_then(|number| self.pages.place(number)) {
                *place = 0;
            }
        }
        let first_text = (len..self.values.len()).find(|index| self.is_text(*index));
        if let Some(value) = first_text.and_then(|index| self.values.get(index)) {
            self.arena.truncate((value >> LENGTH_BITS) as usize);
        }
        self.values.truncate(len);
        self.is_text.truncate(len);
        for place in self.direct.iter_mut().filter(|id| **id as usize > len) {
            *place = 0;
        }
        self.rehash(self.slots.len());
    }

    /// Puts all keys that belong there into a table of `slots` slots.
    fn rehash(&mut self, slots: usize) {
        self.slots.clear();
        self.slots.resize(slots, 0);
        for index in 0..self.values.len() {
            let value = self.values.get(index).copied().unwrap_or_default();
            let hash = if self.is_text(index) {
                hash_bytes(self.text_at(value))
            } else if self.is_scattered {
                mix(value)
            } else {
                continue;
            };
            let mut slot = slot_of(hash, slots);
            while self.slots.get(slot).is_some_and(|found| *found != 0) {
                slot = if slot + 1 == slots { 0 } else { slot + 1 };
            }
            if let Some(place) = self.slots.get_mut(slot) {
                *place = taken(hash, index as u32);
            }
        }
    }

    /// Each id's place when all keys are sorted (whole numbers first), and the ids in that order.
    pub fn ranks(&self) -> (Vec<u32>, Vec<u32>) {
        let mut order: Vec<u64> = (0..self.values.len() as u64).collect();
        sort_places(&mut order, &|a, b| {
            self.get(a as u32).cmp(&self.get(b as u32))
        });
        let order: Vec<u32> = order.into_iter().map(|id| id as u32).collect();
        let mut ranks = vec![0; order.len()];
        for (rank, id) in order.iter().enumerate() {
            if let Some(place) = ranks.get_mut(*id as usize) {
                *place = rank as u32;
            }
        }
        (ranks, order)
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]
mod tests;
