//! How long a product lasts (使用日数): days from one purchase of it to the next.
//!
//! Purchases of a product on one day are one. The quartiles of closed gaps say after how long
//! those come back who do; who has not come back yet is censored at the day of the question in
//! the median of Kaplan and Meier, which is therefore later, or not reached at all. The day to
//! write is the median of the closed gaps less the days that a message and a delivery take.

use super::bought::{Place, Reader, people};
use super::{add_rates, at};
use crate::analysis::sums::Sums;
use crate::book::{Book, BookOrder};
use crate::identity::NO_PERSON;
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
    /// Bits of the gap and of whether it is open; the product is above them.
    shift: u32,
    /// Of one person: places of a product and one that followed it, as in `followed`.
    pairs: Vec<u64>,
    /// Products of an order and of the next.
    before: Vec<u32>,
    now: Vec<u32>,
}

/// How many people bought one product right after another, and who was the last of them.
#[derive(Clone, Copy)]
struct Followed {
    last: u32,
    count: u32,
}

/// Products of which each may follow each, counted in a square; of more the tally counts.
const SQUARE_MAX: usize = 1_500;

impl Seen {
    fn of(book: &Book) -> Self {
        let days = book.orders.iter().map(|order| order.day);
        let first = days.min().unwrap_or(book.as_of_day);
        let days = i64::from(book.as_of_day).abs_diff(first.into());
        Seen {
            shift: 1 + u64::BITS - days.leading_zeros(),
            ..Seen::default()
        }
    }

    /// Reads the gaps of a person's purchases of one product; how many are closed.
    fn gaps(&mut self, as_of_day: i32, orders: &[BookOrder], of_product: &[Place]) -> i64 {
        let day_of = |one: &Place| orders.get(one.place as usize).map(|order| order.day);
        let mut days = of_product.iter().filter_map(day_of);
        let Some((first, mut last)) = of_product.first().zip(days.next()) else {
            return 0;
        };
        let product = u64::from(first.product) << self.shift;
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

    /// Reads which products followed which in a person's next orders, of so many kinds; a pair is
    /// the one's rank times their number and the other's rank. Counts each once where there is
    /// room in the square, and gives the others, each once.
    fn pairs(
        &mut self,
        reader: &Reader<'_>,
        (person, orders): (u32, &[BookOrder]),
        (square, kinds): (&mut [Followed], u64),
    ) -> &[u64] {
        self.pairs.clear();
        self.before.clear();
        for order in orders {
            reader.products(order, &mut self.now);
            for from in &self.before {
                for to in &self.now {
                    let pair = u64::from(*from) * kinds + u64::from(*to);
                    match square.get_mut(pair as usize) {
                        Some(place) if place.last == person => {}
                        Some(place) => {
                            *place = Followed {
                                last: person,
                                count: place.count + 1,
                            }
                        }
                        None => self.pairs.push(pair),
                    }
                }
            }
            std::mem::swap(&mut self.before, &mut self.now);
        }
        sort_numbers(&mut self.pairs, |pair| pair);
        self.pairs.dedup();
        &self.pairs
    }

    /// Puts the gaps into the tally.
    fn close(mut self, tally: &mut Tally) {
        sort_numbers(&mut self.gaps, |gap| gap);
        let mut rows = Sums::new(2, 4);
        for of_day in self.gaps.chunk_by(|a, b| a >> 1 == b >> 1) {
            let gap = of_day.first().copied().unwrap_or_default();
            let closed = of_day.partition_point(|gap| gap & 1 == 0);
            let product = gap >> self.shift;
            let day = (gap - (product << self.shift)) >> 1;
            let open = of_day.len() - closed;
            rows.push([product as i64, day as i64, closed as i64, open as i64]);
        }
        tally.put(2, rows);
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

impl Report for ProductCycle {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let opens = tally.wanted().is_some();
        let mut reader = Reader::new(shop);
        let mut seen = Seen::of(book);
        let kinds = book.product_of_rank.len();
        let is_square = !opens && kinds <= SQUARE_MAX;
        let nobody = Followed {
            last: NO_PERSON,
            count: 0,
        };
        let mut square = vec![nobody; if is_square { kinds * kinds } else { 0 }];
        let kinds = kinds as u64;
        for (person, orders) in people(shop) {
            for of_product in reader
                .places(orders)
                .chunk_by(|a, b| a.product == b.product)
            {
                let Some(first) = of_product.first() else {
                    continue;
                };
                let gaps = seen.gaps(book.as_of_day, orders, of_product);
                let followed = (first.place as usize) + 1 < orders.len();
                let sums = [1, i64::from(gaps > 0), gaps, 1, followed.into()];
                tally.add(0, person, &[i64::from(first.product)], &sums);
            }
            if orders.len() < 2 {
                continue;
            }
            for pair in seen.pairs(&reader, (person, orders), (&mut square, kinds)) {
                let key = [pair / kinds, pair % kinds].map(|rank| rank as i64);
                tally.add(1, person, &key, &[1]);
            }
        }
        if opens {
            return;
        }
        let mut rows = Sums::new(2, 3);
        for (pair, Followed { count, .. }) in (0u64..).zip(square) {
            if count > 0 {
                rows.push([(pair / kinds) as i64, (pair % kinds) as i64, count.into()]);
            }
        }
        tally.put(1, rows);
        seen.close(tally);
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
