//! Orders by their exact amounts: where the threshold is, and what another would change.

use crate::list::List;
use crate::report::margin::{MarginRule, Worth, cost_share};
use crate::report::sheet::{Table, Values, share};
use crate::report::tally::Counted;

/// Orders of one amount of goods.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    /// The amount.
    pub amount: i64,
    /// Orders of it.
    pub orders: i64,
    /// Those without postage.
    pub free: i64,
    /// Postage of the others together.
    pub postage: i64,
}

/// Orders by amount, ascending.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// A row for each amount.
    pub rows: Vec<Row>,
    /// Margin in the sales.
    pub margin_share: f64,
}

/// The amount from which an order is just below a threshold.
fn near(threshold: i64) -> i64 {
    threshold.saturating_mul(80) / 100
}

impl Orders {
    /// From the counts.
    pub fn of(counted: &Counted, rule: MarginRule) -> Self {
        let mut worth = Worth::default();
        let mut rows = Vec::new();
        for row in counted.rows("free_shipping") {
            if let [amount, orders, free, postage, sums @ ..] = row {
                worth.add(&Worth::of(sums));
                rows.push(Row {
                    amount: *amount,
                    orders: *orders,
                    free: *free,
                    postage: *postage,
                });
            }
        }
        let margin = worth.margin(cost_share(counted, rule));
        let margin_share = match worth.sales {
            0 => 0.0,
            sales => margin / sales as f64,
        };
        Orders { rows, margin_share }
    }

    fn between(&self, from: i64, to: i64) -> impl Iterator<Item = &Row> {
        let rows = self.rows.iter();
        rows.filter(move |row| (from..to).contains(&row.amount))
    }

    /// Orders just below a threshold, and what they lack together.
    pub fn below(&self, threshold: i64) -> [i64; 2] {
        let rows = self.between(near(threshold), threshold);
        rows.fold([0, 0], |[count, lack], row| {
            [
                count + row.orders,
                lack + row.orders * (threshold - row.amount),
            ]
        })
    }

    /// Share of the orders that are free below a threshold, or pay from it on.
    pub fn wrong_share(&self, threshold: i64) -> Option<f64> {
        let wrong = self.rows.iter().map(|row| match row.amount < threshold {
            true => row.free,
            false => row.orders - row.free,
        });
        let all = self.rows.iter().map(|row| row.orders);
        share(wrong.sum(), all.sum())
    }

    /// The threshold: the amount with the fewest orders on the wrong side, if most orders below pay
    /// and most of the others do not. Of amounts that part the orders alike, the roundest.
    pub fn threshold(&self, bin: i64) -> Option<i64> {
        let free: i64 = self.rows.iter().map(|row| row.free).sum();
        let orders: i64 = self.rows.iter().map(|row| row.orders).sum();
        // Before any row all are above, so that those that pay are wrong.
        let mut wrong = orders - free;
        let mut best: Option<(i64, usize)> = None;
        let mut counts = [0, 0];
        let mut best_counts = [0, 0];
        for (place, row) in self.rows.iter().enumerate() {
            let is_better = best.is_none_or(|(least, _)| wrong < least);
            if place > 0 && is_better {
                best = Some((wrong, place));
                best_counts = counts;
            }
            wrong += row.free - (row.orders - row.free);
            let [below, free_below] = counts;
            counts = [below + row.orders, free_below + row.free];
        }
        let (_, place) = best?;
        let [below, free_below] = best_counts;
        let is_clear = free_below * 2 < below && (free - free_below) * 2 > orders - below;
        if !is_clear {
            return None;
        }
        let above = self.rows.get(place)?.amount;
        let under = self.rows.get(place.checked_sub(1)?)?.amount;
        let round = [10 * bin, 2 * bin, bin, bin / 5, 1];
        let steps = round.into_iter().filter(|step| *step > 0);
        let mut rounded = steps.map(|step| above / step * step);
        rounded.find(|amount| *amount > under)
    }

    /// What other thresholds would change.
    pub fn moves(&self, today: i64, to: &[i64], uplift: i64) -> Table {
        let paying = self.between(0, today);
        let [count, postage] = paying.fold([0, 0], |[count, postage], row| {
            [count + row.orders - row.free, postage + row.postage]
        });
        let mean = share(postage, count).unwrap_or_default();
        let mut counts = [const { Vec::new() }; 5];
        let mut money = [const { Vec::new() }; 5];
        for new in to {
            let lower = self.between(*new, today);
            let [newly_free, lost] = lower.fold([0, 0], |[count, postage], row| {
                [count + row.orders - row.free, postage + row.postage]
            });
            let newly_paying: i64 = self.between(today, *new).map(|row| row.free).sum();
            let [below, lack] = self.below(*new);
            let postage_change = newly_paying as f64 * mean - lost as f64;
            let part = uplift as f64 / 100.0;
            let sales = lack as f64 * part;
            // Who fills up pays no postage any more.
            let filled = sales * self.margin_share - below as f64 * part * mean;
            let values = [*new, near(*new), newly_free, newly_paying, below];
            for (column, value) in counts.iter_mut().zip(values) {
                column.push(value);
            }
            let values = [
                postage_change,
                below as f64 * part,
                sales,
                filled,
                postage_change + filled,
            ];
            for (column, value) in money.iter_mut().zip(values) {
                column.push(value);
            }
        }
        let names = [
            "threshold",
            "near_from",
            "newly_free",
            "newly_paying",
            "just_below",
        ];
        let counts = names.into_iter().zip(counts.into_iter().map(Values::Int));
        let names = [
            "postage_change",
            "filled_orders",
            "filled_sales",
            "filled_margin",
            "margin_change",
        ];
        let money = names.into_iter().zip(money.into_iter().map(Values::Real));
        Table {
            columns: counts.chain(money).into_list(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(rows: &[(i64, i64, i64, i64)]) -> Orders {
        let row = |(amount, orders, free, postage): &(i64, i64, i64, i64)| Row {
            amount: *amount,
            orders: *orders,
            free: *free,
            postage: *postage,
        };
        Orders {
            rows: rows.iter().map(row).collect(),
            margin_share: 0.5,
        }
    }

    #[test]
    fn a_threshold_parts_those_who_pay_from_those_who_do_not() {
        let clear = orders(&[
            (1_000, 9, 0, 5_400),
            (4_980, 3, 1, 1_200),
            (5_120, 4, 4, 0),
            (9_000, 2, 1, 600),
        ]);
        assert_eq!(clear.threshold(500), Some(5_000));
        assert_eq!(clear.wrong_share(5_000), Some(2.0 / 18.0));
        let odd = orders(&[(3_940, 2, 0, 1_200), (3_980, 2, 2, 0)]);
        assert_eq!(odd.threshold(500), Some(3_980));
        // Nobody pays, nobody is free, or dearer orders pay.
        assert_eq!(
            orders(&[(1_000, 2, 2, 0), (2_000, 2, 2, 0)]).threshold(500),
            None
        );
        assert_eq!(
            orders(&[(1_000, 2, 0, 9), (2_000, 2, 0, 9)]).threshold(500),
            None
        );
        assert_eq!(
            orders(&[(1_000, 2, 2, 0), (2_000, 2, 0, 9)]).threshold(500),
            None
        );
        assert_eq!(orders(&[]).threshold(500), None);
    }

    #[test]
    fn who_is_just_below_lacks_something() {
        let all = orders(&[
            (3_999, 1, 0, 600),
            (4_000, 2, 0, 1_200),
            (4_999, 1, 0, 600),
            (5_000, 1, 1, 0),
        ]);
        // Two lack 1,000 and one lacks 1.
        assert_eq!(all.below(5_000), [3, 2_001]);
    }

    #[test]
    fn another_threshold_frees_some_and_charges_others() {
        let all = orders(&[
            (4_000, 2, 0, 1_200),
            (4_600, 1, 0, 600),
            (5_000, 3, 3, 0),
            (6_000, 1, 1, 0),
        ]);
        let moves = all.moves(5_000, &[4_500, 5_000, 5_500], 10);
        let column = |name: &str| {
            let found = moves.columns.iter().find(|(column, _)| *column == name);
            found.map(|(_, values)| values.clone())
        };
        assert_eq!(column("newly_free"), Some(Values::Int(vec![1, 0, 0])));
        assert_eq!(column("newly_paying"), Some(Values::Int(vec![0, 0, 3])));
        // Below 4,500: the two of 4,000. Below 5,000 all three. Below 5,500, from 4,400: four.
        assert_eq!(column("just_below"), Some(Values::Int(vec![2, 3, 4])));
        let postage = Values::Real(vec![-600.0, 0.0, 1_800.0]);
        assert_eq!(column("postage_change"), Some(postage));
        // They lack 1,000, 2,400 and 900 + 3 x 500.
        let sales = Values::Real(vec![100.0, 240.0, 240.0]);
        assert_eq!(column("filled_sales"), Some(sales));
        let expected = [50.0 - 120.0, 120.0 - 180.0, 120.0 - 240.0];
        let margin = match column("filled_margin") {
            Some(Values::Real(margin)) => margin,
            _ => Vec::new(),
        };
        assert_eq!(margin.len(), expected.len());
        let mut pairs = margin.iter().zip(expected);
        assert!(pairs.all(|(is, wanted)| (is - wanted).abs() < 1e-9));
    }
}
