//! What orders leave: their goods less what these cost, and less what was given back.
//!
//! Where no line tells its cost, something stands in for it, from the nearest to the farthest: the
//! mean share of cost in the price of the same product, then that of all lines which tell theirs,
//! then the shop's own gross margin. How much of the sales had such a stand-in is said beside
//! every margin. Costs of carriage, payment and wrapping are nobody's facts yet and not in it.

use super::sheet::{Sheet, Values, share};
use super::tally::{Counted, Tally};
use super::{Shop, Spec};
use crate::analysis::sums::add;
use crate::book::BookOrder;
use crate::identity::NO_PERSON;
use crate::ledger::details::UNKNOWN;
use crate::list::List;

/// What is a choice in a margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarginRule {
    /// Gross margin in hundredths of a percent of the price, where no line tells a cost.
    pub gross_margin: i64,
    /// Points that orders were paid with are the shop's own expense, not a mall's.
    pub points: bool,
}

/// Of an order, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// Goods less the discount on the whole order.
    pub sales: i64,
    /// Cost of lines: told, or the mean of the product.
    pub cost: i64,
    /// Line totals without either, for which the shop's share stands in.
    pub uncosted: i64,
    /// Line totals whose cost is not told.
    pub fallback: i64,
    /// Line totals.
    pub goods: i64,
    /// Points of the shop, and what was paid back.
    pub given: i64,
}

/// Names of a [`Worth`] as sums; only `sales` is shown.
pub const WORTH: [&str; 6] = ["sales", "cost", "uncosted", "fallback", "goods", "given"];

impl Worth {
    /// As sums, in the order of [`WORTH`].
    pub fn sums(&self) -> [i64; 6] {
        [
            self.sales,
            self.cost,
            self.uncosted,
            self.fallback,
            self.goods,
            self.given,
        ]
    }

    /// From sums.
    pub fn of(sums: &[i64]) -> Self {
        let at = |place: usize| sums.get(place).copied().unwrap_or_default();
        Worth {
            sales: at(0),
            cost: at(1),
            uncosted: at(2),
            fallback: at(3),
            goods: at(4),
            given: at(5),
        }
    }

    /// Adds another.
    pub fn add(&mut self, more: &Worth) {
        add(&mut self.sales, more.sales);
        add(&mut self.cost, more.cost);
        add(&mut self.uncosted, more.uncosted);
        add(&mut self.fallback, more.fallback);
        add(&mut self.goods, more.goods);
        add(&mut self.given, more.given);
    }

    /// What is left, with the shop's share of cost in the price for what has no other.
    pub fn margin(&self, cost_share: f64) -> f64 {
        let known = self.sales as f64 - self.cost as f64 - self.given as f64;
        known - self.uncosted as f64 * cost_share
    }

    /// How much of the goods had a stand-in for its cost.
    pub fn fallback_share(&self) -> Option<f64> {
        share(self.fallback, self.goods)
    }
}

/// The table of what is known of costs: no key, one row.
pub const COSTS: Spec = Spec {
    name: "costs",
    keys: &[],
    sums: &["costed", "cost"],
};

/// Costs of lines.
pub struct Costs<'a> {
    shop: Shop<'a>,
    points: bool,
    /// By product id: line totals that tell their cost, and that cost. Empty when none does.
    of_product: Vec<(i64, i64)>,
}

impl<'a> Costs<'a> {
    /// Reads the costs of all counted lines. Of a shard these are its own lines: only a product
    /// of which some lines tell a cost and some do not may come out otherwise in the whole.
    pub fn of(shop: &Shop<'a>, rule: MarginRule) -> Self {
        let ledger = shop.ledger;
        let mut of_product = Vec::new();
        if ledger.tells_of_lines() {
            of_product.resize(ledger.products.len(), (0, 0));
            for order in shop.book.orders.iter().chain(&shop.book.guests) {
                for (line, place) in lines(shop, order).zip(order.line_start..) {
                    let unit = ledger.line_details(place).unit_cost;
                    if unit != UNKNOWN
                        && let Some((costed, cost)) = of_product.get_mut(line.product as usize)
                    {
                        add(costed, line.amount);
                        add(cost, unit.saturating_mul(line.quantity));
                    }
                }
            }
        }
        Costs {
            shop: *shop,
            points: rule.points,
            of_product,
        }
    }

    /// Puts what is known of all costs into the table `index`, [`COSTS`].
    pub fn tally(&self, index: usize, tally: &mut Tally) {
        let mut all = [0, 0];
        for (costed, cost) in &self.of_product {
            let [all_costed, all_cost] = &mut all;
            add(all_costed, *costed);
            add(all_cost, *cost);
        }
        tally.add(index, NO_PERSON, &[], &all);
    }

    /// What an order is worth.
    pub fn worth(&self, order: &BookOrder) -> Worth {
        let ledger = self.shop.ledger;
        let mut worth = Worth {
            sales: order.amount,
            ..Worth::default()
        };
        if self.of_product.is_empty() {
            let discount = ledger.orders.discount.get(order.row);
            worth.goods = order.amount.saturating_add(discount);
            worth.uncosted = worth.goods;
            worth.fallback = worth.goods;
        } else {
            for (line, place) in lines(&self.shop, order).zip(order.line_start..) {
                self.line(&mut worth, place, line.product, line.quantity, line.amount);
            }
        }
        let points = ledger.points(order.row).filter(|_| self.points);
        let refunded = ledger.refunded(order.row).unwrap_or_default();
        worth.given = points.unwrap_or_default().saturating_add(refunded);
        worth
    }

    /// Adds the cost of a line.
    pub fn line(&self, worth: &mut Worth, line: u32, product: u32, quantity: i64, amount: i64) {
        add(&mut worth.goods, amount);
        let unit = self.shop.ledger.line_details(line).unit_cost;
        if unit != UNKNOWN {
            add(&mut worth.cost, unit.saturating_mul(quantity));
            return;
        }
        add(&mut worth.fallback, amount);
        match self.of_product.get(product as usize) {
            Some((costed, cost)) if *costed > 0 => {
                // A share of the price, rounded once a line.
                let part = *cost as f64 / *costed as f64 * amount as f64;
                add(&mut worth.cost, libm::round(part) as i64);
            }
            _ => add(&mut worth.uncosted, amount),
        }
    }
}

fn lines<'a>(
    shop: &Shop<'a>,
    order: &BookOrder,
) -> impl Iterator<Item = crate::ledger::columns::LineRow> + use<'a> {
    let lines = &shop.ledger.lines;
    lines.rows(order.line_start, order.line_count)
}

/// The shop's share of cost in the price: of the lines that tell theirs, else the setting's.
pub fn cost_share(counted: &Counted, rule: MarginRule) -> f64 {
    let row = counted.rows(COSTS.name).next().unwrap_or_default();
    match row {
        [costed, cost] if *costed > 0 => *cost as f64 / *costed as f64,
        _ => 1.0 - rule.gross_margin as f64 / 10_000.0,
    }
}

/// Adds the table of what is known of costs: the sales that tell theirs, and the share of cost
/// that stands in for others.
pub fn push_costs(counted: &Counted, rule: MarginRule, sheet: &mut Sheet) {
    let mut table = counted.table(COSTS.name);
    let shares = counted.rows(COSTS.name).map(|_| cost_share(counted, rule));
    let shares = shares.into_list();
    table.columns.push(("cost_share", Values::Real(shares)));
    sheet.push(COSTS.name, table);
}
