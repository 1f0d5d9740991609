//! From one purchase to the next (購入フロー分析): which products follow which, and who stops.
//!
//! A step is the n-th order of a customer, a node a product at a step. By primary products every
//! customer of a step is in one node, so that the widths of a drawing add up; by sets a customer is
//! in the node of each product of the order, once. Products that are not among the first of their
//! step go together as [`OTHER`], or are left out by sets. At the day of the question a customer of a node has gone on,
//! else has lapsed when the order is at least `lapse_days` ago, else waits.

use super::bought::Reader;
use super::{add_rates, at, rated};
use crate::book::BookOrder;
use crate::identity::NO_PERSON;
use crate::keys::NONE;
use crate::list::List;
use crate::order::sorted;
use crate::report::sheet::{Sheet, share};
use crate::report::tally::{Counted, Tally};
use crate::report::{Kind, Report, Shop, Spec};

/// The rank of products that are counted together.
pub const OTHER: i64 = -2;
/// The rank of no product.
const WITHOUT: i64 = -1;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurchaseFlow {
    /// By all products of an order, and not by the primary one alone.
    pub sets: bool,
    /// Steps counted.
    pub steps: u32,
    /// Products of a step that stand on their own.
    pub top: u32,
    /// Days without an order after which a customer has lapsed.
    pub lapse_days: i32,
}

static SPECS: [Spec; 2] = [
    Spec {
        name: "flow_nodes",
        keys: &[("step", Kind::Int), ("product", Kind::Product)],
        sums: &["customers", "converted", "waiting", "lapsed", "days"],
    },
    Spec {
        name: "flow_links",
        keys: &[
            ("step", Kind::Int),
            ("product", Kind::Product),
            ("next", Kind::Product),
        ],
        sums: &["customers", "days"],
    },
];

/// Which products stand on their own at each step.
struct Leading {
    /// Step and rank, ascending.
    nodes: Vec<[i64; 2]>,
}

impl Leading {
    /// Of nodes with their customers: at each step those with the most, of equals the smaller.
    fn of(counts: Vec<([i64; 2], i64)>, top: u32) -> Self {
        let known = counts.into_iter().filter(|([_, rank], _)| *rank >= 0);
        let by_step = sorted(known.into_list(), |a, b| {
            let most = a.0[0].cmp(&b.0[0]).then(b.1.cmp(&a.1));
            most.then(a.0[1].cmp(&b.0[1]))
        });
        let steps = by_step.chunk_by(|a, b| a.0[0] == b.0[0]);
        let first = steps.flat_map(|step| step.iter().take(top as usize));
        let nodes = first.map(|(node, _)| *node).into_list();
        Leading {
            nodes: sorted(nodes, |a, b| a.cmp(b)),
        }
    }

    /// The node of a product at a step.
    fn node(&self, step: i64, rank: i64) -> i64 {
        match rank < 0 || self.nodes.binary_search(&[step, rank]).is_ok() {
            true => rank,
            false => OTHER,
        }
    }
}

impl PurchaseFlow {
    /// The nodes of an order, ascending.
    fn nodes(&self, reader: &Reader<'_>, order: &BookOrder, nodes: &mut Vec<u32>) {
        if self.sets {
            reader.products(order, nodes);
        } else {
            nodes.clear();
            nodes.extend((order.product != NONE).then_some(order.product));
        }
    }

    /// Counts every product on its own, or those that do not lead together.
    fn count(&self, shop: &Shop<'_>, leading: Option<&Leading>, tally: &mut Tally) {
        let book = shop.book;
        let reader = Reader::new(shop);
        let (mut products, mut nodes, mut before) = (Vec::new(), Vec::new(), Vec::new());
        for (person, orders) in book.people(0..book.person_count()) {
            before.clear();
            let mut days_before = 0;
            for (place, order) in orders.iter().take(self.steps as usize).enumerate() {
                let step = place as i64 + 1;
                self.nodes(&reader, order, &mut products);
                nodes.clear();
                nodes.extend(products.iter().map(|rank| i64::from(*rank)));
                if nodes.is_empty() {
                    nodes.push(WITHOUT);
                }
                if let Some(leading) = leading {
                    nodes
                        .iter_mut()
                        .for_each(|node| *node = leading.node(step, *node));
                }
                for from in &before {
                    for to in &nodes {
                        tally.add(1, person, &[step - 1, *from, *to], &[1, days_before]);
                    }
                }
                let since = i64::from(book.as_of_day) - i64::from(order.day);
                let next = orders.get(place + 1);
                let days = next.map(|next| i64::from(next.day) - i64::from(order.day));
                let sums = match days {
                    Some(days) => [1, 1, 0, 0, days],
                    None if since >= i64::from(self.lapse_days) => [1, 0, 0, 1, 0],
                    None => [1, 0, 1, 0, 0],
                };
                for node in &nodes {
                    tally.add(0, person, &[step, *node], &sums);
                }
                days_before = days.unwrap_or_default();
                std::mem::swap(&mut before, &mut nodes);
            }
        }
    }

    fn leading(&self, counted: &Counted) -> Leading {
        let nodes = counted.rows("flow_nodes");
        let nodes = nodes.map(|row| ([at(row, 0), at(row, 1)], at(row, 2)));
        Leading::of(nodes.into_list(), self.top)
    }

    /// The counts with products that do not lead together. By sets a customer would be in that
    /// node more than once: there they are left out.
    fn folded(&self, counted: &Counted) -> Counted {
        let leading = self.leading(counted);
        let mut folded = Tally::new(&SPECS);
        for row in counted.rows("flow_nodes") {
            let node = leading.node(at(row, 0), at(row, 1));
            if !self.sets || node != OTHER {
                let sums = [2, 3, 4, 5, 6].map(|column| at(row, column));
                folded.add(0, NO_PERSON, &[at(row, 0), node], &sums);
            }
        }
        for row in counted.rows("flow_links") {
            let step = at(row, 0);
            let from = leading.node(step, at(row, 1));
            let to = leading.node(step + 1, at(row, 2));
            let is_shown = !self.sets || (from != OTHER && to != OTHER);
            if is_shown {
                folded.add(1, NO_PERSON, &[step, from, to], &[at(row, 3), at(row, 4)]);
            }
        }
        folded.counted()
    }
}

impl Report for PurchaseFlow {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let wanted = tally.wanted();
        let opens_other = wanted.is_some_and(|wanted| wanted.key.contains(&[OTHER; 2]));
        if opens_other && !self.sets {
            // Who leads is known only when all are counted.
            let mut all = Tally::new(&SPECS);
            self.count(shop, None, &mut all);
            let leading = self.leading(&all.counted());
            self.count(shop, Some(&leading), tally);
        } else {
            self.count(shop, None, tally);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let counted = &self.folded(counted);
        let mut table = counted.table("flow_nodes");
        table.columns.retain(|(name, _)| *name != "days");
        let mut rates = counted.rows("flow_nodes").map(|row| {
            // Who still waits has not decided.
            let mut rates = rated(at(row, 3), at(row, 2) - at(row, 4)).to_vec();
            rates.push(share(at(row, 6), at(row, 3)));
            rates
        });
        let names = ["rate", "rate_low", "rate_high", "mean_days"];
        add_rates(&mut table, &names, &mut rates);
        sheet.push("flow_nodes", table);

        // Ascending, as the links are.
        let nodes: Vec<&[i64]> = counted.rows("flow_nodes").into_list();
        let went_on = |link: &[i64]| {
            let place = nodes.partition_point(|node| node.get(..2) < link.get(..2));
            nodes.get(place).map_or(0, |node| at(node, 3))
        };
        let mut table = counted.table("flow_links");
        table.columns.retain(|(name, _)| *name != "days");
        let mut rates = counted.rows("flow_links").map(|row| {
            let mut rates = rated(at(row, 3), went_on(row)).to_vec();
            rates.push(share(at(row, 4), at(row, 3)));
            rates
        });
        add_rates(&mut table, &names, &mut rates);
        sheet.push("flow_links", table);
    }
}
