//! How people shop.

use super::Dice;

/// How a person shops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Comes once, and perhaps again.
    Passing,
    /// Comes every few months.
    Occasional,
    /// Comes every few weeks.
    Regular,
    /// Has a contract (定期).
    Subscriber,
    /// Sends gifts in season.
    Giver,
    /// A company that sends many.
    Company,
}

impl Kind {
    /// One of them, as often as they come to the shop.
    pub fn cast(dice: &mut Dice) -> Self {
        match dice.below(1_000) {
            0..525 => Kind::Passing,
            525..715 => Kind::Occasional,
            715..795 => Kind::Regular,
            795..890 => Kind::Subscriber,
            890..991 => Kind::Giver,
            _ => Kind::Company,
        }
    }

    /// Chance in a hundred to come again for oneself after order number `count`.
    pub fn stays(self, count: u32) -> u32 {
        match self {
            Kind::Passing => 7,
            Kind::Regular => 88 + 2 * count.min(4),
            _ if count == 1 => 40,
            _ => 80 + 2 * count.min(6),
        }
    }

    /// Days to the next order for oneself.
    pub fn gap_days(self, dice: &mut Dice) -> u32 {
        let mut two =
            |least: u32, spread: u32| least + dice.below(spread) / 2 + dice.below(spread) / 2;
        match self {
            Kind::Passing => two(30, 220),
            Kind::Regular => two(16, 44),
            _ => two(30, 90),
        }
    }
}
