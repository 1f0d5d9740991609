//! How long a product lasts (使用日数): days from one purchase of it to the next.
//!
//! Purchases of a product on one day are one. The quartiles of closed gaps say after how long
//! those come back who do; who has not come back yet is censored at the day of the question in
//! the median of Kaplan and Meier, which is therefore later, or not reached at all. The day to
//! write is the median of the closed gaps less the days that a message and a delivery take.

use super::bought::{Bought, Reader};
use super::{add_rates, at};
use crate::analysis::sums::Sums;
use crate::book::BookOrder;
use crate::list::List;
use crate::order::{first_sorted, sort_numbers};
use crate::report::sheet::{Sheet, Table, Values, share};
use crate::report::tally::{Counted, Tally};
use crate::report::{Kind, Report, Shop, Spec};
use crate::survival::{Curve, Observed};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductCycle {
    /// Days before the median on which to write.
    pub lead_days: i32,
    /// Closed gaps without which nothing is said of a product's days.
    pub min_gaps: u32,
}

/// Products named as bought next.
const NEXT_MAX: usize = 3;

static SPECS: [Spec; 3] = [
    Spec {
        name: "product_cycle",
        keys: &[("product", Kind::Product)],
        sums: &["buyers", "repeaters", "gaps", "waiting", "followed"],
    },
    Spec {
        name: "product_next",
        keys: &[("product", Kind::Product), ("next", Kind::Product)],
        sums: &["customers"],
    },
    // Of these the quartiles and the curve are made.
    Spec {
        name: "product_gaps",
        keys: &[("product", Kind::Product), ("days", Kind::Int)],
        sums: &["closed", "open"],
    },
];

/// What becomes known of products person by person.
#[derive(Default)]
struct Seen {
    /// Product, days and whether the gap is open, in one number.
    gaps: Vec<u64>,
    /// A product and one that followed it, once for each customer.
    pairs: Vec<u64>,
    of_person: Vec<u64>,
}

impl Seen {
    /// Reads the gaps of a person's purchases of one product; how many are closed.
    fn gaps(&mut self, as_of_day: i32, orders: &[BookOrder], of_product: &[Bought]) -> i64 {
        let day_of = |bought: &Bought| orders.get(bought.place as usize).map(|order| order.day);
        let mut days = of_product.iter().filter_map(day_of);
        let Some((first, mut last)) = of_product.first().zip(days.next()) else {
            return 0;
        };
        let product = u64::from(first.product) << 33;
        let between = |from: i32, to: i32| (i64::from(to) - i64::from(from)).max(0) as u64;
        let mut closed = 0;
        for day in days.filter(|day| *day <= as_of_day) {
            if day > last {
                self.gaps.push(product | between(last, day) << 1);
                closed += 1;
                last = day;
            }
        }
        self.gaps.push(product | between(last, as_of_day) << 1 | 1);
        closed
    }

    /// Reads which products followed which in a person's next orders; each pair once.
    fn pairs(&mut self, reader: &Reader<'_>, orders: &[BookOrder]) -> &[u64] {
        self.of_person.clear();
        let (mut before, mut now) = (Vec::new(), Vec::new());
        for order in orders {
            reader.products(order, &mut now);
            for from in &before {
                for to in &now {
                    self.of_person.push(u64::from(*from) << 32 | u64::from(*to));
                }
            }
            std::mem::swap(&mut before, &mut now);
        }
        // A second order has made all of its pairs once.
        if orders.len() > 2 {
            sort_numbers(&mut self.of_person, |pair| pair);
            self.of_person.dedup();
        }
        &self.of_person
    }
}

/// The days of a product's gaps, which ascend: quartiles of the closed ones, and the median with
/// its band.
fn days(gaps: &[&[i64]]) -> [Option<i64>; 6] {
    let total: i64 = gaps.iter().map(|row| at(row, 2)).sum();
    // The least day by which that share is reached.
    let quartile = |quarters: i64| {
        let least = total * quarters;
        let mut sum = 0;
        let reached = gaps.iter().find(|row| {
            sum += at(row, 2);
            sum * 4 >= least
        });
        reached.map(|row| at(row, 1))
    };
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let observed: Vec<Observed> = gaps
        .iter()
        .map(|row| Observed {
            day: count(at(row, 1)),
            events: count(at(row, 2)),
            censored: count(at(row, 3)),
        })
        .into_list();
    let median = Curve::of(&observed).quantile(0.5);
    let [low, middle, high] = [quartile(1), quartile(2), quartile(3)];
    let [median, from, to] = [median.day, median.low, median.high].map(|day| day.map(i64::from));
    [low, middle, high, median, from, to]
}

impl Seen {
    /// Puts what was seen into the tally.
    fn close(mut self, tally: &mut Tally) {
        sort_numbers(&mut self.gaps, |gap| gap);
        let mut rows = Sums::new(2, 4);
        for of_day in self.gaps.chunk_by(|a, b| a >> 1 == b >> 1) {
            let gap = of_day.first().copied().unwrap_or_default();
            let closed = of_day.partition_point(|gap| gap & 1 == 0);
            let day = i64::from((gap >> 1) as u32);
            let open = of_day.len() - closed;
            rows.push([(gap >> 33) as i64, day, closed as i64, open as i64]);
        }
        tally.put(2, rows);
        sort_numbers(&mut self.pairs, |pair| pair);
        let mut rows = Sums::new(2, 3);
        for same in self.pairs.chunk_by(|a, b| a == b) {
            let pair = same.first().copied().unwrap_or_default();
            let (from, to) = ((pair >> 32) as i64, i64::from(pair as u32));
            rows.push([from, to, same.len() as i64]);
        }
        tally.put(1, rows);
    }
}

impl Report for ProductCycle {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let opens = tally.wanted().is_some();
        let (mut reader, next) = (Reader::new(shop), Reader::new(shop));
        let mut seen = Seen::default();
        for (person, orders) in book.people(0..book.person_count()) {
            for of_product in reader.read(orders).chunk_by(|a, b| a.product == b.product) {
                let Some(first) = of_product.first() else {
                    continue;
                };
                let gaps = seen.gaps(book.as_of_day, orders, of_product);
                let followed = (first.place as usize) + 1 < orders.len();
                let sums = [1, i64::from(gaps > 0), gaps, 1, followed.into()];
                tally.add(0, person, &[i64::from(first.product)], &sums);
            }
            if orders.len() > 1 {
                seen.pairs(&next, orders);
                if opens {
                    for pair in &seen.of_person {
                        let key = [(pair >> 32) as i64, i64::from(*pair as u32)];
                        tally.add(1, person, &key, &[1]);
                    }
                } else {
                    seen.pairs.extend_from_slice(&seen.of_person);
                }
            }
        }
        if !opens {
            seen.close(tally);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let rows: Vec<&[i64]> = counted.rows("product_cycle").into_list();
        let gaps: Vec<&[i64]> = counted.rows("product_gaps").into_list();
        let mut rest = gaps.as_slice();
        let least = i64::from(self.min_gaps.max(1));
        let of_row = |row: &&[i64]| {
            // Both ascend by product.
            let is_before = |gap: &&[i64]| at(gap, 0) < at(row, 0);
            rest = rest
                .get(rest.partition_point(is_before)..)
                .unwrap_or_default();
            let of_it = rest.partition_point(|gap| at(gap, 0) == at(row, 0));
            let (of_it, after) = rest.split_at_checked(of_it).unwrap_or_default();
            rest = after;
            match at(row, 3) >= least {
                true => days(of_it),
                false => [None; 6],
            }
        };
        let days: Vec<[Option<i64>; 6]> = rows.iter().map(of_row).into_list();
        let mut table = counted.table("product_cycle");
        let names = ["p25", "median", "p75", "km_median", "km_low", "km_high"];
        for (place, name) in names.into_iter().enumerate() {
            let column = days.iter().map(|days| days.get(place).copied().flatten());
            table
                .columns
                .push((name, Values::MaybeInt(column.into_list())));
        }
        let lead = i64::from(self.lead_days);
        let follow_up = days.iter().map(|days| Some((days[1]? - lead).max(1)));
        let follow_up = Values::MaybeInt(follow_up.into_list());
        table.columns.push(("follow_up_day", follow_up));
        sheet.push("product_cycle", table);
        let unsaid = days.iter().filter(|days| days[1].is_none());
        sheet.note("few_gaps", unsaid.count() as u64);

        let pairs: Vec<&[i64]> = counted.rows("product_next").into_list();
        let of_products = pairs.chunk_by(|a, b| at(a, 0) == at(b, 0));
        let next: Vec<&[i64]> = of_products
            .flat_map(|of_product| {
                let most = |a: &&[i64], b: &&[i64]| at(b, 2).cmp(&at(a, 2));
                first_sorted(of_product.to_vec(), NEXT_MAX, most)
            })
            .into_list();
        let column = |place: usize| next.iter().map(|row| at(row, place)).into_list();
        let mut table = Table::default();
        table.columns.push(("product", Values::Product(column(0))));
        table.columns.push(("next", Values::Product(column(1))));
        table.columns.push(("customers", Values::Int(column(2))));
        let mut shares = next.iter().map(|row| {
            let place = rows.partition_point(|product| at(product, 0) < at(row, 0));
            let followed = rows.get(place).map_or(0, |product| at(product, 5));
            vec![share(at(row, 2), followed)]
        });
        add_rates(&mut table, &["share"], &mut shares);
        sheet.push("product_next", table);
    }
}
