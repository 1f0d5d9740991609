//! 季節跨ぎ: who sends in one season and in another one of the same year.

use super::{Reading, groups};
use crate::list::List;
use crate::report::sheet::{Sheet, share};
use crate::report::{Counted, Kind, Report, Shop, Spec, Tally};

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub struct GiftCross;

static SPECS: [Spec; 1] = [Spec {
    name: "gift_cross",
    keys: &[("year", Kind::Int), ("a", Kind::Word), ("b", Kind::Word)],
    sums: &["senders"],
}];

impl Report for GiftCross {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let mut reading = Reading::default();
        for (person, orders) in book.people(0..book.person_count()) {
            let sent = reading.sent(shop, orders);
            let firsts = || groups(sent).filter_map(|group| group.first());
            for a in firsts() {
                for b in firsts().filter(|b| b.year == a.year) {
                    let words = [a, b].map(|one| tally.word(book.gifts.calendar.name(one.season)));
                    tally.add(0, person, &[a.year.into(), words[0], words[1]], &[1]);
                }
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("gift_cross");
        let senders = |year: i64, a: i64| {
            let mut rows = counted.rows("gift_cross");
            let row = rows.find(|row| row.get(..3) == Some(&[year, a, a]));
            row.and_then(|row| row.get(3)).copied().unwrap_or(0)
        };
        let rate = |row: &[i64]| match row {
            [year, a, _, both] => share(*both, senders(*year, *a)),
            _ => None,
        };
        let rates = counted.rows("gift_cross").map(rate).into_list();
        table.push_rates(["rate"], [rates]);
        sheet.push("gift_cross", table);
    }
}
