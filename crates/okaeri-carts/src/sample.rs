//! A made-up tea shop: people who buy, come back, give and leave, as carts would record them.
//!
//! The same options give the same facts. It has what real shops have: customers of one order
//! and of thirty, 定期 that skip and end, gifts with several destinations in season and again a
//! year later, companies, coupons, media, cancellations, guests, people with two addresses, and
//! the many ways to write the same address.

mod baskets;
mod contracts;
mod events;
mod gifts;
mod kinds;
mod lives;
mod orders;
mod people;
mod products;
mod spelling;
mod words;
mod write;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Contract, Customer, Event, Fact, Order};

use lives::Period;
use people::Person;
pub use write::{Layout, write, write_facts};

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

/// Facts by kind: those of one life, or of all.
#[derive(Clone, Debug, Default)]
struct Shop {
    customers: Vec<Customer>,
    contracts: Vec<Contract>,
    orders: Vec<Order>,
    events: Vec<Event>,
}

impl Shop {
    fn append(&mut self, mut life: Shop) {
        self.customers.append(&mut life.customers);
        self.contracts.append(&mut life.contracts);
        self.orders.append(&mut life.orders);
        self.events.append(&mut life.events);
    }
}

/// The orders of the sample, by time.
pub fn sample(options: &SampleOptions) -> Vec<Order> {
    shop(options).orders
}

/// Everything that happened in the sample, by time: orders, contracts as they stand at its end,
/// events, and the customer file.
pub fn sample_facts(options: &SampleOptions) -> Vec<Fact> {
    let shop = shop(options);
    let customers = shop.customers.into_iter().map(Fact::Customer);
    let contracts = shop.contracts.into_iter().map(Fact::Contract);
    let orders = shop.orders.into_iter().map(Fact::Order);
    let events = shop.events.into_iter().map(Fact::Event);
    let mut facts: Vec<Fact> = customers
        .chain(contracts)
        .chain(orders)
        .chain(events)
        .collect();
    facts.sort_by_key(|fact| match fact {
        Fact::Customer(customer) => local(customer.registered_at),
        Fact::Contract(contract) => local(contract.started_at),
        Fact::Order(order) => local(order.ordered_at),
        Fact::Event(event) => local(Some(event.at)),
        Fact::Judgement(judgement) => local(Some(judgement.at)),
    });
    facts
}

fn local(at: Option<Moment>) -> NaiveDateTime {
    match at {
        Some(Moment::Local(at)) => at,
        _ => NaiveDateTime::default(),
    }
}

/// Lives until there are enough orders; one that does not fit whole is left out, so that
/// contracts and gifts agree with the orders.
fn shop(options: &SampleOptions) -> Shop {
    let mut dice = Dice(options.seed.wrapping_mul(0x1234_5678_9ABC_DEF1));
    let period = Period {
        begin: options.until - TimeDelta::days(i64::from(options.days)),
        until: options.until,
    };
    let size = options.orders as usize;
    let mut shop = Shop::default();
    let mut number = 0;
    while shop.orders.len() < size {
        number += 1;
        let person = Person::new(number, &mut dice);
        let life = lives::live(&person, &period, &mut dice);
        if shop.orders.len() + life.orders.len() <= size {
            shop.append(life);
        }
    }
    shop.orders.sort_by_key(|order| local(order.ordered_at));
    for (index, order) in shop.orders.iter_mut().enumerate() {
        order.order_id = format!("S{:07}", index + 1);
    }
    shop
}

#[cfg(test)]
mod tests;
