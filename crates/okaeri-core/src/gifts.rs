//! Gifts (ギフト): which shipments are gifts, of what season, and who sends them.
//!
//! The decision is made for each destination of an order by a score of what is known (domain notes
//! 6.3, ours), once for the facts as they are; [`Gifts`] keeps score and evidence. An order is a
//! gift when any of its destinations is one. Where a shop tells no destinations, what its orders
//! say of themselves stands.
//!
//! A destination that has had several orders without any mark of a gift becomes the orderer's own
//! on the day of the last of these, so that a question of an earlier day does not know it.

mod judge;
pub mod noshi;
mod recipients;
pub mod regions;
pub mod seasons;
pub mod shipments;
#[cfg(test)]
mod tests;

use crate::ledger::Ledger;
use noshi::Noshi;
use recipients::Known;
use seasons::{Calendar, OwnSeason};

/// A mark of the cart: this is a gift.
pub const EXPLICIT: u16 = 1;
/// There is a のし.
pub const NOSHI: u16 = 2;
/// It is wrapped.
pub const WRAPPING: u16 = 4;
/// There is a message card.
pub const MESSAGE: u16 = 8;
/// It goes to a place that is not one of the orderer's.
pub const ADDRESS: u16 = 16;
/// The recipient is of another family.
pub const SURNAME: u16 = 32;
/// The order has several destinations.
pub const SEVERAL: u16 = 64;
/// A product for gifts is in it.
pub const PRODUCT: u16 = 128;
/// It was ordered in the peak of a season.
pub const SEASON: u16 = 256;
/// The buyer's note has a gift word.
pub const WORD: u16 = 512;
/// The destination is as good as the orderer's own.
pub const OWN: u16 = 1024;

/// Marks that decide by themselves.
pub const DECISIVE: u16 = EXPLICIT | NOSHI | WRAPPING | MESSAGE;

/// Names of the evidence, by bit.
pub const EVIDENCE: &[&str] = &[
    "explicit",
    "noshi",
    "wrapping",
    "message",
    "address",
    "surname",
    "several",
    "product",
    "season",
    "word",
    "own_address",
];

/// What each evidence adds to the score of a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Any of the marks that decide: flag, のし, wrapping, message card. Counts once.
    pub explicit: i32,
    /// Another place than the orderer's.
    pub address: i32,
    /// Another family name.
    pub surname: i32,
    /// Several destinations in the order.
    pub several: i32,
    /// A product for gifts.
    pub product: i32,
    /// Ordered in a season's peak.
    pub season: i32,
    /// A gift word in the note.
    pub word: i32,
    /// Taken off when the destination is as good as the orderer's own.
    pub own: i32,
}

/// How gifts are told and senders are called: all of it is the shop's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Score from which a shipment is a gift.
    pub gift: i32,
    /// Score from which it is uncertain.
    pub uncertain: i32,
    /// What evidence adds.
    pub weights: Weights,
    /// Unmarked orders to one destination after which it is the orderer's own; 0: never.
    pub own_orders: u32,
    /// Months up to the day of the question that tell what kind of sender a customer is.
    pub sender_months: u32,
    /// Share of gifts in per cent from which a customer sends gifts only.
    pub only_percent: u32,
    /// Share in per cent from which a customer does both.
    pub both_percent: u32,
    /// Codes of products for gifts, beside those whose names say it.
    pub products: Vec<String>,
    /// Seasons of the shop's own.
    pub seasons: Vec<OwnSeason>,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            gift: 60,
            uncertain: 40,
            weights: Weights {
                explicit: 100,
                address: 40,
                surname: 20,
                several: 20,
                product: 15,
                season: 10,
                word: 20,
                own: 40,
            },
            own_orders: 3,
            sender_months: 24,
            only_percent: 80,
            both_percent: 20,
            products: Vec::new(),
            seasons: Vec::new(),
        }
    }
}

/// What a shipment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// For the buyer's own use (自家需要).
    #[default]
    Own,
    /// To be looked at by somebody.
    Uncertain,
    /// A gift.
    Gift,
}

/// Names of the verdicts.
pub const VERDICTS: &[&str] = &["own", "uncertain", "gift"];

/// Score and evidence of a destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    score: i16,
    evidence: u16,
    /// The first day on which the destination is as good as the orderer's own.
    own_from: i32,
}

impl Judged {
    /// The score on a day.
    #[inline]
    pub fn score(self, rules: &Rules, as_of_day: i32) -> i32 {
        let own = if self.own_from <= as_of_day {
            rules.weights.own
        } else {
            0
        };
        i32::from(self.score) - own
    }

    /// The evidence on a day: bits such as [`ADDRESS`].
    #[inline]
    pub fn evidence(self, as_of_day: i32) -> u16 {
        self.evidence | if self.own_from <= as_of_day { OWN } else { 0 }
    }

    /// What it is on a day.
    #[inline]
    pub fn verdict(self, rules: &Rules, as_of_day: i32) -> Verdict {
        match self.score(rules, as_of_day) {
            score if score >= rules.gift => Verdict::Gift,
            score if score >= rules.uncertain => Verdict::Uncertain,
            _ => Verdict::Own,
        }
    }
}

/// The decision for all shipments of a ledger.
#[derive(Clone, Debug, Default)]
pub struct Gifts {
    /// How it was made.
    pub rules: Rules,
    /// The shop's seasons.
    pub calendar: Calendar,
    /// By the ledger's destinations.
    judged: Vec<Judged>,
    /// Of each order's row the day from which it is no gift any more: the smallest number for one
    /// that never is. Empty when nothing is known beside what orders say of themselves.
    gift_until: Vec<i32>,
    /// Whether a product is for gifts, by its id; empty when none is.
    products: Vec<bool>,
    /// What words of のし and notes say, by their ids.
    noshi: Vec<Noshi>,
    known: Known,
}

impl Gifts {
    /// Whether an order's row is a gift on a day.
    #[inline]
    pub fn is_gift(&self, ledger: &Ledger, row: u32, as_of_day: i32) -> bool {
        match self.gift_until.get(row as usize) {
            Some(until) => *until > as_of_day,
            None => ledger.orders.is_gift.get(row),
        }
    }

    /// Whether the ledger tells nothing at all of gifts, so that every order is for own use.
    pub fn is_silent(&self, ledger: &Ledger) -> bool {
        self.gift_until.is_empty() && ledger.orders.is_gift.is_empty()
    }

    /// The number of the recipient of a record: the same name at the same place. NONE where
    /// nothing tells who it is.
    pub fn recipient(&self, record: u32) -> u32 {
        let who = self.known.who.get(record as usize);
        who.copied().unwrap_or(crate::keys::NONE)
    }

    /// The number of a recipient's prefecture.
    pub fn prefecture(&self, record: u32) -> u8 {
        let prefecture = self.known.prefecture.get(record as usize);
        prefecture.copied().unwrap_or(regions::NO_PREFECTURE)
    }

    /// The region of a recipient.
    pub fn region(&self, record: u32) -> regions::Region {
        let region = self.known.region.get(record as usize);
        region.copied().unwrap_or_default()
    }

    /// What a word of のし or of a note says.
    pub fn noshi(&self, word: u32) -> Noshi {
        self.noshi.get(word as usize).copied().unwrap_or_default()
    }
}
