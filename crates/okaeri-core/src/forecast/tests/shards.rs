//! A forecast of customers in any order, and of some of them by what all said.

use super::holdout::{CUTOFF, log, seasonal_log};
use crate::analysis::wire::{Malformed, begun, opened};
use crate::forecast::model::Kind;
use crate::forecast::periods::Periods;
use crate::forecast::purchases::PurchaseDay;
use crate::forecast::purchases::Purchases;
use crate::forecast::shop::{self, Fitted, Options, Wanted};
use crate::order::sorted;

/// The customers whose places `take` says, in an order of their own.
fn some(purchases: &Purchases, take: impl Fn(usize) -> bool) -> Purchases {
    let customers = purchases.customers().enumerate();
    let customers: Vec<_> = customers.filter(|(place, _)| take(*place)).collect();
    // Scattered by multiplication.
    let mixed = |place: usize| (place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let customers = sorted(customers, |a, b| mixed(a.0).cmp(&mixed(b.0)));
    let mut some = Purchases::default();
    for (_, days) in customers {
        some.push(days.iter().copied());
    }
    some
}

#[test]
fn the_order_of_customers_is_nothing() {
    let log = log();
    let mixed = some(&log, |_| true);
    let options = Options {
        compared_customers: 500,
        ..Options::on(CUTOFF)
    };
    let of = |purchases: &Purchases| shop::forecast(&purchases.canonical().0, options, None);
    let (one, other) = (of(&log), of(&mixed));
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    // Each customer's place leads to the customer.
    let (sorted, places) = mixed.canonical();
    let sorted: Vec<_> = sorted.customers().collect();
    for (days, place) in mixed.customers().zip(places) {
        assert_eq!(sorted.get(place as usize), Some(&days));
    }
}

/// What is told of a forecast, as it comes back from its bytes.
fn told(fitted: &Fitted, as_of_day: i32) -> Fitted {
    let mut out = begun(as_of_day);
    fitted.encode(&mut out);
    let read = |bytes| {
        let (day, input) = opened(bytes)?;
        Fitted::decode(day, input)
    };
    // What ages there are stands last: without the last ones it is of fewer.
    let ages = 5 * fitted.ages.len();
    for end in 0..out.bytes.len().saturating_sub(ages) {
        let cut = out.bytes.get(..end).unwrap_or_default();
        let is_whole = read(cut).is_ok_and(|cut| cut.mean_spend == fitted.mean_spend);
        assert!(read(cut) == Err(Malformed) || is_whole, "{end}");
    }
    read(&out.bytes).unwrap()
}

#[track_caller]
fn parts_agree(purchases: &Purchases, options: Options, periods: Option<&Periods>) {
    let (all, places) = purchases.canonical();
    let whole = shop::forecast(&all, options, periods);
    let fitted = told(&whole.fitted, options.as_of_day);
    assert_eq!(fitted, whole.fitted);
    let mut seen = 0;
    for part in 0..3 {
        let ours = |place: usize| place % 3 == part;
        let mut some = Purchases::default();
        let mut expected = Vec::new();
        for (place, days) in purchases.customers().enumerate().filter(|(p, _)| ours(*p)) {
            some.push(days.iter().copied());
            let row = places
                .get(place)
                .and_then(|to| whole.rows.get(*to as usize));
            expected.extend(row.map(|row| format!("{row:?}")));
        }
        let found = shop::rows(&some, options, periods, &fitted);
        let found: Vec<String> = found.iter().map(|row| format!("{row:?}")).collect();
        assert_eq!(found, expected);
        seen += found.len();
    }
    assert_eq!(seen, whole.rows.len());
}

#[test]
fn some_customers_are_forecast_as_in_the_whole() {
    let log = log();
    for kind in Kind::ALL {
        let options = Options {
            model: Wanted::Only(kind),
            horizon_days: 120,
            ..Options::on(CUTOFF)
        };
        parts_agree(&log, options, None);
    }
    let periods = Periods::of_months(1, CUTOFF - 600, CUTOFF + 800);
    let by_months = Options {
        model: Wanted::Only(Kind::BgBb),
        ..Options::on(CUTOFF)
    };
    parts_agree(&log, by_months, Some(&periods));
}

#[test]
fn a_shop_with_seasons_tells_them() {
    let (purchases, end) = seasonal_log();
    let options = Options {
        horizon_days: 62,
        seasonal: true,
        model: Wanted::Only(Kind::BgNbd),
        ..Options::on(end)
    };
    let (all, _) = purchases.canonical();
    assert!(shop::forecast(&all, options, None).season.is_some());
    parts_agree(&purchases, options, None);
}

#[test]
fn purchases_come_back_and_cut_ones_are_refused() {
    let mut purchases = Purchases::default();
    let day = |(day, amount): (i32, f64)| PurchaseDay { day, amount };
    for days in [&[(18_000, 500.0), (18_400, -3.0)][..], &[(-5, 0.0)], &[]] {
        purchases.push(days.iter().copied().map(day));
    }
    let mut out = begun(CUTOFF);
    purchases.encode(&mut out);
    let read = |bytes| {
        let mut read = Purchases::default();
        read.decode(opened(bytes)?.1)?;
        Ok(format!("{read:?}"))
    };
    assert_eq!(read(&out.bytes), Ok(format!("{purchases:?}")));
    let amounts: Vec<i64> = purchases.amounts().collect();
    assert_eq!(amounts, [497, 0, 0]);
    for end in 0..out.bytes.len() {
        let cut = out.bytes.get(..end).unwrap_or_default();
        assert_ne!(read(cut), Ok(format!("{purchases:?}")), "{end}");
        assert!(read(cut).is_ok() || read(cut) == Err(Malformed));
    }
}
