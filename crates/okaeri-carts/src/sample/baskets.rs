//! What goes into a basket, and how much of it.

use okaeri_protocol::facts::Line;

use super::Dice;
use super::people::Person;
use super::products::{GOODS, PAIRS, Product, goods, weighted};

/// Goods of so many yen travel free.
pub const FREE_SHIPPING: i64 = 5_000;

/// A line of a product.
pub fn line(product: &Product, quantity: i64) -> Line {
    Line {
        product: product.code.to_owned(),
        name: Some(product.name.to_owned()),
        quantity,
        unit_price: product.price,
        unit_cost: product.cost,
        tax_rate: Some(if product.is_food { 800 } else { 1_000 }),
        ..Line::default()
    }
}

/// The price of everything in a basket.
pub fn value(lines: &[Line]) -> i64 {
    lines
        .iter()
        .map(|line| line.quantity * line.unit_price)
        .sum()
}

/// What a person buys for own use; `count` is 1 the first time.
pub fn own(person: &Person, count: u32, dice: &mut Dice) -> Vec<Line> {
    let mut lines = Vec::new();
    let entry = GOODS.get(person.entry);
    let is_trial = count == 1 && person.entry == 0;
    let others = if is_trial && dice.percent(70) {
        0
    } else {
        dice.below(3)
    };
    let first = match count {
        1 => entry,
        _ if dice.percent(58) => GOODS.get(person.favourite),
        _ => any(dice),
    };
    add(&mut lines, first, person, dice);
    for _ in 0..others {
        let product = any(dice);
        add(&mut lines, product, person, dice);
    }
    if !is_trial {
        complete(&mut lines, person, dice);
        top_up(&mut lines, dice);
    }
    lines
}

fn any(dice: &mut Dice) -> Option<&'static Product> {
    weighted(&GOODS, |product| product.weight, dice)
}

fn has(lines: &[Line], code: &str) -> bool {
    lines.iter().any(|line| line.product == code)
}

fn add(lines: &mut Vec<Line>, product: Option<&Product>, person: &Person, dice: &mut Dice) {
    let Some(product) = product.filter(|product| !has(lines, product.code)) else {
        return;
    };
    lines.push(line(product, quantity(product, person, dice)));
}

/// From 1 to 12 pieces. Nobody needs two teapots, or the trial set twice.
fn quantity(product: &Product, person: &Person, dice: &mut Dice) -> i64 {
    if !product.is_food || product.entry > 20 {
        return 1;
    }
    if person.hoards && dice.percent(70) {
        return 3 + i64::from(dice.below(10));
    }
    match dice.below(100) {
        0..80 => 1,
        80..93 => 2,
        93..98 => 3 + i64::from(dice.below(3)),
        _ => 6 + i64::from(dice.below(7)),
    }
}

/// Puts in what goes with what is there.
fn complete(lines: &mut Vec<Line>, person: &Person, dice: &mut Dice) {
    for (first, second, chance) in PAIRS {
        if has(lines, first) && dice.percent(chance) {
            add(lines, goods(second), person, dice);
        }
    }
}

/// Who lacks little for free shipping mostly finds something small.
fn top_up(lines: &mut Vec<Line>, dice: &mut Dice) {
    let lacking = FREE_SHIPPING - value(lines);
    if !(1..=1_400).contains(&lacking) || !dice.percent(68) {
        return;
    }
    let fits = |product: &&Product| {
        product.weight > 0 && (lacking..lacking + 700).contains(&product.price)
    };
    let fitting: Vec<&Product> = GOODS.iter().filter(fits).collect();
    let Some(product) = dice.pick(&fitting).copied() else {
        return;
    };
    match lines.iter_mut().find(|line| line.product == product.code) {
        Some(line) => line.quantity += 1,
        None => lines.push(line(product, 1)),
    }
}
