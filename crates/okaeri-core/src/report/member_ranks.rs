//! Customers by member rank (会員ランク): who is about to rise, and who to fall.

use super::sheet::{Sheet, share};
use super::tally::{Counted, Tally};
use super::{Kind, Need, Report, Shop, Spec, Values};
use crate::analysis::ranks::{Held, Ladder, Pins, Plan};
use crate::identity::NO_PERSON;
use crate::list::List;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRanks {
    /// How ranks are earned and kept.
    pub plan: Plan,
    /// The shop's names of the ranks, the lowest first.
    pub names: Vec<String>,
    /// Days ahead in which a rank may be lost.
    pub outlook_days: i32,
}

static SPECS: [Spec; 2] = [
    Spec {
        name: "member_ranks",
        keys: &[("rank", Kind::Int)],
        sums: &[
            "customers",
            "orders",
            "amount",
            "window_orders",
            "window_amount",
            "near_by_amount",
            "near_by_orders",
            "falling",
            "kept",
            "carried_over",
            "grace",
            "pinned",
        ],
    },
    Spec {
        name: "member_rank_bounds",
        keys: &[
            ("rank", Kind::Int),
            ("up_amount", Kind::Int),
            ("up_orders", Kind::Int),
            ("keep_amount", Kind::Int),
            ("keep_orders", Kind::Int),
        ],
        sums: &[],
    },
];

/// Stands for a bound that plays no part.
const NO_BOUND: i64 = -1;

impl Report for MemberRanks {
    fn specs(&self) -> &'static [Spec] {
        &SPECS
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::OrderValue]
    }

    fn collect(&self, shop: &Shop<'_>, tally: &mut Tally) {
        let book = shop.book;
        let value = shop.order_value();
        let ladder = Ladder::of(&self.plan, value);
        tally.add(0, NO_PERSON, &[0], &[0; 12]);
        for ((up, keep), rank) in ladder.up.iter().zip(&ladder.keep).zip(1..) {
            let [by_amount, by_orders] = ladder.counts();
            let bound = |is_there: bool, value: i64| if is_there { value } else { NO_BOUND };
            let key = [
                rank,
                bound(by_amount, up[0]),
                bound(by_orders, up[1]),
                bound(by_amount, keep[0]),
                bound(by_orders, keep[1]),
            ];
            tally.add(1, NO_PERSON, &key, &[]);
            tally.add(0, NO_PERSON, &[rank], &[0; 12]);
        }
        let later = book.as_of_day.saturating_add(self.outlook_days);
        let pins = Pins::of(&self.plan, shop.keys, &shop.ledger.contacts);
        for (person, orders) in book.people(0..book.person_count()) {
            let now = pins.standing(person, &ladder, (shop.ledger, orders), book.as_of_day);
            let falls = now.falls_on.is_some_and(|day| day <= later);
            let is = |held: Held| i64::from(now.rank > 0 && now.held == held);
            // Less than one average order is missing.
            let is_near = now
                .amount_to_next
                .is_some_and(|missing| missing.saturating_mul(value.orders) < value.amount);
            let sums = [
                1,
                orders.len() as i64,
                orders
                    .iter()
                    .fold(0i64, |sum, o| sum.wrapping_add(o.amount)),
                now.window_orders,
                now.window_amount,
                is_near.into(),
                now.orders_to_next
                    .is_some_and(|missing| missing <= 1)
                    .into(),
                falls.into(),
                is(Held::Kept),
                is(Held::CarriedOver),
                is(Held::Grace),
                i64::from(now.held == Held::Pinned),
            ];
            tally.add(0, person, &[now.rank.into()], &sums);
        }
    }

    fn finish(&self, counted: &Counted, sheet: &mut Sheet) {
        let name = |row: &[i64]| {
            let rank = usize::try_from(*row.first()?).ok()?;
            self.names.get(rank).cloned()
        };
        let all: i64 = counted
            .rows("member_ranks")
            .filter_map(|row| row.get(1))
            .sum();
        let shares = counted.rows("member_ranks");
        let shares = shares.map(|row| share(row.get(1).copied().unwrap_or_default(), all));
        let shares = Values::MaybeReal(shares.into_list());
        for spec in &SPECS {
            let mut table = counted.table(spec.name);
            let names = counted.rows(spec.name).map(name).into_list();
            table.columns.insert(1, ("name", Values::Text(names)));
            for (name, values) in table.columns.iter_mut().skip(2) {
                if let Values::Int(found) = values
                    && (name.starts_with("up_") || name.starts_with("keep_"))
                {
                    let bound = found.iter().map(|v| Some(*v).filter(|v| *v != NO_BOUND));
                    *values = Values::MaybeInt(bound.into_list());
                }
            }
            sheet.push(spec.name, table);
        }
        if let Some((_, table)) = sheet
            .tables
            .iter_mut()
            .find(|(name, _)| *name == "member_ranks")
        {
            table.columns.push(("customer_share", shares));
        }
    }
}
