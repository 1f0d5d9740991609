//! Shipments by what they are: gifts, uncertain ones and own use (ギフト比率).
//!
//! The three make up all shipments, and their amounts all amounts. Senders are called by the share
//! of gifts among their shipments: ギフト専用, 併用, 自家需要 (bounds are settings, ours). Why
//! somebody sends (のし) is counted without saying who: illness and mourning are no groups of
//! customers.

use super::{Reading, listed, word_of_bits, word_of_person};
use crate::book::{BookOrder, Months};
use crate::gifts::noshi::CLASSES;
use crate::gifts::shipments::SENDERS;
use crate::gifts::{EVIDENCE, Verdict};
use crate::identity::NO_PERSON;
use crate::list::List;
use crate::report::sheet::{Sheet, share};
use crate::report::{Counted, Kind, Report, Shop, Spec, Tally};

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct GiftShare {
    /// Rows of the list of uncertain shipments.
    pub limit: usize,
}

static SPECS: [Spec; 5] = [
    Spec {
        name: "gift_share",
        keys: &[("month", Kind::Int)],
        sums: &[
            "customers",
            "orders",
            "gift_orders",
            "shipments",
            "gift",
            "uncertain",
            "own",
            "amount",
            "gift_amount",
            "uncertain_amount",
            "own_amount",
        ],
    },
    Spec {
        name: "gift_evidence",
        keys: &[("evidence", Kind::Name(EVIDENCE))],
        sums: &["shipments", "gift", "uncertain", "own"],
    },
    Spec {
        name: "gift_senders",
        keys: &[("sender", Kind::Name(SENDERS))],
        sums: &["customers", "shipments", "gift", "amount"],
    },
    Spec {
        name: "gift_noshi",
        keys: &[("class", Kind::Name(CLASSES))],
        sums: &["shipments", "amount"],
    },
    Spec {
        name: "review",
        keys: &[
            ("day", Kind::Int),
            ("order", Kind::Word),
            ("destination", Kind::Int),
            ("customer", Kind::Word),
            ("score", Kind::Int),
            ("evidence", Kind::Word),
        ],
        sums: &["shipments", "amount"],
    },
];

/// Sums of a month of one customer.
#[derive(Default)]
struct Month {
    orders: [i64; 2],
    shipments: [i64; 4],
    amounts: [i64; 4],
}

impl Month {
    /// Adds a shipment to all, at place 0, or to those of its verdict.
    fn add(&mut self, place: usize, amount: i64) {
        if let Some(shipments) = self.shipments.get_mut(place) {
            *shipments += 1;
        }
        if let Some(amounts) = self.amounts.get_mut(place) {
            *amounts = amounts.saturating_add(amount);
        }
    }

    fn put(&self, tally: &mut Tally, person: u32, month: i32) {
        let customers = i64::from(person != NO_PERSON);
        let [all, own, uncertain, gift] = self.shipments;
        let [amount, of_own, of_uncertain, of_gift] = self.amounts;
        let [orders, gifts] = self.orders;
        let sums = [
            customers,
            orders,
            gifts,
            all,
            gift,
            uncertain,
            own,
            amount,
            of_gift,
            of_uncertain,
            of_own,
        ];
        tally.add(0, person, &[month.into()], &sums);
    }
}

impl GiftShare {
    /// Counts orders of one customer, or one of a guest.
    fn count(
        &self,
        shop: &Shop<'_>,
        reading: &mut Reading,
        tally: &mut Tally,
        person: u32,
        orders: &[BookOrder],
        (from, months): (i32, &Months),
    ) {
        let mut sender = [i64::from(person != NO_PERSON), 0, 0, 0];
        for orders in orders.chunk_by(|a, b| months.of(a.day) == months.of(b.day)) {
            let mut month = Month::default();
            for order in orders {
                month.orders[0] += 1;
                month.orders[1] += i64::from(shop.book.is_gift(shop.ledger, order));
                for shipment in reading.shipments(shop, order) {
                    month.add(0, shipment.amount);
                    month.add(shipment.verdict as usize + 1, shipment.amount);
                    let is = |wanted: Verdict| i64::from(shipment.verdict == wanted);
                    let of = [
                        1,
                        is(Verdict::Gift),
                        is(Verdict::Uncertain),
                        is(Verdict::Own),
                    ];
                    let mut evidence = shipment.evidence;
                    while evidence != 0 {
                        let bit = evidence.trailing_zeros();
                        tally.add(1, person, &[bit.into()], &of);
                        evidence &= evidence - 1;
                    }
                    if shipment.verdict == Verdict::Gift {
                        let class = shipment.class as i64;
                        tally.add(3, person, &[class], &[1, shipment.amount]);
                    }
                    if order.day >= from {
                        sender[1] += 1;
                        sender[2] += of[1];
                        sender[3] = sender[3].saturating_add(shipment.amount);
                    }
                    if shipment.verdict == Verdict::Uncertain && order.day >= from {
                        let row = shop.ledger.orders.rows.get(order.row as usize);
                        let id = row.and_then(|row| shop.ledger.order_ids.get(row.id));
                        let id = id.map(|id| id.to_string()).unwrap_or_default();
                        let key = [
                            order.day.into(),
                            tally.word(&id),
                            shipment.place as i64 + 1,
                            match person {
                                NO_PERSON => -1,
                                person => word_of_person(tally, shop, person),
                            },
                            shipment.score.into(),
                            word_of_bits(tally, shipment.evidence.into(), EVIDENCE),
                        ];
                        tally.add(4, person, &key, &[1, shipment.amount]);
                    }
                }
            }
            let first = orders.first().map_or(0, |order| months.of(order.day));
            month.put(tally, person, first);
        }
        if person != NO_PERSON {
            let [_, all, gifts, _] = sender.map(i64::unsigned_abs);
            let kind = shop.book.gifts.sender_of(gifts, all);
            tally.add(2, person, &[kind as i64], &sender);
        }
    }
}

impl Report for GiftShare {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let from = book.gifts.sender_from(book.as_of_day);
        let (first, last) = book.days.unwrap_or_default();
        let months = Months::between(first, last);
        let since = (from, &months);
        let mut reading = Reading::default();
        for (person, orders) in book.people(0..book.person_count()) {
            self.count(shop, &mut reading, tally, person, orders, since);
        }
        for guest in &book.guests {
            let orders = std::slice::from_ref(guest);
            self.count(shop, &mut reading, tally, NO_PERSON, orders, since);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        for spec in SPECS.iter().take(4) {
            let mut table = counted.table(spec.name);
            if spec.name == "gift_share" {
                let rate = |part: usize, whole: usize| {
                    let rows = counted.rows(spec.name);
                    rows.map(|row| share(*row.get(part)?, *row.get(whole)?))
                        .into_list()
                };
                table.push_rates(["gift_rate", "gift_amount_rate"], [rate(5, 4), rate(9, 8)]);
            }
            sheet.push(spec.name, table);
        }
        // The latest first.
        let review = listed(counted, "review", self.limit, &|a, b| {
            b.first().cmp(&a.first())
        });
        sheet.push("review", review);
        let listed = counted.rows("review").count();
        sheet.note("more_uncertain", listed.saturating_sub(self.limit) as u64);
    }
}
