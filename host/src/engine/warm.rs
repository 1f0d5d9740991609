//! Shops whose instance is kept, the least recently used ones dropped first.
//!
//! Calls of one shop come one after the other, those of different shops side by side. What is kept
//! here can always be made again from the log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::Instance;

/// Instances kept at most, so that slots stay free for those that are being made.
const KEPT_MAX: usize = 48;

/// The place of one shop's instance. Who holds it is the only one to call it.
#[derive(Default)]
pub struct Place {
    /// The instance, if one is kept.
    pub resident: Option<Resident>,
    /// A load is under way. Who finds it set finds half a load in the instance.
    pub loading: bool,
}

/// An instance and how much of the log it has seen.
pub struct Resident {
    /// The instance.
    pub instance: Instance,
    /// Of the settings.
    pub version: i64,
    /// Of the newest load in it.
    pub seq: i64,
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

    /// Notes how much memory a shop's instance holds, and drops others that are over the budget
    /// and not in use.
    pub fn weigh(&self, shop: &str, bytes: usize) {
        let mut shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = shops.places.get_mut(shop) {
            kept.bytes = bytes;
        }
        let mut all: usize = shops.places.values().map(|kept| kept.bytes).sum();
        let mut count = shops.places.values().filter(|kept| kept.bytes > 0).count();
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
                count -= 1;
                kept.bytes = 0;
            }
        }
    }

    /// Bytes that all kept instances hold.
    pub fn bytes(&self) -> usize {
        let shops = self.shops.lock().unwrap_or_else(PoisonError::into_inner);
        shops.places.values().map(|kept| kept.bytes).sum()
    }
}
