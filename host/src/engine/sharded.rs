//! A large shop: its shards, and the instance of keys that tells which order is whose.
//!
//! Facts go to the keys first; the shards take them in before their next answer. The keys are
//! kept while all fits into the memory of one shop; without them new facts make all anew.

use okaeri_protocol::settings::IdentityRule;

use super::{Instance, Shards};

/// What a load of keys answers for a row that is of no order.
const NO_ORDER: u32 = u32::MAX;
/// The shard of a row that every shard takes in.
const EVERY_SHARD: u8 = u8::MAX;

/// See the module.
#[derive(Default)]
pub struct Sharded {
    /// All contacts and orders of the shop without their lines.
    pub keys: Option<Instance>,
    /// The keys were made for one question, after the shards: they number orders in their own way.
    pub keys_pass: bool,
    /// The order of each row of the loads that the keys have seen and the shards have not.
    pub numbers: Vec<Numbers>,
    /// The shards, once somebody has asked.
    pub placed: Option<Placed>,
}

/// Shards with what they hold.
pub struct Placed {
    /// The shards.
    pub shards: Shards,
    /// The rule by which all of them resolve people.
    pub identity: IdentityRule,
    /// The shard of each order, by its number among the keys.
    pub of_order: Vec<u8>,
    /// Of the newest load in them.
    pub seq: i64,
}

/// The order of each row, for one load of the log.
pub struct Numbers {
    /// Place of the load in the log.
    pub seq: i64,
    /// For each part of the load the number of each row's order.
    pub parts: Vec<Vec<u32>>,
}

impl Sharded {
    /// Bytes of memory of all instances, and how many there are.
    pub fn weight(&self) -> (usize, usize) {
        let keys = self.keys.as_ref().map_or(0, Instance::memory_bytes);
        let placed = self.placed.as_ref();
        let shards = placed.map_or(0, |placed| placed.shards.memory_bytes());
        let count = placed.map_or(0, |placed| placed.shards.count());
        (keys + shards, count + usize::from(self.keys.is_some()))
    }

    /// Drops the keys if they were made for one question or there is no room for them.
    pub fn trim(&mut self, bytes_max: usize) {
        if self.keys_pass || (self.placed.is_some() && self.weight().0 > bytes_max) {
            self.keys = None;
            self.keys_pass = false;
        }
    }
}

/// Numbers of orders in the payload of an answer.
pub fn numbers(payload: &[u8]) -> Vec<u32> {
    let numbers = payload.as_chunks::<4>().0.iter();
    numbers.map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

/// The shard of each row, out of the order of each row and the shard of each order.
pub fn shards_of(numbers: &[u32], of_order: &[u8]) -> Vec<u8> {
    let shard = |number: &u32| match *number {
        NO_ORDER => EVERY_SHARD,
        number => of_order
            .get(number as usize)
            .copied()
            .unwrap_or(EVERY_SHARD),
    };
    numbers.iter().map(shard).collect()
}
