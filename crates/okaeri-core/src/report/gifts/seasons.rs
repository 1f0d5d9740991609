//! Seasons by year: who sends, to how many, and who sends again the year after.
//!
//! シーズン継続率 is the share of a season's senders who send in the same season of the next year,
//! 届け先継続率 the share of pairs (sender, recipient) that are repeated; both are null until the
//! next year's season is over (ours). 自家需要転換 is the first order for own use within a number
//! of days after the first gift, of senders who had none before and whose days are over.

use super::{Reading, amount, group, groups, has, is_open_gift, order_count, pairs};
use crate::book::BookOrder;
use crate::gifts::seasons::Calendar;
use crate::identity::NO_PERSON;
use crate::report::sheet::{Rates, Sheet, share};
use crate::report::{Counted, Kind, Report, Shop, Spec, Tally, Values};
use crate::zone::month_of;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct GiftSeasons {
    /// The shop's seasons.
    pub calendar: Calendar,
    /// Days after the first gift within which an order for own use is a conversion.
    pub conversion_days: i32,
}

static SPECS: [Spec; 2] = [
    Spec {
        name: "gift_seasons",
        keys: &[("season", Kind::Word), ("year", Kind::Int)],
        sums: &[
            "senders",
            "orders",
            "shipments",
            "pairs",
            "amount",
            "continued",
            "pairs_continued",
        ],
    },
    Spec {
        name: "own_conversion",
        keys: &[("cohort", Kind::Int)],
        sums: &["senders", "had_own", "waiting", "closed", "converted"],
    },
];

impl GiftSeasons {
    fn conversion(
        &self,
        shop: &Shop<'_>,
        reading: &mut Reading,
        tally: &mut Tally,
        person: u32,
        orders: &[BookOrder],
    ) {
        let Some(first) = orders
            .iter()
            .position(|order| is_open_gift(reading, shop, order))
        else {
            return;
        };
        let (before, after) = orders.split_at_checked(first).unwrap_or_default();
        let Some(gift) = after.first() else {
            return;
        };
        let is_own = |order: &&BookOrder| !shop.book.is_gift(shop.ledger, order);
        let had_own = before.iter().any(|order| is_own(&order));
        let is_over = shop.book.as_of_day.saturating_sub(gift.day) >= self.conversion_days;
        let own = after.iter().find(is_own);
        let is_in_time =
            own.is_some_and(|own| own.day.saturating_sub(gift.day) <= self.conversion_days);
        let sums = match (had_own, is_over) {
            (true, _) => [1, 1, 0, 0, 0],
            (false, false) => [1, 0, 1, 0, 0],
            (false, true) => [1, 0, 0, 1, is_in_time.into()],
        };
        tally.add(1, person, &[month_of(gift.day).into()], &sums);
    }
}

impl Report for GiftSeasons {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let mut reading = Reading::default();
        let count =
            |reading: &mut Reading, tally: &mut Tally, person: u32, orders: &[BookOrder]| {
                let is_customer = person != NO_PERSON;
                let sent = reading.sent(shop, orders);
                for of_season in groups(sent) {
                    let Some(one) = of_season.first() else {
                        continue;
                    };
                    let next = group(sent, one.season, one.year + 1);
                    let (mut all, mut repeated) = (0, 0);
                    for pair in pairs(of_season).filter(|_| is_customer) {
                        all += 1;
                        repeated +=
                            i64::from(pair.first().is_some_and(|one| has(next, one.recipient)));
                    }
                    let name = tally.word(book.gifts.calendar.name(one.season));
                    let sums = [
                        is_customer.into(),
                        order_count(of_season),
                        of_season.len() as i64,
                        all,
                        amount(of_season),
                        i64::from(!next.is_empty()),
                        repeated,
                    ];
                    tally.add(0, person, &[name, one.year.into()], &sums);
                }
            };
        for (person, orders) in book.people(0..book.person_count()) {
            count(&mut reading, tally, person, orders);
            self.conversion(shop, &mut reading, tally, person, orders);
        }
        for guest in &book.guests {
            count(&mut reading, tally, NO_PERSON, std::slice::from_ref(guest));
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("gift_seasons");
        let mut closed = Vec::new();
        let mut rates: [Vec<Option<f64>>; 4] = Default::default();
        for row in counted.rows("gift_seasons") {
            let [
                season,
                year,
                senders,
                orders,
                shipments,
                pairs,
                amount,
                continued,
                repeated,
            ] = row
            else {
                continue;
            };
            let name = usize::try_from(*season)
                .ok()
                .and_then(|word| counted.words.get(word));
            let season = name.and_then(|name| self.calendar.find(name));
            let is_over = |year: i64| {
                let window = season.map(|season| self.calendar.widest(season, year as i32));
                window.is_some_and(|window| window.end <= sheet.as_of_day)
            };
            closed.push(i64::from(is_over(*year)));
            let next = is_over(*year + 1);
            let values = [
                share(*continued, *senders).filter(|_| next),
                share(*repeated, *pairs).filter(|_| next),
                share(*shipments, *orders),
                share(*amount, *shipments),
            ];
            for (column, value) in rates.iter_mut().zip(values) {
                column.push(value);
            }
        }
        table.columns.push(("is_closed", Values::Int(closed)));
        let names = [
            "continuation",
            "pair_continuation",
            "destinations_per_order",
            "amount_per_destination",
        ];
        table.push_rates(names, rates);
        sheet.push("gift_seasons", table);
        let mut table = counted.table("own_conversion");
        let mut rates = Rates::default();
        for row in counted.rows("own_conversion") {
            if let [_, _, _, _, closed, converted] = row {
                rates.push(*converted, *closed);
            }
        }
        rates.append(&mut table, ["rate", "rate_low", "rate_high"]);
        sheet.push("own_conversion", table);
    }
}
