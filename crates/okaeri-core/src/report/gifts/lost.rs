//! 送り忘れ: pairs of last year's season that are not repeated although its peak has begun.
//!
//! The list is for the sender alone. Recipients gave their addresses for a delivery, so of them it
//! says the prefecture, the first letter of the name, and how many there are; never a contact.

use super::{Reading, amount, begun, greatest, group, has, pairs, word_of_person};
use crate::gifts::regions::prefecture_name;
use crate::gifts::seasons::Calendar;
use crate::list::List;
use crate::order::sorted;
use crate::report::sheet::{Sheet, share};
use crate::report::{Counted, Kind, Report, Shop, Spec, Tally, Values};

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct GiftLost {
    /// The shop's seasons.
    pub calendar: Calendar,
    /// Senders in the list.
    pub limit: usize,
}

static SPECS: [Spec; 2] = [
    Spec {
        name: "gift_lost",
        keys: &[("season", Kind::Word), ("year", Kind::Int)],
        sums: &[
            "senders",
            "lost_senders",
            "pairs",
            "lost_pairs",
            "lost_amount",
        ],
    },
    Spec {
        name: "lost_senders",
        keys: &[
            ("season", Kind::Word),
            ("year", Kind::Int),
            ("customer", Kind::Word),
            ("recipients", Kind::Word),
        ],
        sums: &["lost_pairs", "lost_amount"],
    },
];

/// Kinds of recipients that a row names at most.
const NAMED_MAX: usize = 20;

/// `東京 山×2, 大阪 佐`: prefectures and first letters of records.
fn named(shop: &Shop<'_>, records: &[u32]) -> String {
    let name = |record: &u32| {
        let contact = shop.ledger.recipient(*record);
        let letter = contact.name.or(contact.name_kana);
        let letter = letter.and_then(|name| name.trim_start().chars().next());
        let prefecture = prefecture_name(shop.book.gifts.prefecture(*record));
        let mut text = String::from(prefecture.unwrap_or("?"));
        text.push(' ');
        text.push(letter.unwrap_or('?'));
        text
    };
    let names = sorted(records.iter().map(name).into_list(), String::cmp);
    let mut all = String::new();
    for same in names.chunk_by(|a, b| a == b).take(NAMED_MAX) {
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(same.first().map_or("", String::as_str));
        if same.len() > 1 {
            all.push('×');
            all.push_str(&same.len().to_string());
        }
    }
    all
}

impl Report for GiftLost {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let calendar = &book.gifts.calendar;
        let seasons = 0..calendar.len() as u8;
        let years: Vec<(u8, i32)> = seasons
            .map(|season| (season, begun(calendar, season, book.as_of_day)))
            .collect();
        let mut reading = Reading::default();
        let mut records = Vec::new();
        for (person, orders) in book.people(0..book.person_count()) {
            let sent = reading.sent(shop, orders);
            if sent.is_empty() {
                continue;
            }
            for (season, year) in &years {
                let last = group(sent, *season, year - 1);
                let now = group(sent, *season, *year);
                if last.is_empty() {
                    continue;
                }
                records.clear();
                let (mut all, mut lost_amount) = (0, 0i64);
                for pair in pairs(last) {
                    all += 1;
                    let Some(one) = pair.first() else { continue };
                    if !has(now, one.recipient) {
                        records.push(one.record);
                        lost_amount = lost_amount.saturating_add(amount(pair));
                    }
                }
                let lost = records.len() as i64;
                let key = [tally.word(calendar.name(*season)), (*year).into()];
                let sums = [1, i64::from(lost > 0), all, lost, lost_amount];
                tally.add(0, person, &key, &sums);
                if lost > 0 {
                    let customer = word_of_person(tally, shop, person);
                    let recipients = tally.word(&named(shop, &records));
                    let key = [key[0], key[1], customer, recipients];
                    tally.add(1, person, &key, &[lost, lost_amount]);
                }
            }
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let mut table = counted.table("gift_lost");
        let mut can_order = Vec::new();
        let mut rates = Vec::new();
        for row in counted.rows("gift_lost") {
            if let [season, year, _, _, pairs, lost, _] = row {
                let name = usize::try_from(*season).ok();
                let name = name.and_then(|word| counted.words.get(word));
                let season = name.and_then(|name| self.calendar.find(name));
                let last = season.map(|season| self.calendar.widest(season, *year as i32));
                let is_open = last.is_some_and(|window| window.last_call >= sheet.as_of_day);
                can_order.push(i64::from(is_open));
                rates.push(share(*lost, *pairs));
            }
        }
        table.columns.push(("can_order", Values::Int(can_order)));
        table.push_rates(["lost_rate"], [rates]);
        sheet.push("gift_lost", table);
        sheet.push(
            "lost_senders",
            greatest(counted, "lost_senders", self.limit, 5),
        );
        let all = counted.rows("lost_senders").count();
        sheet.note("more_senders", all.saturating_sub(self.limit) as u64);
    }
}
