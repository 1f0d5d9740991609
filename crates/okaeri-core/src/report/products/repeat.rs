//! Products by new and repeat buyers (商品別 新規・リピート).
//!
//! The field has several meanings of "new" that give different answers, so it is a choice
//! ([`New`]). A purchase of a product is an order with it. Guests are nobody's repeat: what they
//! buy stands apart, and new, repeat and guest sales make up all sales.

use super::bought::{Bought, Reader, people};
use super::{add_rates, at, rated};
use crate::analysis::sums::add;
use crate::book::BookOrder;
use crate::identity::NO_PERSON;
use crate::ledger::Ledger;
use crate::list::List;
use crate::report::sheet::{Sheet, Values, share};
use crate::report::tally::{Counted, Tally};
use crate::report::{Kind, Report, Shop, Spec};

/// When the line of a customer's order is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum New {
    /// In the customer's first order (LTV-Lab).
    StoreFirst,
    /// The first time that the customer buys the product (LTV-Lab's 指定商品初回).
    ProductFirst,
    /// When the customer placed no order within so many days before (Yahoo! ストア統計: a year).
    WindowNew {
        /// The days.
        days: i32,
    },
    /// In the customer's first order through that medium (LTV-Lab's 広告LTV). Orders without a
    /// medium are as of one of their own.
    MediaFirst,
}

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductRepeat {
    /// What is new.
    pub new: New,
    /// Only purchases of the so many days that end with the day of the question.
    pub days: Option<i32>,
    /// Days from a buyer's first purchase of the product that its LTV covers. It is of all buyers
    /// whose days are over, whatever `days` says.
    pub ltv_days: i32,
}

static SPECS: [Spec; 1] = [Spec {
    name: "product_repeat",
    keys: &[("product", Kind::Product)],
    sums: &[
        "buyers",
        "new_buyers",
        "repeat_buyers",
        "repeaters",
        "new_orders",
        "repeat_orders",
        "guest_orders",
        "units",
        "new_sales",
        "repeat_sales",
        "guest_sales",
        "closed",
        "ltv_product",
        "ltv_all",
    ],
}];

const REPEATERS: usize = 4;
const LTV: usize = 13;

impl ProductRepeat {
    fn is_new(&self, ledger: &Ledger, orders: &[BookOrder], first: u32, bought: &Bought) -> bool {
        match self.new {
            New::StoreFirst => bought.place == 0,
            New::ProductFirst => bought.place == first,
            New::WindowNew { days } => {
                let place = bought.place as usize;
                let before = place.checked_sub(1).and_then(|before| orders.get(before));
                before.zip(orders.get(place)).is_none_or(|(before, order)| {
                    i64::from(order.day) - i64::from(before.day) > i64::from(days)
                })
            }
            New::MediaFirst => {
                let place = bought.place as usize;
                let media = |order: &BookOrder| ledger.orders.details.media.get(order.row);
                let of = orders.get(place).map(media);
                let mut before = orders.iter().take(place).map(media);
                !before.any(|earlier| Some(earlier) == of)
            }
        }
    }

    /// The sums of one product with one person, whose purchases of it these are.
    fn sums(
        &self,
        ledger: &Ledger,
        as_of_day: i32,
        orders: &[BookOrder],
        of_product: &[Bought],
    ) -> [i64; 14] {
        let order_of = |bought: &Bought| orders.get(bought.place as usize);
        let day_of = |bought: &Bought| order_of(bought).map_or(as_of_day, |order| order.day);
        let since = |day: i32| i64::from(as_of_day) - i64::from(day);
        let (mut news, mut repeats, mut units) = ([0; 2], [0; 2], 0i64);
        let first = of_product.first().copied().unwrap_or_default();
        for bought in of_product {
            let since = since(day_of(bought));
            if self.days.is_some_and(|days| since >= i64::from(days)) {
                continue;
            }
            let [orders, sales] = match self.is_new(ledger, orders, first.place, bought) {
                true => &mut news,
                false => &mut repeats,
            };
            *orders += 1;
            *sales += bought.amount;
            units += bought.quantity;
        }
        let times = news[0] + repeats[0];
        let first_day = day_of(&first);
        let (mut ltv_product, mut ltv_all) = (0i64, 0i64);
        let closed = since(first_day) >= i64::from(self.ltv_days);
        if closed {
            let within = |day: i32| i64::from(day) - i64::from(first_day) <= self.ltv_days.into();
            for bought in of_product {
                if within(day_of(bought)) {
                    add(&mut ltv_product, bought.amount);
                }
            }
            for order in orders.get(first.place as usize..).unwrap_or_default() {
                if within(order.day) {
                    add(&mut ltv_all, order.amount);
                }
            }
        }
        [
            i64::from(times > 0),
            i64::from(news[0] > 0),
            i64::from(repeats[0] > 0),
            i64::from(times > 1),
            news[0],
            repeats[0],
            0,
            units,
            news[1],
            repeats[1],
            0,
            i64::from(closed),
            ltv_product,
            ltv_all,
        ]
    }
}

impl Report for ProductRepeat {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let mut reader = Reader::new(shop);
        for (person, orders) in people(shop) {
            let bought = reader.read(orders);
            for of_product in bought.chunk_by(|a, b| a.product == b.product) {
                let product = of_product.first().map_or(-1, |b| i64::from(b.product));
                let sums = self.sums(shop.ledger, book.as_of_day, orders, of_product);
                if at(&sums, 0) + at(&sums, 11) > 0 {
                    tally.add(0, person, &[product], &sums);
                }
            }
        }
        for order in &book.guests {
            let since = i64::from(book.as_of_day) - i64::from(order.day);
            if self.days.is_some_and(|days| since >= i64::from(days)) {
                continue;
            }
            for Bought {
                product,
                quantity,
                amount,
                ..
            } in reader.read(std::slice::from_ref(order))
            {
                let sums = [0, 0, 0, 0, 0, 0, 1, *quantity, 0, 0, *amount, 0, 0, 0];
                tally.add(0, NO_PERSON, &[i64::from(*product)], &sums);
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let name = "product_repeat";
        let mut table = counted.table(name);
        table
            .columns
            .retain(|(name, _)| !matches!(*name, "ltv_product" | "ltv_all"));
        let rows = || counted.rows(name);
        let total =
            |row: &[i64], from: usize| at(row, from) + at(row, from + 1) + at(row, from + 2);
        for (name, from) in [("orders", 5), ("sales", 9)] {
            let totals = rows().map(|row| total(row, from)).into_list();
            table.columns.push((name, Values::Int(totals)));
        }
        let names = [
            "repeat_share",
            "rate",
            "rate_low",
            "rate_high",
            "ltv_product",
            "ltv_all",
        ];
        let mut rates = rows().map(|row| {
            let known = at(row, 9) + at(row, 10);
            let mut rates = vec![share(at(row, 10), known)];
            rates.extend(rated(at(row, REPEATERS), at(row, 1)));
            rates.extend([LTV, LTV + 1].map(|sum| share(at(row, sum), at(row, LTV - 1))));
            rates
        });
        add_rates(&mut table, &names, &mut rates);
        sheet.push(name, table);
    }
}
