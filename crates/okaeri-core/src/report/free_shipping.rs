//! 送料無料: from which amount of goods the shop takes no postage, how many orders stop just below,
//! and what another threshold would change (ours).
//!
//! An amount of goods is that of the lines, before a discount on the whole order: a coupon does not
//! bring the postage back. Only orders whose postage is told and which go to one place; boxes of contracts have terms of
//! their own and are left out unless they are asked for. The threshold is told by the shop, or is
//! the amount that parts paying from free orders with the fewest on the wrong side.
//!
//! A threshold is tried on the same orders: those that become free lose their postage, those that
//! were free pay the mean postage of orders that pay. With `uplift`, so many percent of the orders
//! just below (from 80 % of it) fill up to the threshold: they bring the margin of the goods that
//! they lacked, and pay no postage.

mod threshold;

use super::groups::is_of_contract;
use super::margin::{COSTS, Costs, MarginRule, WORTH, push_costs};
use super::sheet::{Sheet, Values, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec};
use crate::book::BookOrder;
use crate::identity::NO_PERSON;
use crate::list::List;
use threshold::Orders;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeShipping {
    /// Amount of goods from which there is no postage; found from the orders when absent.
    pub threshold: Option<i64>,
    /// Thresholds to try; around today's when empty.
    pub to: Vec<i64>,
    /// Percent of the orders just below that fill up.
    pub uplift: i64,
    /// Width of a bin in minor units.
    pub bin: i64,
    /// Boxes of contracts count too.
    pub contracts: bool,
    /// What a margin is.
    pub margin: MarginRule,
}

/// Bins; what is above the last is together.
pub const BINS: i64 = 100;

static SPECS: [Spec; 4] = [
    Spec {
        name: "free_shipping_bins",
        keys: &[("from", Kind::Int)],
        sums: &["customers", "orders", "free", "paying", "postage", "sales"],
    },
    Spec {
        name: "free_shipping",
        keys: &[("amount", Kind::Int)],
        sums: &[
            "orders", "free", "postage", WORTH[0], WORTH[1], WORTH[2], WORTH[3], WORTH[4], WORTH[5],
        ],
    },
    Spec {
        name: "free_shipping_left_out",
        keys: &[(
            "why",
            Kind::Name(&["postage_unknown", "several_places", "contract"]),
        )],
        sums: &["orders"],
    },
    COSTS,
];

impl FreeShipping {
    /// Why an order says nothing of the threshold.
    fn left_out(&self, shop: &Shop<'_>, order: &BookOrder) -> Option<i64> {
        let ledger = shop.ledger;
        let places = ledger.destinations_of(order.row).len();
        let places = places.max(ledger.orders.shipments.get(order.row).into());
        if ledger.postage(order.row).is_none() {
            Some(0)
        } else if places > 1 {
            Some(1)
        } else {
            (!self.contracts && is_of_contract(shop, order)).then_some(2)
        }
    }

    fn order(
        &self,
        (shop, costs): (&Shop<'_>, &Costs<'_>),
        (person, order): (u32, &BookOrder),
        seen: &mut Vec<i64>,
        tally: &mut Tally,
    ) {
        if let Some(why) = self.left_out(shop, order) {
            tally.add(2, person, &[why], &[1]);
            return;
        }
        let postage = shop.ledger.postage(order.row).unwrap_or_default();
        let is_free = postage <= 0;
        let worth = costs.worth(order);
        let bin = (worth.goods.max(0) / self.bin).min(BINS);
        let is_new = person != NO_PERSON && !seen.contains(&bin);
        if is_new {
            seen.push(bin);
        }
        let free = i64::from(is_free);
        let sums = [is_new.into(), 1, free, 1 - free, postage, order.amount];
        tally.add(0, person, &[bin * self.bin], &sums);
        let [sales, cost, uncosted, fallback, goods, given] = worth.sums();
        let sums = [
            1, free, postage, sales, cost, uncosted, fallback, goods, given,
        ];
        let amount = goods.clamp(0, self.bin * BINS);
        tally.add(1, person, &[amount], &sums);
    }
}

impl Report for FreeShipping {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let costs = Costs::of(shop, self.margin);
        costs.tally(3, tally);
        let book = shop.book;
        let mut seen = Vec::new();
        for (person, orders) in book.people(0..book.person_count()) {
            seen.clear();
            for order in orders {
                self.order((shop, &costs), (person, order), &mut seen, tally);
            }
        }
        for order in &book.guests {
            self.order((shop, &costs), (NO_PERSON, order), &mut seen, tally);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let orders = Orders::of(counted, self.margin);
        let found = self.threshold.or_else(|| orders.threshold(self.bin));
        sheet.note("no_threshold", found.is_none().into());
        let row = found.map(|threshold| (threshold, orders.below(threshold)));
        let int = |value: &dyn Fn(i64, [i64; 2]) -> i64| {
            Values::Int(row.iter().map(|(t, below)| value(*t, *below)).into_list())
        };
        let is_told = i64::from(self.threshold.is_some());
        let mut table = super::Table {
            columns: vec![
                ("threshold", int(&|threshold, _| threshold)),
                ("told", int(&|_, _| is_told)),
                ("just_below", int(&|_, [count, _]| count)),
                ("lack", int(&|_, [_, lack]| lack)),
            ],
        };
        let lack = row.iter().map(|(_, [count, lack])| share(*lack, *count));
        let wrong = row
            .iter()
            .map(|(threshold, _)| orders.wrong_share(*threshold));
        let (lack, wrong) = (lack.into_list(), wrong.into_list());
        table.push_rates(["mean_lack", "wrong_share"], [lack, wrong]);
        sheet.push("free_shipping", table);
        if let Some(threshold) = found {
            let steps = [-2, -1, 0, 1, 2].map(|step| threshold.saturating_add(step * self.bin));
            let to = match self.to.is_empty() {
                true => steps.as_slice(),
                false => &self.to,
            };
            sheet.push(
                "free_shipping_moves",
                orders.moves(threshold, to, self.uplift),
            );
        }
        sheet.push("free_shipping_bins", counted.table("free_shipping_bins"));
        let left_out = counted.table("free_shipping_left_out");
        sheet.push("free_shipping_left_out", left_out);
        push_costs(counted, self.margin, sheet);
    }
}
