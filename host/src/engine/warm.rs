//! Shops whose instances are kept, the least recently used ones dropped first.
//!
//! Calls of one shop come one after the other, those of different shops side by side. What is kept
//! here can always be made again from the log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::{Instance, Sharded};

/// Instances kept at most, so that slots stay free for those that are being made.
const KEPT_MAX: usize = 40;

/// The place of one shop's instances. Who holds it is the only one to call them.
#[derive(Default)]
pub struct Place {
    /// What holds the shop, if it is kept.
    pub resident: Option<Resident>,
    /// A load is under way. Who finds it set finds half a load in the instance.
    pub loading: bool,
}

/// What holds a shop, and how much of the log it has seen.
pub struct Resident {
    /// The instance or instances.
    pub holds: Holds,
    /// Of the settings.
    pub version: i64,
    /// Of the newest load in what takes in facts.
    pub seq: i64,
    /// Rows of the log up to there.
    pub rows: u64,
}

/// One instance, or several.
#[expect(
    clippy::large_enum_variant,
    reason = "there are few, and nearly all are whole"
)]
pub enum Holds {
    /// All of the shop.
    Whole(Instance),
    /// A large shop.
    Sharded(Box<Sharded>),
}

impl Resident {
    /// Bytes of memory that all its instances hold, and how many they are.
    pub fn weight(&self) -> (usize, usize) {
        match &self.holds {
            Holds::Whole(instance) => (instance.memory_bytes(), 1),
            Holds::Sharded(sharded) => sharded.weight(),
        }
    }
}

/// The turn to use one shop's place.
pub type Held = OwnedMutexGuard<Place>;

/// All places.
pub struct Warm {
    shops: Mutex<Shops>,
    bytes_max: usize,
}

#[derive(Default)]
struct Shops {
    places: HashMap<String, Kept>,
    turns: u64,
}

#[derive(Default)]
struct Kept {
    place: Arc<Turn<Place>>,
    bytes: usize,
    instances: usize,
    used: u64,
}

impl Warm {
    /// None yet.
    pub fn new(bytes_max: usize) -> Warm {
        Warm {
            shops: Mutex::default(),
            bytes_max,
        }
    }

    /// Waits for one's turn.
    pub async fn turn(&self, shop: &str) -> Held {
        let place = {
            let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
            shops.turns += 1;
            let used = shops.turns;
            let kept = shops.places.entry(shop.to_owned()).or_default();
            kept.used = used;
            Arc::clone(&kept.place)
        };
        place.lock_owned().await
    }

    /// Notes how much memory a shop holds in how many instances, and drops others that are over
    /// the budget and not in use.
    pub fn weigh(&self, shop: &str, (bytes, instances): (usize, usize)) {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = shops.places.get_mut(shop) {
            kept.bytes = bytes;
            kept.instances = instances;
        }
        let mut all: usize = shops.places.values().map(|kept| kept.bytes).sum();
        let mut count: usize = shops.places.values().map(|kept| kept.instances).sum();
        let mut others: Vec<_> = shops
            .places
            .iter_mut()
            .filter(|(id, kept)| id.as_str() != shop && kept.bytes > 0)
            .map(|(_, kept)| kept)
            .collect();
        others.sort_by_key(|kept| kept.used);
        for kept in others {
            if all <= self.bytes_max && count <= KEPT_MAX {
                break;
            }
            if let Ok(mut place) = kept.place.try_lock() {
                place.resident = None;
                all -= kept.bytes;
                count -= kept.instances;
                kept.bytes = 0;
                kept.instances = 0;
            }
        }
    }

    /// Bytes that all kept instances hold.
    pub fn bytes(&self) -> usize {
        let shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        shops.places.values().map(|kept| kept.bytes).sum()
    }
}
