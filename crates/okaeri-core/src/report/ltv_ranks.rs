//! Customers by LTV rank (高LTV, 潜在LTV, 一般), and by the rule that gave it: see
//! [`crate::analysis::ltv_rank`].

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Report, Shop, Spec, Values};
use crate::analysis::ltv_rank::{LtvBounds, LtvFigures, LtvRules, RANKS, REASONS};
use crate::book::BookOrder;
use crate::forecast::shop::Options;
use crate::list::List;
use crate::subscription::{Contract, SEEN, Status, Subscriptions, Unread};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LtvRanks {
    /// Bounds of the rules.
    pub bounds: LtvBounds,
    /// The forecast that customers are ranked by too; without one those rules never hold.
    pub options: Option<Options>,
}

/// Days that the amount is of.
const YEAR_DAYS: i32 = 365;

static SPECS: [Spec; 3] = [
    Spec {
        name: "ltv_ranks",
        keys: &[("rank", Kind::Name(RANKS))],
        sums: &["customers", "amount", "subscribers"],
    },
    Spec {
        name: "ltv_reasons",
        keys: &[
            ("rank", Kind::Name(RANKS)),
            ("reason", Kind::Name(REASONS)),
            ("bound", Kind::Int),
        ],
        sums: &["customers", "amount", "figures"],
    },
    SEEN,
];

/// What a customer is ranked by, the forecast apart.
pub fn figures(orders: &[BookOrder], contracts: &[Contract], as_of: i32) -> LtvFigures {
    let recent = |order: &&BookOrder| as_of.saturating_sub(order.day) < YEAR_DAYS;
    let recent = orders.iter().filter(recent);
    let (first, last) = (orders.first(), orders.last());
    let days = first.zip(last).map(|(a, b)| b.day.saturating_sub(a.day));
    let gaps = i32::try_from(orders.len()).unwrap_or(i32::MAX) - 1;
    let alive = contracts.iter().filter(|contract| {
        let status = contract.status(as_of);
        status.is_some_and(Status::is_alive)
    });
    let cancelled = contracts
        .iter()
        .filter(|contract| contract.status(as_of) == Some(Status::Cancelled));
    LtvFigures {
        amount: recent.fold(0, |sum, order| sum.wrapping_add(order.amount)),
        forecast: None,
        cycles: alive.map(|contract| contract.cycles(as_of)).max(),
        interval_days: days.filter(|_| gaps > 0).map(|days| days / gaps),
        recency_days: last.map_or(0, |last| as_of.saturating_sub(last.day)),
        cancelled: cancelled.count() as u32,
    }
}

impl Report for LtvRanks {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn forecast(&self) -> Option<Options> {
        self.options
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let subscriptions = Subscriptions::of(shop);
        subscriptions.unread.tally(tally, 2);
        let as_of = shop.book.as_of_day;
        let rules = LtvRules::of(&self.bounds);
        let mut rest = subscriptions.contracts.as_slice();
        // Forecasts come in the order of the figures, which is that of the people.
        let mut forecasts = shop.forecast.map(|shop| shop.rows.iter());
        for (person, orders) in shop.book.people(0..shop.book.person_count()) {
            let before = rest.iter().take_while(|c| c.person < person).count();
            let (_, from) = rest.split_at(before);
            let count = from.iter().take_while(|c| c.person == person).count();
            let (theirs, after) = from.split_at(count);
            rest = after;
            let mut figures = figures(orders, theirs, as_of);
            let row = forecasts.as_mut().and_then(Iterator::next);
            figures.forecast = row.map(|row| row.value).filter(|value| value.is_finite());
            let ranked = rules.rank(&figures);
            let rank = ranked.rank as i64;
            let subscribes = i64::from(figures.cycles.is_some());
            tally.add(0, person, &[rank], &[1, figures.amount, subscribes]);
            let key = [rank, ranked.reason as i64, ranked.bound];
            tally.add(1, person, &key, &[1, figures.amount, ranked.figure]);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let all: i64 = counted.rows("ltv_ranks").filter_map(|row| row.get(1)).sum();
        let mut table = counted.table("ltv_ranks");
        let customers = |row: &[i64]| row.get(1).copied().unwrap_or_default();
        let shares = counted
            .rows("ltv_ranks")
            .map(|row| share(customers(row), all));
        let shares = Values::MaybeReal(shares.into_list());
        table.columns.push(("share", shares));
        sheet.push("ltv_ranks", table);
        let mut table = counted.table("ltv_reasons");
        table.columns.retain(|(name, _)| *name != "figures");
        let means = counted.rows("ltv_reasons").map(|row| match row {
            [_, _, _, customers, _, figures] => share(*figures, *customers),
            _ => None,
        });
        let means = Values::MaybeReal(means.into_list());
        table.columns.push(("mean_figure", means));
        sheet.push("ltv_reasons", table);
        Unread::note(counted, sheet);
    }
}
