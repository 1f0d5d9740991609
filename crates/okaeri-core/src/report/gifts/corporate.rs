//! ギフト大口・法人: who buys in bulk, by reasons, and where a customer stands on the ladder.
//!
//! Six reasons, each of the last 12 months (thresholds are settings, ours): a company's name and a
//! large order, many destinations in an order, many in the year, paid by invoice, an address that
//! is neither free mail nor a carrier's, a のし in a company's name. Enough of them, or a year's
//! amount of many average orders, make a corporate customer. The ladder (一般, 準大口, 大口, 特別)
//! goes by destinations and amount of the year, and is compared with a year ago.
//!
//! Destinations are those of gifts and uncertain shipments, and all of an order with several.

use crate::list::List;
use chrono::Months;

use super::reservations::{self, Potential, RESERVATIONS};
use super::{Reading, greatest, word_of_bits, word_of_person};
use crate::book::BookOrder;
use crate::gifts::{SEVERAL, Verdict};
use crate::identity::NO_PERSON;
use crate::keys::{Key, NONE};
use crate::report::sheet::{Sheet, share};
use crate::report::{Counted, Kind, Need, Report, Shop, Spec, Tally};
use crate::zone::{date_of, day_of};

/// Thresholds; all are the shop's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// With a company's name: an order of so many average orders is large.
    pub order_times: i64,
    /// With a company's name: an order of so many pieces is large.
    pub order_pieces: i64,
    /// Destinations of one order.
    pub order_destinations: i64,
    /// Destinations of 12 months.
    pub year_destinations: i64,
    /// Reasons that make a corporate customer.
    pub reasons: u32,
    /// Average orders in 12 months that make one without reasons.
    pub year_times: i64,
    /// Destinations of 12 months from which somebody is 準大口, 大口, 特別.
    pub ladder: [i64; 3],
    /// Amount of 12 months from which somebody is 特別.
    pub special_amount: i64,
    /// Destinations in the first season that promise more, and to which a growth must lead.
    pub potential_destinations: i64,
    /// Growth to so many per cent from a season to the next year's that promises more.
    pub growth_percent: i64,
    /// Words of payment methods that mean an invoice.
    pub invoice_words: Vec<String>,
    /// Mail domains that are nobody's company.
    pub private_domains: Vec<String>,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Corporate {
    /// Thresholds.
    pub limits: Limits,
    /// The average order; that of the shop when absent.
    pub average_order: Option<i64>,
    /// Customers in each list.
    pub limit: usize,
}

const COMPANY: u32 = 1;
const ORDER_DESTINATIONS: u32 = 2;
const YEAR_DESTINATIONS: u32 = 4;
const INVOICE: u32 = 8;
const DOMAIN: u32 = 16;
const NOSHI: u32 = 32;

/// Names of the reasons, by bit.
pub const REASONS: &[&str] = &[
    "company",
    "order_destinations",
    "year_destinations",
    "invoice",
    "mail_domain",
    "noshi_company",
];

/// 一般, 準大口, 大口, 特別.
pub const STATUSES: &[&str] = &["general", "semi_large", "large", "special"];

const NO_YES: &[&str] = &["no", "yes"];
const MOVES: &[&str] = &["keep", "promotion", "demotion"];

static SPECS: [Spec; 6] = [
    Spec {
        name: "corporate",
        keys: &[("corporate", Kind::Name(NO_YES)), ("reasons", Kind::Int)],
        sums: &["customers", "destinations", "amount"],
    },
    Spec {
        name: "corporate_reasons",
        keys: &[("reason", Kind::Name(REASONS))],
        sums: &["customers", "corporate", "amount"],
    },
    Spec {
        name: "corporate_status",
        keys: &[
            ("before", Kind::Name(STATUSES)),
            ("status", Kind::Name(STATUSES)),
            ("move", Kind::Name(MOVES)),
        ],
        sums: &["customers", "destinations", "amount", "destinations_before"],
    },
    Spec {
        name: "corporate_customers",
        keys: &[
            ("customer", Kind::Word),
            ("corporate", Kind::Name(NO_YES)),
            ("before", Kind::Name(STATUSES)),
            ("status", Kind::Name(STATUSES)),
            ("reasons", Kind::Word),
        ],
        sums: &["destinations", "orders", "amount"],
    },
    Spec {
        name: "corporate_potential",
        keys: &[
            ("customer", Kind::Word),
            ("why", Kind::Name(reservations::WHY)),
            ("season", Kind::Word),
            ("year", Kind::Int),
        ],
        sums: &["destinations_before", "destinations", "amount"],
    },
    RESERVATIONS,
];

/// A year of one customer.
#[derive(Clone, Copy, Debug, Default)]
struct Year {
    destinations: i64,
    most: i64,
    orders: i64,
    amount: i64,
    pieces: i64,
    greatest: i64,
    invoice: bool,
    noshi: bool,
}

/// What contacts and words say of companies.
struct Companies {
    has_name: Vec<bool>,
    has_domain: Vec<bool>,
    /// By word of payment: 0 unread, 1 no invoice, 2 an invoice.
    invoices: Vec<u8>,
}

impl Companies {
    fn of(shop: &Shop<'_>, limits: &Limits) -> Self {
        let contacts = &shop.ledger.contacts;
        let people = shop.book.person_count() as usize;
        let mut companies = Companies {
            has_name: vec![false; people],
            has_domain: vec![false; people],
            invoices: Vec::new(),
        };
        let mark = |of: &mut Vec<bool>, person: u32| {
            if let Some(place) = of.get_mut(person as usize) {
                *place = true;
            }
        };
        for (record, person) in (0u32..).zip(&shop.people.person) {
            if contacts.company.get(record) != NONE {
                mark(&mut companies.has_name, *person);
            }
            let email = contacts.email.keys.get(contacts.email.get(record));
            if let Some(Key::Text(email)) = email
                && let Some((_, domain)) = email.rsplit_once('@')
                && !domain.contains('#')
                && !limits
                    .private_domains
                    .iter()
                    .any(|one| is_domain(domain, one))
            {
                mark(&mut companies.has_domain, *person);
            }
        }
        companies
    }

    fn is_invoice(&mut self, shop: &Shop<'_>, limits: &Limits, row: u32) -> bool {
        let word = shop.ledger.orders.details.payment.get(row);
        if word == NONE {
            return false;
        }
        let place = word as usize;
        if place >= self.invoices.len() {
            self.invoices.resize(place + 1, 0);
        }
        let Some(known) = self.invoices.get_mut(place) else {
            return false;
        };
        if *known == 0 {
            let text = shop.ledger.word(word).unwrap_or_default();
            let is_invoice = limits
                .invoice_words
                .iter()
                .any(|one| text.contains(one.as_str()));
            *known = 1 + u8::from(is_invoice);
        }
        *known == 2
    }
}

/// Whether a domain is another one or within it.
fn is_domain(domain: &str, other: &str) -> bool {
    let before = domain.strip_suffix(other);
    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

impl Limits {
    /// Where a year stands on the ladder: a place in [`STATUSES`].
    fn status(&self, year: &Year) -> usize {
        let steps = self.ladder.iter();
        let by_destinations = steps.filter(|least| year.destinations >= **least).count();
        match year.amount >= self.special_amount {
            true => STATUSES.len() - 1,
            false => by_destinations,
        }
    }

    /// The reasons of a year.
    fn reasons(&self, year: &Year, has_name: bool, has_domain: bool, average: i64) -> u32 {
        let is_large = year.greatest >= average.saturating_mul(self.order_times)
            || year.pieces >= self.order_pieces;
        let all = [
            (COMPANY, has_name && is_large),
            (ORDER_DESTINATIONS, year.most >= self.order_destinations),
            (
                YEAR_DESTINATIONS,
                year.destinations >= self.year_destinations,
            ),
            (INVOICE, year.invoice),
            (DOMAIN, has_domain),
            (NOSHI, year.noshi),
        ];
        let bits = all.iter().filter(|(_, holds)| *holds);
        bits.fold(0, |bits, (bit, _)| bits | bit)
    }
}

impl Corporate {
    fn year(
        &self,
        shop: &Shop<'_>,
        reading: &mut Reading,
        companies: &mut Companies,
        orders: &[BookOrder],
        is_company: bool,
    ) -> Year {
        let mut year = Year::default();
        for order in orders {
            year.orders += 1;
            year.amount = year.amount.saturating_add(order.amount);
            year.greatest = year.greatest.max(order.amount);
            year.invoice |= companies.is_invoice(shop, &self.limits, order.row);
            if is_company {
                let lines = shop.ledger.lines.rows(order.line_start, order.line_count);
                let pieces = lines.fold(0i64, |sum, line| sum.saturating_add(line.quantity));
                year.pieces = year.pieces.max(pieces);
            }
            let shipments = reading.shipments(shop, order);
            let counts = |verdict: Verdict, evidence: u16| {
                verdict != Verdict::Own || evidence & SEVERAL != 0
            };
            let destinations = shipments
                .iter()
                .filter(|one| counts(one.verdict, one.evidence));
            // A cart may tell how many destinations there are and nothing of them.
            let told = i64::from(shop.ledger.orders.shipments.get(order.row));
            let told = if told >= 2 { told } else { 0 };
            let destinations = told.max(destinations.count() as i64);
            year.destinations += destinations;
            year.most = year.most.max(destinations);
            year.noshi |= shipments.iter().any(|one| one.is_of_company);
        }
        year
    }
}

/// The day so many months before another, and one on: where a span up to that day begins.
fn months_before(day: i32, months: u32) -> i32 {
    let from = date_of(day).checked_sub_months(Months::new(months));
    from.map_or(i32::MIN, |from| day_of(from).saturating_add(1))
}

impl Report for Corporate {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn needs(&self) -> Vec<Need> {
        match self.average_order {
            None => vec![Need::OrderValue],
            Some(_) => Vec::new(),
        }
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let [from, before] = [12, 24].map(|months| months_before(book.as_of_day, months));
        let shops = || shop.order_value().rounded(1, 1).unwrap_or(1);
        let average = self.average_order.unwrap_or_else(shops);
        let mut companies = Companies::of(shop, &self.limits);
        let mut reading = Reading::default();
        let coming = reservations::coming(&book.gifts.calendar, book.as_of_day);
        for (person, orders) in book.people(0..book.person_count()) {
            let start = orders.partition_point(|order| order.day < before);
            let (_, recent) = orders.split_at_checked(start).unwrap_or_default();
            if recent.is_empty() || person == NO_PERSON {
                continue;
            }
            let middle = recent.partition_point(|order| order.day < from);
            let (last, now) = recent.split_at_checked(middle).unwrap_or_default();
            let is = |of: &Vec<bool>| of.get(person as usize) == Some(&true);
            let (has_name, has_domain) = (is(&companies.has_name), is(&companies.has_domain));
            let year = self.year(shop, &mut reading, &mut companies, now, has_name);
            let before = self.year(shop, &mut reading, &mut companies, last, false);
            let [status, was] = [&year, &before].map(|year| self.limits.status(year));
            let reasons = match now {
                [] => 0,
                _ => self.limits.reasons(&year, has_name, has_domain, average),
            };
            let is_corporate = !now.is_empty()
                && (reasons.count_ones() >= self.limits.reasons
                    || year.amount >= average.saturating_mul(self.limits.year_times));
            let corporate = i64::from(is_corporate);
            let sums = [1, year.destinations, year.amount];
            if !now.is_empty() {
                tally.add(0, person, &[corporate, reasons.count_ones().into()], &sums);
            }
            for bit in (0..REASONS.len()).filter(|bit| reasons >> bit & 1 != 0) {
                tally.add(1, person, &[bit as i64], &[1, corporate, year.amount]);
            }
            let way = i64::from(status > was) + 2 * i64::from(status < was);
            let key = [was as i64, status as i64, way];
            let sums = [1, year.destinations, year.amount, before.destinations];
            tally.add(2, person, &key, &sums);
            if is_corporate || status > 0 || was > 0 {
                let customer = word_of_person(tally, shop, person);
                let reasons = word_of_bits(tally, reasons, REASONS);
                let key = [customer, corporate, was as i64, status as i64, reasons];
                let sums = [year.destinations, year.orders, year.amount];
                tally.add(3, person, &key, &sums);
            }
            let sent = reading.sent(shop, orders);
            if sent.is_empty() {
                continue;
            }
            if status == 0
                && let Some(one) = Potential::of(&self.limits, sent, book.as_of_day)
            {
                let season = tally.word(book.gifts.calendar.name(one.season));
                let customer = word_of_person(tally, shop, person);
                let key = [customer, one.why, season, one.year.into()];
                tally.add(4, person, &key, &[one.before, one.destinations, one.amount]);
            }
            let is_large = is_corporate || status.max(was) >= 1;
            for one in &coming {
                one.put(shop, &self.limits, tally, (person, is_large), sent);
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for spec in SPECS.iter().take(3) {
            let mut table = counted.table(spec.name);
            if spec.name == "corporate" {
                let all = || counted.rows(spec.name).filter_map(|row| row.get(2));
                let whole: i64 = all().sum();
                let rates = all().map(|part| share(*part, whole)).into_list();
                table.push_rates(["share"], [rates]);
            }
            sheet.push(spec.name, table);
        }
        // Each list by its last column: the amount.
        for spec in SPECS.iter().skip(3) {
            let table = greatest(counted, spec.name, self.limit, spec.width() - 1);
            sheet.push(spec.name, table);
            let all = counted.rows(spec.name).count();
            sheet.note("more_customers", all.saturating_sub(self.limit) as u64);
        }
    }
}
