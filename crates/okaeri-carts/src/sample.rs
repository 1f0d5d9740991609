//! A made-up tea shop: people who buy, come back, give and leave, as carts would record them.
//!
//! The same options give the same orders. It has what real shops have: customers of one order
//! and of thirty, 定期, gifts with several destinations in season, companies, cancellations,
//! guests, people with two addresses, and the many ways to write the same address.

mod people;
mod words;
mod write;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Line, Order, OrderStatus, Shipment};

use people::{Kind, Person};
pub use write::{Layout, write};

/// How large a sample, which, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleOptions {
    /// Orders.
    pub orders: u32,
    /// Another number is another shop.
    pub seed: u64,
    /// The last day with orders.
    pub until: NaiveDate,
    /// Days of history before it.
    pub days: u32,
}

impl Default for SampleOptions {
    /// Three years of a small shop.
    fn default() -> Self {
        let until = NaiveDate::from_ymd_opt(2026, 10, 31).unwrap_or_default();
        SampleOptions {
            orders: 20_000,
            seed: 1,
            until,
            days: 1_096,
        }
    }
}

/// Numbers that look like chance and are not.
#[derive(Clone, Debug)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ value >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ value >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ value >> 31
    }

    /// A number from 0 below `end`.
    fn below(&mut self, end: u32) -> u32 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u32
    }

    /// True in so many of a hundred.
    fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len() as u32) as usize)
    }
}

/// The orders of the sample, by time.
pub fn sample(options: &SampleOptions) -> Vec<Order> {
    let mut dice = Dice(options.seed.wrapping_mul(0x1234_5678_9ABC_DEF1));
    let mut orders = Vec::with_capacity(options.orders as usize + 64);
    let mut number = 0;
    while orders.len() < options.orders as usize {
        number += 1;
        let person = Person::new(number, &mut dice);
        live(&person, options, &mut dice, &mut orders);
    }
    orders.sort_by_key(|order| match order.ordered_at {
        Some(Moment::Local(at)) => at,
        _ => NaiveDateTime::default(),
    });
    orders.truncate(options.orders as usize);
    for (index, order) in orders.iter_mut().enumerate() {
        order.order_id = format!("S{:07}", index + 1);
    }
    orders
}

/// A day on which the person first comes: later ones are likelier, for the shop grows.
fn first_day(options: &SampleOptions, dice: &mut Dice) -> u32 {
    let days = options.days.max(1);
    dice.below(days).max(if dice.percent(40) {
        dice.below(days)
    } else {
        0
    })
}

/// All orders of one person, from the first day until the person leaves or the sample ends.
fn live(person: &Person, options: &SampleOptions, dice: &mut Dice, orders: &mut Vec<Order>) {
    let begin = options.until - TimeDelta::days(i64::from(options.days));
    let mut day = first_day(options, dice);
    let mut count = 0;
    let contract = (person.kind == Kind::Subscriber).then(|| format!("T{:06}", person.number));
    while day <= options.days {
        let mut date = begin + TimeDelta::days(i64::from(day));
        let season = season_of(date);
        if person.kind.gives() && season.is_none() {
            // Givers wait for the next season.
            day += 1;
            continue;
        }
        if date.weekday() == Weekday::Wed && dice.percent(30) {
            date += TimeDelta::days(1);
        }
        if date > options.until {
            break;
        }
        count += 1;
        let cart = Cart {
            person,
            date,
            count,
            season,
            contract: contract.as_deref(),
        };
        orders.push(cart.order(dice));
        if !dice.percent(person.kind.stays(count)) {
            break;
        }
        day += person.kind.gap_days(dice);
    }
}

/// A season of giving, with its のし.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Season {
    MothersDay,
    Midyear,
    YearEnd,
}

fn season_of(date: NaiveDate) -> Option<Season> {
    match (date.month(), date.day()) {
        (4, 20..) | (5, ..=8) => Some(Season::MothersDay),
        (6, 20..) | (7, ..=15) => Some(Season::Midyear),
        (11, 20..) | (12, ..=20) => Some(Season::YearEnd),
        _ => None,
    }
}

/// One visit.
struct Cart<'a> {
    person: &'a Person,
    date: NaiveDate,
    count: u32,
    season: Option<Season>,
    contract: Option<&'a str>,
}

impl Cart<'_> {
    fn order(&self, dice: &mut Dice) -> Order {
        let seconds = 7 * 3600 + dice.below(16 * 3600);
        let at = self.date.and_hms_opt(0, 0, 0).unwrap_or_default();
        let at = at + TimeDelta::seconds(i64::from(seconds));
        let is_cancelled = dice.percent(3);
        let mut order = Order {
            shop: Some(self.person.shop.to_owned()),
            ordered_at: Some(Moment::Local(at)),
            status: if is_cancelled {
                OrderStatus::Cancelled
            } else {
                OrderStatus::Completed
            },
            tax_included: Some(true),
            buyer: self.person.buyer(dice),
            payment_method: dice
                .pick(&["クレジットカード", "後払い", "代金引換"])
                .map(|p| (*p).to_owned()),
            ..Order::default()
        };
        if self.person.kind.gives() {
            self.fill_gift(&mut order, dice);
        } else {
            self.fill_own(&mut order, dice);
        }
        let goods: i64 = order
            .lines
            .iter()
            .map(|line| line.quantity * line.unit_price)
            .sum();
        if self.count > 1 && dice.percent(12) {
            order.coupons.push("OKAERI10".to_owned());
            order.discount_total = Some(goods / 10);
        }
        let goods = goods - order.discount_total.unwrap_or_default();
        let boxes = order.shipments.len().max(1) as i64;
        let shipping = if goods >= 5_400 && boxes == 1 {
            0
        } else {
            660 * boxes
        };
        order.shipping_total = Some(shipping);
        order.billed_total = Some(goods + shipping);
        order
    }

    fn line(&self, product: &words::Product, quantity: i64) -> Line {
        Line {
            product: product.code.to_owned(),
            name: Some(product.name.to_owned()),
            quantity,
            unit_price: product.price,
            unit_cost: Some(product.cost),
            tax_rate: Some(800),
            ..Line::default()
        }
    }

    fn fill_own(&self, order: &mut Order, dice: &mut Dice) {
        if let Some(contract) = self.contract {
            order.lines.push(Line {
                contract_id: Some(contract.to_owned()),
                contract_count: Some(self.count),
                ..self.line(&words::SUBSCRIPTION, 1)
            });
            if !dice.percent(15) {
                return;
            }
        }
        let lines = 1 + dice.below(3);
        for index in 0..lines {
            // The trial set is for the first visit; each person has a favourite.
            let product = match (index, self.count) {
                (0, 1) if dice.percent(55) => words::GOODS.first(),
                (0, _) if dice.percent(60) => words::GOODS.get(self.person.favourite),
                _ => weighted(&words::GOODS, dice),
            };
            let Some(product) = product else { continue };
            if order.lines.iter().any(|line| line.product == product.code) {
                continue;
            }
            let quantity = if dice.percent(80) {
                1
            } else {
                2 + i64::from(dice.below(3))
            };
            order.lines.push(self.line(product, quantity));
        }
    }

    fn fill_gift(&self, order: &mut Order, dice: &mut Dice) {
        let noshi = match self.season {
            Some(Season::Midyear) => Some("御中元"),
            Some(Season::YearEnd) => Some("御歳暮"),
            _ => None,
        };
        let destinations = self.person.recipients.max(1);
        for index in 0..destinations {
            let id = (index + 1).to_string();
            let product = match self.season {
                Some(Season::MothersDay) => words::GIFTS.get(2),
                _ => weighted(&words::GIFTS, dice),
            };
            let Some(product) = product else { continue };
            let recipient = Person::recipient(self.person.number, index);
            let address = recipient.buyer_plain();
            order.shipments.push(Shipment {
                shipment_id: Some(id.clone()),
                name: address.name,
                name_kana: address.name_kana,
                phone: address.phone,
                postal: address.postal,
                prefecture: address.prefecture,
                address: address.address,
                is_gift: Some(true),
                noshi: noshi.map(str::to_owned),
                wrapping: Some("包装紙".to_owned()),
                message: (self.season == Some(Season::MothersDay))
                    .then(|| "お母さん、いつもありがとう。".to_owned()),
                ..Shipment::default()
            });
            order.lines.push(Line {
                shipment_id: Some(id),
                ..self.line(product, 1)
            });
        }
    }
}

fn weighted<'a>(products: &'a [words::Product], dice: &mut Dice) -> Option<&'a words::Product> {
    let all = products.iter().map(|product| product.weight).sum();
    let mut left = dice.below(all);
    products
        .iter()
        .find(|product| match left.checked_sub(product.weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        })
}

#[cfg(test)]
mod tests;
