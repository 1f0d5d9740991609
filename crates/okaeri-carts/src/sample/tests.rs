//! The sample is always the same, its facts agree with each other, it lives as shops do, and every
//! cart's reader understands its layout.

mod gifts;
mod layouts;
mod seasons;
mod subscriptions;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{NaiveDateTime, TimeDelta};
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Contract, Customer, Event, Fact, Order, OrderStatus};

use super::products::{self, GIFTS, GOODS, SUBSCRIPTIONS};
use super::{SampleOptions, local, sample, sample_facts};

fn options(orders: u32) -> SampleOptions {
    SampleOptions {
        orders,
        ..SampleOptions::default()
    }
}

fn small() -> Vec<Order> {
    sample(&options(2_000))
}

/// Facts by kind.
#[derive(Default)]
struct Facts {
    customers: Vec<Customer>,
    contracts: Vec<Contract>,
    orders: Vec<Order>,
    events: Vec<Event>,
}

/// A sample large enough for shares, made once.
fn large() -> &'static Facts {
    static LARGE: OnceLock<Facts> = OnceLock::new();
    LARGE.get_or_init(|| {
        let mut facts = Facts::default();
        for fact in sample_facts(&options(12_000)) {
            match fact {
                Fact::Customer(customer) => facts.customers.push(customer),
                Fact::Contract(contract) => facts.contracts.push(contract),
                Fact::Order(order) => facts.orders.push(order),
                Fact::Event(event) => facts.events.push(event),
                Fact::Judgement(_) => {}
            }
        }
        facts
    })
}

/// Hundredths.
fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

fn is_counted(order: &Order) -> bool {
    !matches!(order.status, OrderStatus::Cancelled | OrderStatus::Returned)
}

/// Who ordered, however the phone is written. Guests have none.
fn who(order: &Order) -> Option<String> {
    let phone = order.buyer.phone.as_deref()?;
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    };
    Some(phone.chars().filter_map(digit).collect())
}

/// Counted orders by buyer, each by time.
fn by_buyer(orders: &[Order]) -> BTreeMap<String, Vec<&Order>> {
    let mut buyers: BTreeMap<String, Vec<&Order>> = BTreeMap::new();
    for order in orders.iter().filter(|order| is_counted(order)) {
        if let Some(who) = who(order) {
            buyers.entry(who).or_default().push(order);
        }
    }
    buyers
}

#[test]
fn the_same_options_give_the_same_shop_and_another_seed_another() {
    let seeded = |seed| {
        sample_facts(&SampleOptions {
            seed,
            ..options(1_000)
        })
    };
    let facts = seeded(1);
    assert!(facts == seeded(1));
    assert!(facts != seeded(2));
    let orders: Vec<Order> = facts
        .into_iter()
        .filter_map(|fact| match fact {
            Fact::Order(order) => Some(order),
            _ => None,
        })
        .collect();
    assert_eq!(orders.len(), 1_000);
    assert!(orders == sample(&options(1_000)));
}

#[test]
fn any_number_of_orders_on_any_number_of_days() {
    for (orders, days) in [(0, 10), (1, 0), (7, 1), (300, 20)] {
        let options = SampleOptions {
            days,
            ..options(orders)
        };
        let all = sample(&options);
        assert_eq!(all.len(), orders as usize);
        let begin = options.until - TimeDelta::days(i64::from(days));
        for order in &all {
            let day = local(order.ordered_at).date();
            assert!((begin..=options.until).contains(&day), "{day}");
        }
    }
}

#[test]
fn facts_come_by_time_and_no_id_comes_twice() {
    let facts = sample_facts(&options(3_000));
    let time = |fact: &Fact| -> NaiveDateTime {
        match fact {
            Fact::Customer(customer) => local(customer.registered_at),
            Fact::Contract(contract) => local(contract.started_at),
            Fact::Order(order) => local(order.ordered_at),
            Fact::Event(event) => local(Some(event.at)),
            Fact::Judgement(_) => NaiveDateTime::default(),
        }
    };
    assert!(facts.is_sorted_by_key(time));
    let end = options(0).until.and_hms_opt(23, 59, 59).map(Moment::Local);
    assert!(facts.iter().all(|fact| time(fact) <= local(end)));
    let id = |fact: &Fact| match fact {
        Fact::Contract(contract) => Some(contract.contract_id.clone()),
        Fact::Order(order) => Some(order.order_id.clone()),
        Fact::Event(event) => Some(event.event_id.clone()),
        _ => None,
    };
    let mut ids: Vec<String> = facts.iter().filter_map(id).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn it_has_what_real_shops_have() {
    let facts = large();
    let orders = &facts.orders;
    let count = |holds: &dyn Fn(&Order) -> bool| orders.iter().filter(|o| holds(o)).count();
    let destinations = |order: &Order| order.shipments.len();
    assert!(count(&|o| (2..10).contains(&destinations(o))) > 100);
    assert!(count(&|o| (10..=60).contains(&destinations(o)) && o.buyer.company.is_some()) > 10);
    assert_eq!(count(&|o| destinations(o) > 61), 0);
    assert!(count(&|o| o.buyer.email.is_none()) > 20, "guests");
    assert!(count(&|o| o.points_used.is_some()) > 300);
    assert!(count(&|o| o.refunded_total > Some(0)) > 50);
    assert!(count(&|o| o.note.is_some()) > 200);
    assert!(count(&|o| o.lines.iter().any(|line| line.quantity == 12)) > 20);
    for code in ["WELCOME500", "BIRTHDAY", "SUMMER10", "COMEBACK", "OKAERI10"] {
        let uses = count(&|o| o.coupons.iter().any(|coupon| coupon == code));
        assert!(uses > 40, "{code}: {uses}");
    }
    for kind in [
        "consent_given",
        "consent_withdrawn",
        "mail_opened",
        "mail_clicked",
        "contract_skipped",
        "contract_paused",
        "payment_failed",
        "cancel_page_viewed",
        "complaint",
        "coupon_issued",
    ] {
        let times = facts.events.iter().filter(|e| e.kind == kind).count();
        assert!(times > 20, "{kind}: {times}");
    }
    for tag in ["定期", "贈答", "法人", "まとめ買い", "VIP"] {
        let tagged = |customer: &&Customer| customer.tags.iter().any(|one| one == tag);
        assert!(facts.customers.iter().filter(tagged).count() > 10, "{tag}");
    }
}

#[test]
fn totals_add_up() {
    for order in small() {
        let goods: i64 = order.lines.iter().map(|l| l.quantity * l.unit_price).sum();
        let off = order.discount_total.unwrap_or(0) + order.points_used.unwrap_or(0);
        let more = order.shipping_total.unwrap_or(0) + order.fee_total.unwrap_or(0);
        assert_eq!(order.billed_total, Some(goods - off + more));
        assert!(order.billed_total >= Some(0) && order.refunded_total.unwrap_or(0) >= 0);
        assert_eq!(order.coupons.is_empty(), order.discount_total.is_none());
        let is_box = order.lines.iter().any(|line| line.contract_id.is_some());
        if order.shipments.len() < 2 && !is_box {
            let postage = if goods >= 5_000 { 0 } else { 600 };
            assert_eq!(order.shipping_total, Some(postage), "{}", order.order_id);
        }
    }
}

#[test]
fn cost_is_known_of_all_products_but_two_and_is_a_believable_share() {
    let boxes = [
        products::FOR_MOTHERS,
        products::FOR_FATHERS,
        products::FOR_VALENTINE,
    ];
    let all = GOODS.into_iter().chain(GIFTS).chain(boxes);
    let all: Vec<_> = all
        .chain(SUBSCRIPTIONS.map(|(product, _)| product))
        .collect();
    let known = all.iter().filter_map(|p| p.cost.map(|cost| (p, cost)));
    for (product, cost) in known.clone() {
        let share = cost * 100 / product.price;
        assert!((30..=45).contains(&share), "{}: {share}", product.code);
    }
    assert_eq!(known.count() + 2, all.len());
}

#[test]
fn people_come_back_as_in_a_healthy_shop() {
    let facts = large();
    let buyers = by_buyer(&facts.orders);
    let again = buyers.values().filter(|orders| orders.len() > 1).count();
    let f2 = percent(again, buyers.len());
    assert!((31..=39).contains(&f2), "{f2}");
    let recent = options(0).until - TimeDelta::days(90);
    let last_day = |orders: &&Vec<&Order>| {
        orders.last().map(|order| local(order.ordered_at).date()) > Some(recent)
    };
    let active = percent(buyers.values().filter(last_day).count(), buyers.len());
    assert!((24..=34).contains(&active), "{active}");
    // First orders mostly say what brought them, later ones seldom.
    let (mut firsts, mut laters) = ((0, 0), (0, 0));
    for orders in buyers.values() {
        for (index, order) in orders.iter().enumerate() {
            let counts = if index == 0 { &mut firsts } else { &mut laters };
            counts.0 += usize::from(order.media.is_some());
            counts.1 += 1;
        }
    }
    assert!(percent(firsts.0, firsts.1) > 75, "{firsts:?}");
    assert!(percent(laters.0, laters.1) < 20, "{laters:?}");
}

#[test]
fn entry_products_differ_and_some_products_go_together() {
    let facts = large();
    let buyers = by_buyer(&facts.orders);
    let has = |order: &Order, code: &str| order.lines.iter().any(|line| line.product == code);
    let f2 = |code: &str| {
        let began = buyers
            .values()
            .filter(|all| all.first().is_some_and(|o| has(o, code)));
        let again = began.clone().filter(|all| all.len() > 1).count();
        percent(again, began.count())
    };
    assert!(f2("TRIAL-01") > f2("KYUSU-R") + 8);
    assert!(f2("TEA-300") > f2("YOKAN-05"));
    let share = |code: &str, of: &dyn Fn(&Order) -> bool| {
        let orders = facts.orders.iter().filter(|order| of(order));
        let with = orders.clone().filter(|order| has(order, code)).count();
        percent(with, orders.count())
    };
    for (first, second, chance) in products::PAIRS {
        let together = share(second, &|order| has(order, first));
        let alone = share(second, &|_| true);
        assert!(together > 2 * alone, "{first} {second}: {together} {alone}");
        assert!(
            together + 8 > chance as usize,
            "{first} {second}: {together}"
        );
    }
}

#[test]
fn baskets_stop_a_little_above_the_threshold() {
    let value =
        |order: &Order| -> i64 { order.lines.iter().map(|l| l.quantity * l.unit_price).sum() };
    let orders = &large().orders;
    let single = orders.iter().filter(|order| order.shipments.len() < 2);
    let within = |from: i64, to: i64| {
        let inside = |order: &&&Order| (from..to).contains(&value(order));
        single.clone().filter(|order| inside(&order)).count()
    };
    let (below, above, far) = (
        within(4_000, 5_000),
        within(5_000, 6_000),
        within(6_000, 7_000),
    );
    assert!(
        above > 2 * below && above > 2 * far,
        "{below} {above} {far}"
    );
    assert!(below > 100, "{below}");
}
