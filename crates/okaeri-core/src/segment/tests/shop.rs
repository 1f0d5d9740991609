//! A made-up shop: its ledger, and the same facts as a plain list to compare with.

use std::sync::{Arc, LazyLock};

use super::dice::Dice;
use crate::analysis::customers::View;
use crate::analysis::people::{Figures, LifecycleBounds, figures};
use crate::analysis::rankings::Rankings;
use crate::book::{Book, Counting};
use crate::gifts::seasons::NAMES as NAMES_OF_SEASONS;
use crate::gifts::{Gifts, Rules};
use crate::identity::{People, Rule};
use crate::ledger::Ledger;
use crate::ledger::batch::{IntColumn, KeyColumn, LineBatch, TextColumn, TimeColumn};
use crate::people::{PersonKeys, resolve};
use crate::segment::{Names, Terms};
use crate::zone::Zone;

pub const AS_OF_DAY: i32 = 20_000;

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    member_ranks: ["regular", "Gold", "it's"].map(str::to_owned).into(),
    seasons: NAMES_OF_SEASONS.map(str::to_owned).into(),
});

/// What texts are read by.
pub fn terms() -> Terms<'static> {
    Terms {
        as_of_day: AS_OF_DAY,
        currency_digits: 0,
        names: &NAMES,
    }
}

#[derive(Clone, Debug)]
pub struct Order {
    pub day: i32,
    pub shop: Option<&'static str>,
    pub media: Option<&'static str>,
    pub coupons: Option<&'static str>,
    pub is_gift: bool,
    pub lines: Vec<(&'static str, i64)>,
}

#[derive(Clone, Debug, Default)]
pub struct Customer {
    pub email: Option<String>,
    pub prefecture: Option<&'static str>,
    pub company: Option<&'static str>,
    pub birth: Option<&'static str>,
    pub consent: Option<bool>,
    /// By day.
    pub orders: Vec<Order>,
}

/// The last one is what forms fill in by themselves.
const BIRTHS: [Option<&str>; 6] = [
    None,
    Some("1980-02-29"),
    Some("1990-12-31"),
    Some("2001-01-01"),
    Some("1975-07-20"),
    Some("1970-01-01"),
];

/// Customers; number `c17` is the one at 17.
pub fn customers(dice: &mut Dice, count: usize) -> Vec<Customer> {
    let one = |number: usize| {
        let domain = dice.pick(&["example.jp", "Example.COM", "mail.ne.jp", "broken"]);
        let mut customer = Customer {
            email: dice.chance(80).then(|| format!("c{number}@{domain}")),
            prefecture: dice.pick(&[None, Some("東京都"), Some("大阪府"), Some("京都府")]),
            company: dice.pick(&[None, None, Some("㈱茶"), Some("ｶ)ﾁｬ")]),
            birth: dice.pick(&BIRTHS),
            consent: dice.pick(&[None, Some(true), Some(true), Some(false)]),
            orders: Vec::new(),
        };
        let mut day = AS_OF_DAY - dice.below(800) as i32;
        for _ in 0..=dice.below(6) {
            let products = ["tea", "cup", "12", "pot", "tea"];
            let line = |dice: &mut Dice| (dice.pick(&products), dice.below(40) as i64 * 100);
            let mut lines: Vec<_> = (0..dice.below(3)).map(|_| line(dice)).collect();
            lines.push(("box", 1 + dice.below(3) as i64 * 1_000));
            customer.orders.push(Order {
                day,
                shop: dice.pick(&[None, Some("honten"), Some("mall"), Some("7")]),
                media: dice.pick(&[None, Some("google"), Some("ad-1"), Some("9")]),
                coupons: dice.pick(&[None, None, Some("SPRING"), Some("10|SPRING")]),
                is_gift: dice.chance(15),
                lines,
            });
            day += dice.below(200) as i32;
            if day > AS_OF_DAY {
                break;
            }
        }
        customer
    };
    (0..count).map(one).collect()
}

fn texts<'a>(values: impl Iterator<Item = Option<String>>) -> TextColumn<'a> {
    let (mut bytes, mut offsets, mut valid) = (String::new(), vec![0], Vec::new());
    for value in values {
        valid.push(value.is_some());
        bytes.push_str(&value.unwrap_or_default());
        offsets.push(bytes.len() as u32);
    }
    TextColumn {
        bytes: bytes.into_bytes().into(),
        offsets,
        entries: Vec::new(),
        valid,
    }
}

fn ints(values: impl Iterator<Item = Option<i64>>) -> IntColumn {
    let values: Vec<Option<i64>> = values.collect();
    IntColumn {
        valid: values.iter().map(Option::is_some).collect(),
        values: values.iter().map(|value| value.unwrap_or(0)).collect(),
    }
}

/// The customers' orders as a ledger.
pub fn ledger(customers: &[Customer]) -> Ledger {
    let lines = || {
        let orders = customers.iter().enumerate().flat_map(|(number, customer)| {
            customer.orders.iter().map(move |o| (number, customer, o))
        });
        orders
            .enumerate()
            .flat_map(|(id, (number, customer, order))| {
                order
                    .lines
                    .iter()
                    .map(move |line| (id, number, customer, order, line))
            })
    };
    let batch = LineBatch {
        rows: lines().count(),
        order_id: KeyColumn::Int(lines().map(|row| row.0 as u64).collect(), Vec::new()),
        ordered_at: TimeColumn::Utc(ints(lines().map(|row| Some(i64::from(row.3.day) * 86_400)))),
        customer_id: KeyColumn::Text(texts(lines().map(|row| Some(format!("c{}", row.1))))),
        shop: KeyColumn::Text(texts(lines().map(|row| row.3.shop.map(str::to_owned)))),
        media: KeyColumn::Text(texts(lines().map(|row| row.3.media.map(str::to_owned)))),
        coupons: KeyColumn::Text(texts(lines().map(|row| row.3.coupons.map(str::to_owned)))),
        is_gift: ints(lines().map(|row| Some(i64::from(row.3.is_gift)))),
        email: KeyColumn::Text(texts(lines().map(|row| row.2.email.clone()))),
        prefecture: texts(lines().map(|row| row.2.prefecture.map(str::to_owned))),
        company: texts(lines().map(|row| row.2.company.map(str::to_owned))),
        birth: texts(lines().map(|row| row.2.birth.map(str::to_owned))),
        mail_consent: ints(lines().map(|row| row.2.consent.map(i64::from))),
        product: KeyColumn::Text(texts(lines().map(|row| Some(row.4.0.to_owned())))),
        amount: ints(lines().map(|row| Some(row.4.1))),
        ..LineBatch::default()
    };
    let mut ledger = Ledger::new(Zone::of_utc(), "JPY");
    ledger.begin(0).unwrap();
    ledger.append(&batch).unwrap();
    assert_eq!(ledger.commit().rejected, 0);
    ledger
}

/// All that a view looks at.
pub struct Shop {
    ledger: Ledger,
    people: People,
    keys: PersonKeys,
    book: Book,
    figures: Vec<Figures>,
    rankings: Rankings,
}

impl Shop {
    pub fn of(ledger: Ledger) -> Self {
        let people = resolve(&ledger.contacts, Rule::CustomerId, &[], &[], false);
        let keys = PersonKeys::of(&ledger.contacts, &people);
        let gifts = Gifts::of(&ledger, &people.person, Rules::default());
        let counting = Counting {
            as_of_day: AS_OF_DAY,
            zero_amount: false,
            is_gift: None,
            gifts: Some(&Arc::new(gifts)),
        };
        let book = Book::of(&ledger, &people.person, people.count, counting);
        let figures = figures(&book);
        let tie = |person| keys.tie(&ledger.contacts, person);
        let rankings = Rankings::of(&figures, AS_OF_DAY, tie);
        Shop {
            people,
            keys,
            book,
            figures,
            rankings,
            ledger,
        }
    }

    pub fn view(&self) -> View<'_> {
        View {
            ledger: &self.ledger,
            people: &self.people,
            keys: &self.keys,
            book: &self.book,
            figures: &self.figures,
            lifecycle: LifecycleBounds {
                promising_orders: 2,
                constant_orders: 4,
                active_days: 90,
                drowsy_days: 180,
            },
            rankings: &self.rankings,
        }
    }
}
