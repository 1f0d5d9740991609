use super::*;
use crate::report::cpm::tests::{book, many, of_shop};

const DAY: i32 = 19_000;

#[test]
fn what_is_told_comes_back_and_cut_bytes_are_refused() {
    let sums = OrderValue {
        amount: -7,
        orders: 3,
    };
    let value = encode(&sums.sums(), DAY);
    let mut bytes = told(&Need::OrderValue.name(), &value);
    bytes.extend(told(&Need::Gaps.name(), &encode(&Sums::default(), DAY)));
    let mut known = Told::default();
    assert_eq!(known.take_in(&bytes, DAY), Ok(false));
    assert_eq!(known.len(), 2);
    let found = known.find(&Need::OrderValue);
    let read = found.and_then(|(day, input)| Some((day, Need::OrderValue.decode(input).ok()?)));
    assert_eq!(read, Some((DAY, sums.sums())));
    assert!(known.find(&Need::Decided).is_none());
    // Told again it says nothing new; told otherwise it does.
    assert_eq!(known.take_in(&bytes, DAY), Ok(false));
    let other = told(&Need::Gaps.name(), &value);
    assert_eq!(known.take_in(&other, DAY), Ok(true));
    assert_eq!(known.take_in(&bytes, DAY + 1), Err(Malformed));
    let whole = told(&Need::OrderValue.name(), &value).len();
    for end in (0..bytes.len()).filter(|end| ![0, whole].contains(end)) {
        let cut = bytes.get(..end).unwrap_or_default();
        let taken = Told::default().take_in(cut, DAY);
        assert_eq!(taken, Err(Malformed), "{end}");
    }
}

#[test]
fn standings_of_parts_are_those_of_the_whole() {
    let people = many(300);
    let people: Vec<&[(i32, i64)]> = people.iter().map(Vec::as_slice).collect();
    let (ours, theirs) = people.split_at(117);
    for need in [Need::OrderValue, Need::Gaps] {
        let of = |people: &[&[(i32, i64)]]| of_shop(&book(DAY, people), |shop| need.sums(shop));
        let whole = of(&people).unwrap_or_default();
        assert!(!whole.cells.is_empty());
        let parts = of(ours).unwrap_or_default();
        assert_eq!(parts.merge(&of(theirs).unwrap_or_default()), whole);
    }
}

#[test]
fn a_shop_that_was_told_does_not_look_at_its_own() {
    let own: [&[(i32, i64)]; 1] = [&[(100, 5_000)]];
    let mut known = Told::default();
    let value = OrderValue {
        amount: 90,
        orders: 9,
    };
    let bytes = told(&Need::OrderValue.name(), &encode(&value.sums(), DAY));
    assert_eq!(known.take_in(&bytes, DAY), Ok(false));
    let of = |told: Option<&Told>| {
        of_shop(&book(DAY, &own), |shop| {
            Shop { told, ..*shop }.order_value()
        })
    };
    assert_eq!(of(None).amount, 5_000);
    assert_eq!(of(Some(&known)), value);
}

#[test]
fn spans_have_their_first_and_last_day() {
    let orders: [&[(i32, i64)]; 2] = [&[(10, 1), (20, 2), (30, 4)], &[(30, 8)]];
    let amounts = |span: Span| -> Vec<i64> {
        let figures = span.figures(&book(30, &orders));
        figures.iter().map(|figures| figures.amount).collect()
    };
    assert_eq!(amounts(Span::default()), [7, 8]);
    assert_eq!(amounts(Span::until(20)), [3]);
    let days = |days| Span { days, until: None };
    assert_eq!(amounts(days(11)), [6, 8]);
    assert_eq!(amounts(days(10)), [4, 8]);
}
