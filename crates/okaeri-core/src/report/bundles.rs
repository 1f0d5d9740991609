//! まとめ買い: how many pieces of a product are bought at once, what a discount by pieces would
//! change, and which products one customer buys apart that could be a set.
//!
//! The simulation (ours) takes today's orders: a share of those of one piece (`uplift`) buys the
//! first step's pieces instead, and every order that has the pieces of a step already gets its
//! discount too. What that costs is `given_away`; the uplift at which the margin is as before is
//! `break_even_uplift`. It takes prices as paid now to have no discount by pieces in them.

use super::groups::{Shown, columns, put_groups};
use super::margin::{COSTS, Costs, MarginRule, Worth, cost_share, push_costs};
use super::products::bought::people;
use super::sheet::{Rates, Sheet, Table, Values, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec};
use crate::analysis::pairs::PairCounts;
use crate::analysis::sums::Sums;
use crate::book::BookOrder;
use crate::identity::NO_PERSON;
use crate::list::List;
use crate::order::{first_sorted, sort_numbers};

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundles {
    /// Pieces from which a step holds, ascending from 2, and what it takes off in percent.
    pub ladder: Vec<(i64, i64)>,
    /// Percent of the orders of one piece that would take the first step.
    pub uplift: i64,
    /// Products that are shown each.
    pub top: usize,
    /// Pairs shown.
    pub pairs: usize,
    /// Customers and orders of more products are left out of the pairs.
    pub products_max: usize,
    /// What a margin is.
    pub margin: MarginRule,
}

/// So many pieces and more are together.
const PIECES_MAX: i64 = 6;
/// Customers without whom a pair is chance.
const PAIR_MIN: i64 = 5;

static SPECS: [Spec; 4] = [
    Spec {
        name: "bundle_quantities",
        keys: &[("group", Kind::Product), ("quantity", Kind::Int)],
        sums: &["customers", "orders", "pieces", "sales", "cost", "uncosted"],
    },
    Spec {
        name: "bundle_products",
        keys: &[("group", Kind::Product)],
        sums: &["customers", "multi_customers"],
    },
    Spec {
        name: "bundle_pairs",
        keys: &[("a", Kind::Product), ("b", Kind::Product)],
        sums: &["customers", "orders"],
    },
    COSTS,
];

/// What is bought of one product in one order.
struct Bought {
    product: u32,
    pieces: i64,
    worth: Worth,
}

/// Counts a person after the other.
struct Walk<'a> {
    shop: &'a Shop<'a>,
    costs: &'a Costs<'a>,
    basket: Vec<Bought>,
    /// By product id who was met last, and how: bits.
    met: Vec<(u32, u32)>,
    /// Product ids of an order, and each of a person once.
    ids: Vec<u32>,
    all: Vec<u32>,
}

/// Bits of `Walk::met`: at all, with pieces, with several, and, shifted by it, with that many.
const MET: u32 = 1;
const PIECES: u32 = 1 << 1;
const MULTI: u32 = 1 << 2;

impl<'a> Walk<'a> {
    fn new(shop: &'a Shop<'a>, costs: &'a Costs<'a>) -> Self {
        Walk {
            shop,
            costs,
            basket: Vec::new(),
            met: vec![(NO_PERSON, 0); shop.ledger.products.len()],
            ids: Vec::new(),
            all: Vec::new(),
        }
    }

    /// Those of the bits with which a person is met for the first time; none of a guest's.
    #[inline]
    fn meet(&mut self, person: u32, product: u32, bits: u32) -> u32 {
        match self.met.get_mut(product as usize) {
            Some((last, met)) if person != NO_PERSON => {
                if *last != person {
                    (*last, *met) = (person, 0);
                }
                let new = bits & !*met;
                *met |= bits;
                new
            }
            _ => 0,
        }
    }

    fn order(&mut self, person: u32, order: &BookOrder, tally: &mut Tally) {
        self.basket.clear();
        let lines = self
            .shop
            .ledger
            .lines
            .rows(order.line_start, order.line_count);
        for (line, place) in lines.zip(order.line_start..) {
            let mut known = self.basket.iter().position(|b| b.product == line.product);
            if known.is_none() {
                self.basket.push(Bought {
                    product: line.product,
                    pieces: 0,
                    worth: Worth::default(),
                });
                known = Some(self.basket.len() - 1);
            }
            if let Some(bought) = known.and_then(|known| self.basket.get_mut(known)) {
                bought.pieces = bought.pieces.saturating_add(line.quantity);
                let (product, pieces) = (line.product, line.quantity);
                self.costs
                    .line(&mut bought.worth, place, product, pieces, line.amount);
            }
        }
        let basket = std::mem::take(&mut self.basket);
        for bought in &basket {
            let pieces = bought.pieces.clamp(0, PIECES_MAX);
            let bits = match pieces {
                0 => MET,
                1 => MET | PIECES | MULTI << 1,
                pieces => MET | PIECES | MULTI | MULTI << pieces,
            };
            let new = self.meet(person, bought.product, bits);
            if new & MET != 0 {
                self.all.push(bought.product);
            }
            if pieces == 0 {
                continue;
            }
            let rank = self.shop.book.rank_of_product.get(bought.product as usize);
            let rank = rank.map_or(-1, |rank| i64::from(*rank));
            if new & (PIECES | MULTI) != 0 {
                let is = |bit: u32| i64::from(new & bit != 0);
                tally.add(1, person, &[rank], &[is(PIECES), is(MULTI)]);
            }
            let is_new = new & MULTI << pieces != 0;
            let worth = &bought.worth;
            let sums = [
                is_new.into(),
                1,
                bought.pieces,
                worth.goods,
                worth.cost,
                worth.uncosted,
            ];
            tally.add(0, person, &[rank, pieces], &sums);
        }
        self.basket = basket;
    }

    /// Product ids of the order, ascending.
    fn products(&mut self) -> &[u32] {
        self.ids.clear();
        for bought in &self.basket {
            self.ids.push(bought.product);
        }
        sort_numbers(&mut self.ids, |id| id.into());
        &self.ids
    }
}

/// Pairs as they are counted.
struct Pairs {
    max: usize,
    customers: PairCounts,
    orders: PairCounts,
}

impl Pairs {
    /// Rows of the table of pairs.
    fn rows(self, ranks: &[u32]) -> Sums {
        let mut all = Sums::new(2, 4);
        for row in self.customers.sums(ranks).rows() {
            if let [a, b, n] = row {
                all.push([*a, *b, *n, 0]);
            }
        }
        let mut together = Sums::new(2, 4);
        for row in self.orders.sums(ranks).rows() {
            if let [a, b, n] = row {
                together.push([*a, *b, 0, *n]);
            }
        }
        all.merge(&together)
    }
}

impl Report for Bundles {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let costs = Costs::of(shop, self.margin);
        costs.tally(3, tally);
        let book = shop.book;
        let products = shop.ledger.products.len();
        let is_opened = tally.wanted().is_some();
        let mut pairs = Pairs {
            max: self.products_max,
            customers: PairCounts::new(if is_opened { 0 } else { products }),
            orders: PairCounts::new(if is_opened { 0 } else { products }),
        };
        let mut walk = Walk::new(shop, &costs);
        for (person, orders) in people(shop) {
            walk.all.clear();
            for order in orders {
                walk.order(person, order, tally);
                let ids = walk.products();
                if !is_opened && ids.len() <= pairs.max {
                    pairs.orders.add(ids);
                }
            }
            let all = &mut walk.all;
            if all.len() > pairs.max {
                continue;
            }
            sort_numbers(all, |id| id.into());
            match is_opened {
                true => open_pairs(shop, person, all, tally),
                false => pairs.customers.add(all),
            }
        }
        for order in &book.guests {
            walk.order(NO_PERSON, order, tally);
        }
        if !is_opened {
            tally.put(2, pairs.rows(&book.rank_of_product));
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let cost_share = cost_share(counted, self.margin);
        let rows = |name| -> Vec<Vec<i64>> { counted.rows(name).map(<[i64]>::to_vec).into_list() };
        let quantities = rows("bundle_quantities");
        let shown = Shown::of(&quantities, 5, self.top);
        let quantities = shown.fold(quantities, 2);
        let products = shown.fold(rows("bundle_products"), 1);
        sheet.push(
            "bundle_products",
            self.products(counted, &quantities, &products, cost_share),
        );
        let names = [
            ("quantity", 1),
            ("customers", 2),
            ("orders", 3),
            ("pieces", 4),
            ("sales", 5),
        ];
        let mut table = columns(&quantities, &names);
        put_groups(&mut table, counted, (Kind::Product, 2), &quantities);
        sheet.push("bundle_quantities", table);
        sheet.push("bundle_pairs", self.sets(counted));
        push_costs(counted, self.margin, sheet);
    }
}

fn open_pairs(shop: &Shop<'_>, person: u32, ids: &[u32], tally: &mut Tally) {
    let rank = |id: &u32| shop.book.rank_of_product.get(*id as usize).copied();
    let mut ranks: Vec<u32> = ids.iter().filter_map(rank).into_list();
    sort_numbers(&mut ranks, |rank| rank.into());
    for (place, a) in ranks.iter().enumerate() {
        for b in ranks.get(place + 1..).unwrap_or_default() {
            tally.add(2, person, &[i64::from(*a), i64::from(*b)], &[1, 0]);
        }
    }
}

impl Bundles {
    /// Percent off for so many pieces.
    fn percent(&self, pieces: i64) -> i64 {
        let mut steps = self.ladder.iter().rev();
        let step = steps.find(|(from, _)| *from <= pieces);
        step.map_or(0, |(_, percent)| *percent)
    }

    /// What the ladder gives away, and what it would bring in sales and in margin if every order of
    /// one piece took the first step.
    fn effect(&self, rows: &[&Vec<i64>], cost_share: f64) -> [f64; 3] {
        let at = |row: &[i64], place: usize| row.get(place).copied().unwrap_or_default() as f64;
        let mut given = 0.0;
        let (mut single, mut cost) = (0.0, 0.0);
        for row in rows {
            match row.get(1) {
                Some(1) => {
                    single = at(row, 5);
                    cost = at(row, 6) + at(row, 7) * cost_share;
                }
                Some(pieces) => given += at(row, 5) * self.percent(*pieces) as f64 / 100.0,
                None => {}
            }
        }
        let (pieces, percent) = self.ladder.first().copied().unwrap_or((1, 0));
        let more = pieces as f64 * (1.0 - percent as f64 / 100.0) - 1.0;
        let sales = single * more;
        [given, sales, sales - cost * (pieces - 1) as f64]
    }

    fn products(
        &self,
        counted: &Counted,
        quantities: &[Vec<i64>],
        rows: &[Vec<i64>],
        cost_share: f64,
    ) -> Table {
        let mut table = columns(rows, &[("customers", 1), ("multi_customers", 2)]);
        let mut multi = Rates::default();
        let mut sums = [const { Vec::new() }; 4];
        let mut effects = [const { Vec::new() }; 4];
        for row in rows {
            let at = |place: usize| row.get(place).copied().unwrap_or_default();
            multi.push(at(2), at(1));
            let its: Vec<&Vec<i64>> = quantities
                .iter()
                .filter(|quantity| quantity.first() == row.first())
                .into_list();
            let sum = |place: usize, is_of: &dyn Fn(i64) -> bool| -> i64 {
                let of = its
                    .iter()
                    .filter(|row| row.get(1).is_some_and(|q| is_of(*q)));
                of.filter_map(|row| row.get(place)).sum()
            };
            let any = |_| true;
            let values = [sum(3, &any), sum(3, &|q| q > 1), sum(4, &any), sum(5, &any)];
            for (column, value) in sums.iter_mut().zip(values) {
                column.push(value);
            }
            let [given, sales, margin] = self.effect(&its, cost_share);
            let uplift = self.uplift as f64 / 100.0;
            let values = [
                Some(given),
                Some(sales * uplift - given),
                Some(margin * uplift - given),
                (margin > 0.0).then(|| given / margin),
            ];
            for (column, value) in effects.iter_mut().zip(values) {
                column.push(value);
            }
        }
        multi.append(&mut table, ["multi_rate", "multi_low", "multi_high"]);
        let names = ["orders", "multi_orders", "pieces", "sales"];
        let sums = sums.into_iter().map(Values::Int);
        table.columns.extend(names.into_iter().zip(sums));
        let names = [
            "given_away",
            "sales_change",
            "margin_change",
            "break_even_uplift",
        ];
        table.push_rates(names, effects);
        put_groups(&mut table, counted, (Kind::Product, 1), rows);
        table
    }

    /// Pairs that enough customers buy, and fewer than half of them in one order.
    fn sets(&self, counted: &Counted) -> Table {
        let is_set = |row: &&[i64]| match row {
            [_, _, customers, orders] => *customers >= PAIR_MIN && orders * 2 <= *customers,
            _ => false,
        };
        let rows: Vec<&[i64]> = counted.rows("bundle_pairs").filter(is_set).into_list();
        let customers = |row: &[i64]| row.get(2).copied().unwrap_or_default();
        let rows = first_sorted(rows, self.pairs, |a, b| customers(b).cmp(&customers(a)));
        let rows: Vec<Vec<i64>> = rows.into_iter().map(<[i64]>::to_vec).into_list();
        let product = |place: usize| {
            let ranks = rows.iter().filter_map(|row| row.get(place)).copied();
            Values::Product(ranks.into_list())
        };
        let mut table = columns(&rows, &[("customers", 2), ("orders", 3)]);
        let front = [("a", product(0)), ("b", product(1))];
        table.columns.splice(0..0, front);
        let together = rows.iter().map(|row| match row.as_slice() {
            [_, _, customers, orders] => share(*orders, *customers),
            _ => None,
        });
        table.push_rates(["together_share"], [together.into_list()]);
        table
    }
}
