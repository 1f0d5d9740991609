//! The one pass over the book that fills every analysis.

use super::cohort::Cohorts;
use super::f2::SecondOrders;
use super::flow::Flows;
use super::months::ByMonth;
use super::people::{Figures, LifecycleBounds};
use super::products::Products;
use super::sums::{Sums, add};
use crate::book::{Book, BookOrder, Months};
use crate::keys::NONE;
use crate::ledger::Ledger;

/// What the pass needs of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bounds of the lifecycle matrix.
    pub lifecycle: LifecycleBounds,
    /// Larger baskets make no pairs.
    pub basket_products_max: u32,
    /// Whether pairs are counted: half of the work, and wanted by few questions.
    pub pairs: bool,
}

/// Totals over counted orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines of goods.
    pub lines: i64,
    /// Orders, guests' included.
    pub orders: i64,
    /// Guests' orders.
    pub guest_orders: i64,
    /// Customers.
    pub customers: i64,
    /// Amount of all orders.
    pub revenue: i64,
    /// Amount of guests' orders.
    pub guest_revenue: i64,
    /// First and last day with an order.
    pub days: Option<(i32, i32)>,
    /// Baskets of orders that were too large for pairs.
    pub large_orders: i64,
    /// Baskets of customers that were too large for pairs.
    pub large_customers: i64,
}

/// All sums of the pass, product keys as ranks in the book.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Totals over everything.
    pub summary: Summary,
    /// By number of orders.
    pub counts: Sums,
    /// By number of distinct shops.
    pub shops: Sums,
    /// Lifecycle matrix.
    pub cells: Sums,
    /// By month.
    pub months: Sums,
    /// By product.
    pub products: Sums,
    /// By cohort and month since.
    pub cohort: Sums,
    /// Second orders by cohort.
    pub f2: Sums,
    /// Second orders by days.
    pub f2hist: Sums,
    /// Second orders by first product.
    pub f2prod: Sums,
    /// By the first three products.
    pub flow: Sums,
    /// Pairs within an order.
    pub pairs_order: Sums,
    /// Pairs within a customer.
    pub pairs_customer: Sums,
    /// Figures of every customer.
    pub people: Vec<Figures>,
}

/// Column names of the summary.
pub const SUMMARY_COLUMNS: [&str; 8] = [
    "lines",
    "orders",
    "guest_orders",
    "customers",
    "revenue",
    "guest_revenue",
    "first_day",
    "last_day",
];
/// Column names of the table by number of orders.
pub const COUNTS_COLUMNS: [&str; 4] = ["n", "customers", "orders", "amount"];
/// Column names of the table by number of shops.
pub const SHOPS_COLUMNS: [&str; 3] = ["n_shops", "customers", "orders"];
/// Column names of the lifecycle matrix.
pub const CELLS_COLUMNS: [&str; 4] = ["freq", "rec", "customers", "amount"];

/// Orders from which customers are counted together.
const COUNTS_MAX: usize = 10;

/// People whose lines are read at once, before the first is looked at: reads from memory that do
/// not wait for one another overlap.
const READ_AHEAD: u32 = 64;

/// Distinct shops of one customer, counted by marking each shop with the customer.
struct ShopMarks {
    marks: Vec<u32>,
    by_count: Vec<[i64; 2]>,
}

impl ShopMarks {
    #[inline]
    fn add(&mut self, person: u32, orders: &[BookOrder]) {
        let mut count = 0usize;
        let mut previous = None;
        for order in orders {
            // Orders without a shop count as one shop more.
            if previous == Some(order.shop) {
                continue;
            }
            previous = Some(order.shop);
            let index = order.shop.wrapping_add(1) as usize;
            if let Some(mark) = self.marks.get_mut(index)
                && *mark != person + 1
            {
                *mark = person + 1;
                count += 1;
            }
        }
        if let Some([customers, all]) = self.by_count.get_mut(count) {
            add(customers, 1);
            add(all, orders.len() as i64);
        }
    }
}

/// Sums under way.
struct Pass<'a> {
    options: &'a Options,
    as_of_day: i32,
    months: Months,
    by_month: ByMonth,
    cohorts: Cohorts,
    seconds: SecondOrders,
    flows: Flows,
    products: Products,
    shops: ShopMarks,
    counts: [[i64; 3]; COUNTS_MAX + 1],
    cells: [[i64; 2]; 9],
    summary: Summary,
    people: Vec<Figures>,
}

/// Reads the whole book once.
pub fn totals(ledger: &Ledger, book: &Book, options: &Options) -> Totals {
    let mut pass = Pass::new(ledger, book, options);
    let products_of = |order: &BookOrder| ledger.lines.products(order.line_start, order.line_count);
    let mut ahead = Vec::new();
    for first in (0..book.person_count()).step_by(READ_AHEAD as usize) {
        let block = first..book.person_count().min(first + READ_AHEAD);
        // Their lines lie scattered over the ledger.
        ahead.clear();
        for order in book.orders_of_all(block.clone()) {
            products_of(order).iter().for_each(|id| ahead.push(*id));
        }
        let mut products = ahead.as_slice();
        for (person, orders) in book.people(block) {
            products = pass.customer(person, orders, products);
        }
    }
    for order in &book.guests {
        pass.guest(order, products_of(order));
    }
    pass.totals(book)
}

impl<'a> Pass<'a> {
    fn new(ledger: &Ledger, book: &Book, options: &'a Options) -> Self {
        let (first_day, last_day) = book.days.unwrap_or((0, -1));
        let (first, last) = book.months().unwrap_or((0, -1));
        let people = book.person_count() as usize;
        let products = book.product_of_rank.len();
        let shops = ledger.shops.len() + 1;
        Pass {
            options,
            as_of_day: book.as_of_day,
            months: Months::between(first_day, last_day),
            by_month: ByMonth::between(first, last),
            cohorts: Cohorts::between(first, last),
            seconds: SecondOrders::between(first, last, products),
            flows: Flows::new(products, people),
            products: Products::new(products, options),
            shops: ShopMarks {
                marks: vec![0; shops],
                by_count: vec![[0; 2]; shops + 1],
            },
            counts: [[0; 3]; COUNTS_MAX + 1],
            cells: [[0; 2]; 9],
            summary: Summary {
                days: book.days,
                ..Summary::default()
            },
            people: Vec::with_capacity(people),
        }
    }

    /// Adds a customer's orders. `products` are those of their lines and then of others', which
    /// are given back.
    #[inline]
    fn customer<'b>(
        &mut self,
        person: u32,
        orders: &[BookOrder],
        mut products: &'b [u32],
    ) -> &'b [u32] {
        let Some(figures) = Figures::of(person, orders) else {
            return products;
        };
        self.products.begin_customer();
        let cohort = self.months.of(figures.first_day);
        let mut previous_month = i32::MIN;
        for (index, order) in orders.iter().enumerate() {
            let month = self.months.of(order.day);
            let is_first_of_month = month != previous_month;
            previous_month = month;
            let seq = index as u32 + 1;
            self.by_month.add(month, order, seq, is_first_of_month);
            self.cohorts.add(cohort, month, order, is_first_of_month);
            let lines = products.split_at_checked(order.line_count as usize);
            let (of_order, after) = lines.unwrap_or_default();
            products = after;
            self.products.add(of_order, seq);
            add(&mut self.summary.lines, i64::from(order.line_count));
        }
        self.products.end_customer();
        self.shops.add(person, orders);
        let nth = |index: usize| orders.get(index).map_or(NONE, |order| order.product);
        let second_day = orders.get(1).map(|order| order.day - figures.first_day);
        self.seconds.add(cohort, nth(0), second_day);
        self.flows.add(nth(0), nth(1), nth(2));
        let count = self.counts.get_mut(orders.len().min(COUNTS_MAX));
        if let Some([customers, all, amount]) = count {
            add(customers, 1);
            add(all, orders.len() as i64);
            add(amount, figures.amount);
        }
        let recency = self.as_of_day - figures.last_day;
        let [freq, rec] = self.options.lifecycle.cell(figures.orders, recency);
        let cell = usize::from(freq - 1) * 3 + usize::from(rec - 1);
        if let Some([customers, amount]) = self.cells.get_mut(cell) {
            add(customers, 1);
            add(amount, figures.amount);
        }
        add(&mut self.summary.orders, orders.len() as i64);
        add(&mut self.summary.revenue, figures.amount);
        self.people.push(figures);
        products
    }

    /// Adds an order of nobody known.
    fn guest(&mut self, order: &BookOrder, products: &[u32]) {
        self.by_month
            .add(self.months.of(order.day), order, 0, false);
        self.products.add(products, 0);
        add(&mut self.summary.lines, i64::from(order.line_count));
        self.summary.orders += 1;
        self.summary.guest_orders += 1;
        self.summary.revenue += order.amount;
        self.summary.guest_revenue += order.amount;
    }

    fn totals(mut self, book: &Book) -> Totals {
        self.summary.customers = self.people.len() as i64;
        self.summary.large_orders = self.products.large_orders as i64;
        self.summary.large_customers = self.products.large_customers as i64;
        Totals {
            summary: self.summary,
            counts: numbered(&self.counts),
            shops: numbered(&self.shops.by_count),
            cells: cells_sums(&self.cells),
            months: self.by_month.sums(),
            cohort: self.cohorts.sums(),
            f2: self.seconds.sums(),
            f2hist: self.seconds.days(),
            f2prod: self.seconds.products(),
            flow: self.flows.sums(),
            products: self.products.sums(book),
            pairs_order: self.products.pairs_order.sums(&book.rank_of_product),
            pairs_customer: self.products.pairs_customer.sums(&book.rank_of_product),
            people: self.people,
        }
    }
}

/// Rows by their index; rows without customers are left out.
fn numbered<const N: usize>(rows: &[[i64; N]]) -> Sums {
    let mut sums = Sums::new(1, N + 1);
    for (index, row) in rows.iter().enumerate() {
        if row.first().is_some_and(|customers| *customers > 0) {
            sums.push([index as i64]);
            sums.push(*row);
        }
    }
    sums
}

fn cells_sums(cells: &[[i64; 2]; 9]) -> Sums {
    let mut sums = Sums::new(2, CELLS_COLUMNS.len());
    for (index, [customers, amount]) in cells.iter().enumerate() {
        if *customers > 0 {
            sums.push([
                index as i64 / 3 + 1,
                index as i64 % 3 + 1,
                *customers,
                *amount,
            ]);
        }
    }
    sums
}
