//! Orders: what a visit costs, how it is paid, and what brought it.

use chrono::{Datelike, TimeDelta};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Line, Order, OrderStatus, Shipment};

use super::baskets::{self, FREE_SHIPPING, line, value};
use super::events::{Log, is_birthday_month};
use super::kinds::Kind;
use super::lives::{Purpose, Visit};
use super::people::Person;
use super::{Dice, gifts, words};

/// Postage of one box, yen.
const POSTAGE: i64 = 600;

/// Fee of 代金引換, yen.
const ON_DELIVERY: i64 = 330;

/// One visit, about to become an order.
pub struct Cart<'a> {
    /// Whose.
    pub person: &'a Person,
    /// When and for what.
    pub visit: &'a Visit,
    /// The person's first order of all.
    pub is_first: bool,
    /// Of the orders for oneself, this one included.
    pub own_count: u32,
    /// Days since the last order.
    pub away_days: i64,
}

impl Cart<'_> {
    /// The order, without a number. Coupons that it uses were issued before.
    pub fn order(&self, dice: &mut Dice, log: &mut Log) -> Order {
        let mut order = Order {
            shop: Some(self.person.shop.to_owned()),
            ordered_at: Some(Moment::Local(self.visit.at)),
            status: self.status(dice),
            tax_included: Some(true),
            buyer: self.person.buyer(dice),
            payment_method: Some(self.payment(dice).to_owned()),
            media: self.media(dice),
            ..Order::default()
        };
        match &self.visit.purpose {
            Purpose::Own => self.fill_own(&mut order, dice),
            Purpose::Gift(giving) => gifts::fill(&mut order, self.person, giving, dice),
            Purpose::Box(delivery) => {
                order.lines.push(Line {
                    contract_id: Some(delivery.contract_id.clone()),
                    contract_count: Some(delivery.count),
                    ..line(delivery.product, 1)
                });
                if dice.percent(12) {
                    let more = baskets::own(self.person, 2, dice);
                    order.lines.extend(more.into_iter().take(1));
                }
            }
        }
        self.settle(&mut order, dice, log);
        if order.status != OrderStatus::Cancelled {
            self.ship(&mut order);
        }
        order
    }

    /// Boxes leave at three o'clock, one to three days later.
    fn ship(&self, order: &mut Order) {
        let date = self.visit.at.date();
        let date = date + TimeDelta::days(1 + i64::from(date.ordinal() % 3));
        let at = date.and_hms_opt(15, 0, 0).map(Moment::Local);
        if order.shipments.is_empty() {
            send_to(order, Shipment::default());
        }
        for shipment in &mut order.shipments {
            shipment.shipped_at = at;
        }
    }

    fn is_box(&self) -> bool {
        matches!(self.visit.purpose, Purpose::Box(_))
    }

    /// Boxes of a contract are never taken back, so that contracts and orders tell the same.
    fn status(&self, dice: &mut Dice) -> OrderStatus {
        match dice.below(1_000) {
            _ if self.is_box() => OrderStatus::Completed,
            0..28 => OrderStatus::Cancelled,
            28..33 => OrderStatus::Returned,
            _ => OrderStatus::Completed,
        }
    }

    fn payment(&self, dice: &mut Dice) -> &'static str {
        match dice.below(100) {
            _ if self.person.kind == Kind::Company => "請求書払い",
            0..64 => "クレジットカード",
            _ if self.is_box() => "クレジットカード",
            64..82 => "後払い",
            82..92 => "PayPay",
            _ => "代金引換",
        }
    }

    /// What brought the order. Cheap clicks bring people who pass.
    fn media(&self, dice: &mut Dice) -> Option<String> {
        let letter = format!("dm_{}", self.visit.at.year());
        if !self.is_first {
            return match dice.below(100) {
                0..35 if self.away_days > 150 => Some(letter),
                0..4 => Some("line_ads".to_owned()),
                4..6 => Some("instagram".to_owned()),
                6..8 => Some(letter),
                _ => None,
            };
        }
        if self.person.kind == Kind::Company || !dice.percent(85) {
            return None;
        }
        let [google, instagram, line, affiliate] = match self.person.kind {
            Kind::Passing => [22, 46, 58, 92],
            Kind::Giver => [45, 60, 72, 82],
            _ => [40, 55, 80, 88],
        };
        let one = dice.below(100);
        Some(match one {
            _ if one < google => "google_ads".to_owned(),
            _ if one < instagram => "instagram".to_owned(),
            _ if one < line => "line_ads".to_owned(),
            _ if one < affiliate => "affiliate_a".to_owned(),
            _ => letter,
        })
    }

    fn fill_own(&self, order: &mut Order, dice: &mut Dice) {
        order.lines = baskets::own(self.person, self.own_count, dice);
        // Some carts write the destination even if it is the buyer's.
        let to = match dice.below(100) {
            0..28 if self.person.is_guest => None,
            0..28 => Some(gifts::address(self.person)),
            28..80 if self.person.is_at_work => Some(gifts::address(&self.person.at_work())),
            _ => None,
        };
        if let Some(to) = to {
            send_to(order, to);
        }
        let notes = match dice.below(1_000) {
            0..12 => &words::GIFT_NOTES[..],
            12..60 => &words::NOTES[..],
            _ => return,
        };
        order.note = dice.pick(notes).map(|note| (*note).to_owned());
    }

    /// Adds everything up.
    fn settle(&self, order: &mut Order, dice: &mut Dice, log: &mut Log) {
        let goods = value(&order.lines);
        if let Some((code, discount)) = self.coupon(goods, dice) {
            if !self.is_first {
                let before = TimeDelta::days(3 + i64::from(dice.below(10)));
                log.add(self.visit.at - before, "coupon_issued", Some(code));
            }
            order.coupons.push(code.to_owned());
            order.discount_total = Some(discount);
        }
        let goods_paid = goods - order.discount_total.unwrap_or_default();
        if !self.is_first && self.person.shop != "yahoo" && dice.percent(16) {
            let points = 100 + 50 * i64::from(dice.below(14));
            order.points_used = Some(points.min(goods_paid));
        }
        let shipping = self.shipping(order);
        let is_on_delivery = order.payment_method.as_deref() == Some("代金引換");
        let fee = if is_on_delivery { ON_DELIVERY } else { 0 };
        order.shipping_total = Some(shipping);
        order.fee_total = Some(fee);
        let points = order.points_used.unwrap_or_default();
        let billed = goods_paid - points + shipping + fee;
        order.billed_total = Some(billed);
        order.refunded_total = match order.status {
            OrderStatus::Returned => Some(billed),
            // A broken piece.
            OrderStatus::Completed if !self.is_box() && dice.percent(1) => order
                .lines
                .first()
                .map(|line| line.unit_price.min(billed.max(0))),
            _ => None,
        };
    }

    /// Contracts travel free; else each box pays that is not worth enough.
    fn shipping(&self, order: &Order) -> i64 {
        if self.is_box() {
            return 0;
        }
        let is_paid = |goods: i64| goods < FREE_SHIPPING;
        if order.shipments.len() < 2 {
            return POSTAGE * i64::from(is_paid(value(&order.lines)));
        }
        let boxes = order.shipments.iter().filter(|shipment| {
            let lines = order.lines.iter();
            let its = lines.filter(|line| line.shipment_id == shipment.shipment_id);
            is_paid(its.map(|line| line.quantity * line.unit_price).sum())
        });
        POSTAGE * boxes.count() as i64
    }

    /// The coupon used, and what it takes off.
    fn coupon(&self, goods: i64, dice: &mut Dice) -> Option<(&'static str, i64)> {
        let at = self.visit.at;
        if self.is_box() || self.person.kind == Kind::Company {
            return None;
        }
        if self.is_first {
            let is_used = goods >= 1_500 && self.person.shop == "honten" && dice.percent(38);
            return is_used.then_some(("WELCOME500", 500));
        }
        if self.away_days > 150 && goods >= 2_000 && dice.percent(40) {
            return Some(("COMEBACK", 800));
        }
        if is_birthday_month(self.person, at) && dice.percent(45) {
            return Some(("BIRTHDAY", goods / 10));
        }
        if matches!(at.month(), 6..=8) && dice.percent(14) {
            return Some(("SUMMER10", goods / 10));
        }
        dice.percent(4).then_some(("OKAERI10", goods / 10))
    }
}

/// Sends all of it to one place.
fn send_to(order: &mut Order, to: Shipment) {
    let id = Some("1".to_owned());
    for line in &mut order.lines {
        line.shipment_id.clone_from(&id);
    }
    order.shipments.push(Shipment {
        shipment_id: id,
        ..to
    });
}
