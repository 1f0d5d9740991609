//! A shop on several instances answers every question as one instance does, byte for byte.

use chrono::Days;
use okaeri_carts::sample::{SampleOptions, sample, sample_facts};
use okaeri_protocol::answer::Loaded;
use okaeri_protocol::facts::{Customer, Event, Order, OrderStatus};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::tests::{NOON, config};
use super::*;
use crate::facts::Gathering;

/// The same facts, unsharded and sharded.
struct Pair {
    whole: App,
    sharded: App,
    _folder: TempDir,
}

impl Pair {
    /// `rows` from which the second is sharded.
    async fn start(rows: u64, settings: Value) -> anyhow::Result<Pair> {
        let folder = tempfile::tempdir()?;
        let open = async |name: &str, rows: u64| {
            let mut config = config(folder.path());
            config.db = folder.path().join(name).display().to_string();
            config.shard_rows = rows;
            config.shard_instances = Some(3);
            let app = App::open(&config, Clock::Fixed(NOON)).await?;
            let shop = Shop {
                id: "a".to_owned(),
                name: "a".to_owned(),
                settings: serde_json::from_value(settings.clone())?,
                created_at: NOON,
            };
            anyhow::ensure!(app.add_shop(&shop).await?);
            anyhow::Ok(app)
        };
        Ok(Pair {
            whole: open("whole.db", 0).await?,
            sharded: open("sharded.db", rows).await?,
            _folder: folder,
        })
    }

    /// Loads facts into both, which must tell the same of them.
    async fn load(&self, facts: &[Fact]) -> anyhow::Result<()> {
        let whole = load(&self.whole, facts).await?;
        anyhow::ensure!(whole == load(&self.sharded, facts).await?);
        Ok(())
    }

    /// Asks everything of both.
    async fn agree(&self, when: &str) -> anyhow::Result<()> {
        for as_of in ["2026-10-31", "2025-06-01", "2001-01-01"] {
            self.agree_on(when, as_of.parse()?).await?;
        }
        Ok(())
    }

    async fn agree_on(&self, when: &str, as_of: NaiveDate) -> anyhow::Result<()> {
        for question in questions() {
            let asked = serde_json::from_value::<Question>(question.clone())?;
            let one = text(self.whole.ask("a", as_of, asked.clone()).await)?;
            let three = text(self.sharded.ask("a", as_of, asked).await)?;
            assert_eq!(three, one, "{when}, {as_of}: {question}");
        }
        for filter in filters() {
            for (offset, limit) in [(0, 20), (3, 4), (30, 50), (100_000, 5), (0, 0)] {
                let plan = json!({
                    "as_of": as_of, "campaign": "spring", "filter": filter,
                    "template": {"subject": "{{ customer.name }} 様", "text": "{{ customer.amount }}"},
                    "offset": offset, "limit": limit,
                });
                let asked = serde_json::from_value::<PlanRequest>(plan.clone())?;
                let one = shown(&self.whole.plan("a", asked.clone()).await);
                let three = shown(&self.sharded.plan("a", asked).await);
                assert_eq!(three, one, "{when}, {as_of}: {plan}");
            }
        }
        // One page of each kind of customer: every key of the list.
        let everybody = serde_json::from_value(json!({"kind": "customers", "limit": 10_000}))?;
        let list = self.whole.ask("a", as_of, everybody).await?.reply()?;
        let Reply::Answer {
            answer: Answer::Customers(list),
            ..
        } = list
        else {
            anyhow::bail!("no list");
        };
        let emails = list.customers.iter().filter_map(|row| row.email.clone());
        let question = Question::Withdrawn {
            emails: emails.collect(),
        };
        let one = text(self.whole.ask("a", as_of, question.clone()).await)?;
        let three = text(self.sharded.ask("a", as_of, question).await)?;
        assert_eq!(three, one, "{when}, {as_of}: withdrawn");
        for row in list.customers.iter().step_by(7) {
            let question = Question::Customer {
                key: row.key.clone(),
                brief: false,
            };
            let one = text(self.whole.ask("a", as_of, question.clone()).await)?;
            let three = text(self.sharded.ask("a", as_of, question).await)?;
            assert_eq!(three, one, "{when}, {as_of}: {}", row.key);
        }
        Ok(())
    }

    /// How many instances hold the sharded shop.
    async fn instances(&self) -> usize {
        let place = self.sharded.warm.turn("a").await;
        place.resident.as_ref().map_or(0, |held| held.weight().1)
    }
}

async fn load(app: &App, facts: &[Fact]) -> anyhow::Result<Loaded> {
    let mut load = app.load("a", "test").await?;
    let mut gathering = Gathering::default();
    for (index, fact) in facts.iter().enumerate() {
        if let Some(batch) = gathering.push(fact.clone().into())? {
            load.push(batch).await?;
        }
        // Several batches of each kind.
        if index % 150 == 149 {
            for batch in std::mem::take(&mut gathering).finish()?.0 {
                load.push(batch).await?;
            }
        }
    }
    for batch in gathering.finish()?.0 {
        load.push(batch).await?;
    }
    Ok(load.finish().await?)
}

/// What a person would see.
fn text(answer: Result<Frame, Failure>) -> anyhow::Result<String> {
    Ok(match answer {
        Ok(frame) => String::from_utf8(frame.reply_json().to_vec())?,
        Err(failure @ Failure::Refused(_)) => format!("{failure:?}"),
        Err(other) => return Err(other.into()),
    })
}

fn shown<T: std::fmt::Debug>(answer: &Result<T, Failure>) -> String {
    format!("{answer:#?}")
}

fn filters() -> Vec<Value> {
    vec![
        json!([]),
        json!([{"in": "cells", "freq": 1}]),
        json!([{"in": "rfm", "r": 5}, {"in": "mailable"}]),
        json!([{"in": "rfm", "mode": "threshold", "m": 1}]),
        json!([{"in": "decile", "decile": 2}]),
        json!([{"in": "decile", "decile": 11}]),
        json!([{"in": "f2", "converted": true, "days_max": 90}]),
        json!([{"in": "text", "contains": "田"}]),
        json!([{"in": "segment", "text": "decile <= 2 OR rfm_recency = 5 AND mailable"}]),
        json!([{"in": "mailable"}, {"in": "segment", "text": "decile = 11"}]),
        json!([{"in": "report", "question": {"kind": "cpm", "preset": "fit"}, "table": "cpm",
            "key": ["first_lapsed"]}]),
        json!([{"in": "report", "question": {"kind": "decile_period", "days": 200},
            "table": "deciles", "key": [3]},
            {"in": "report", "question": {"kind": "member_ranks"}, "table": "member_ranks",
            "key": [0], "measure": "near_by_amount"}]),
        json!([{"in": "report", "question": {"kind": "churn_risk"}, "table": "bands",
            "key": ["nobody"]}]),
        json!([{"in": "report", "question": {"kind": "forecast"}, "table": "forecast_alive",
            "key": [9]}]),
    ]
}

/// Every kind of question.
fn questions() -> Vec<Value> {
    let tables = [
        "dashboard",
        "summary",
        "counts",
        "shops",
        "rfm",
        "cells",
        "months",
        "products",
        "cohort",
        "f2",
        "f2hist",
        "f2prod",
        "flow",
        "flow12",
        "pairs_order",
        "pairs_customer",
        "decile",
        "id_cc",
        "review",
    ];
    let mut all: Vec<Value> = tables.map(|kind| json!({"kind": kind})).into();
    for kind in [
        "dashboard",
        "flow",
        "flow12",
        "pairs_order",
        "pairs_customer",
    ] {
        all.push(json!({"kind": kind, "top": 4}));
    }
    all.push(json!({"kind": "rfm", "mode": "threshold"}));
    all.push(json!({"kind": "review", "offset": 1, "limit": 3}));
    all.push(json!({"kind": "customer", "key": "nobody"}));
    for filter in filters() {
        all.push(json!({"kind": "customers", "filter": filter}));
    }
    all.extend(reports());
    for text in [
        "number_of_orders >= 2 AND NOT lifecycle = 'new_active'",
        "rfm_group IN ('VIP', 'LOYAL') OR prefecture CONTAINS '県' OR decile = 10",
        "products_purchased(since: -1y, count: 2)",
        "number_of_order >= 2 AND decile = 11",
        "cpm_group = 'first_lapsed' OR member_rank = 'silver' OR churn_risk >= 20",
        "p_alive > 0.5 AND ltv_rank = 'general' AND NOT season('mothers_day', last_year)",
    ] {
        all.push(json!({"kind": "segment", "text": text, "limit": 7}));
        all.push(json!({"kind": "segment_overlap", "texts": [text, "decile = 1", "mailable"]}));
    }
    for text in [
        "",
        "prefecture = ",
        "products_purchased(id: ",
        "customer_email_domain = ",
        "coupon(code: ",
        "event(kind: '",
        "decile ",
    ] {
        all.push(json!({"kind": "segment_words", "text": text}));
    }
    all.push(json!({"kind": "segment_attributes"}));
    for sort in [
        "amount",
        "orders",
        "first_day",
        "last_day",
        "key",
        "forecast",
        "alive",
    ] {
        for ascending in [false, true] {
            for (offset, limit) in [(0, 10), (7, 9), (100, 10_001), (100_000, 3), (0, 0)] {
                all.push(
                    json!({"kind": "customers", "sort": sort, "ascending": ascending,
                    "offset": offset, "limit": limit}),
                );
            }
        }
    }
    all
}

/// Reports, among them those that must know the whole shop.
fn reports() -> Vec<Value> {
    vec![
        json!({"kind": "steps"}),
        json!({"kind": "cpm"}),
        json!({"kind": "cpm", "preset": "seven_aov"}),
        json!({"kind": "cpm", "preset": "fit"}),
        json!({"kind": "rfm_groups"}),
        json!({"kind": "rfm_groups", "since": "2025-09-30"}),
        json!({"kind": "rfm_groups", "mode": "threshold", "amount": "aov"}),
        json!({"kind": "decile_period"}),
        json!({"kind": "decile_period", "days": 90}),
        json!({"kind": "member_ranks"}),
        json!({"kind": "corporate"}),
        json!({"kind": "churn_risk", "limit": 5}),
        json!({"kind": "ltv_ranks"}),
        json!({"kind": "ltv_ranks", "forecast": true}),
        json!({"kind": "forecast"}),
        json!({"kind": "forecast", "model": "bg_nbd", "seasonal": true, "horizon_days": 90}),
        json!({"kind": "cross_sell", "window_days": 365, "min_count": 2}),
    ]
}

fn options(seed: u64, orders: u32) -> anyhow::Result<SampleOptions> {
    Ok(SampleOptions {
        orders,
        seed,
        until: "2026-10-31".parse()?,
        days: 900,
    })
}

fn orders(seed: u64, orders: u32) -> anyhow::Result<Vec<Order>> {
    Ok(sample(&options(seed, orders)?))
}

/// The contracts of these orders, and what happened to them.
fn contracts(seed: u64, orders: u32) -> anyhow::Result<Vec<Fact>> {
    let mut facts = sample_facts(&options(seed, orders)?);
    facts.retain(|fact| matches!(fact, Fact::Contract(_) | Fact::Event(_)));
    anyhow::ensure!(!facts.is_empty());
    Ok(facts)
}

fn facts(orders: &[Order]) -> Vec<Fact> {
    orders.iter().cloned().map(Fact::Order).collect()
}

/// Facts beside orders: customers whose contact links, and consents.
fn others(orders: &[Order]) -> anyhow::Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for (index, order) in orders.iter().enumerate().step_by(9) {
        let mut contact = order.buyer.clone();
        contact.mail_consent = Some(index % 2 == 0);
        facts.push(Fact::Customer(Customer {
            contact,
            ..Customer::default()
        }));
        facts.push(Fact::Event(Event {
            event_id: format!("e{index}"),
            at: "2026-01-01T00:00:00Z"
                .parse()
                .map_err(|error| anyhow!("{error}"))?,
            kind: ["consent_given", "consent_withdrawn"][index / 9 % 2].to_owned(),
            email: orders[index / 2].buyer.email.clone(),
            shop: order.shop.clone(),
            ..Event::default()
        }));
    }
    Ok(facts)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_question_is_answered_alike_as_the_shop_grows() -> anyhow::Result<()> {
    let pair = Pair::start(200, json!({})).await?;
    let first = orders(1, 700)?;
    pair.load(&facts(&first)).await?;
    pair.load(&others(&first)?).await?;
    pair.load(&contracts(1, 700)?).await?;
    pair.agree("after an import").await?;
    assert_eq!(pair.instances().await, 4, "three shards and the keys");

    // More orders of the same people and of new ones; some products have new names.
    let mut more = orders(2, 300)?;
    for (index, order) in more.iter_mut().enumerate() {
        order.order_id = format!("second-{}", order.order_id);
        if index % 3 == 0 {
            order.buyer = first[index].buyer.clone();
        }
        for line in order.lines.iter_mut().filter(|_| index % 5 == 0) {
            line.name = line.name.as_ref().map(|name| format!("{name} {index}"));
        }
    }
    pair.load(&facts(&more)).await?;
    pair.agree("after more orders").await?;

    // Orders that come again: cancelled, of another buyer, worth nothing; and broken ones.
    let mut again: Vec<Order> = first.iter().step_by(4).cloned().collect();
    let count = again.len();
    for (index, order) in again.iter_mut().enumerate() {
        match index % 4 {
            0 => order.status = OrderStatus::Cancelled,
            1 => order.buyer = first[(index * 31) % count].buyer.clone(),
            2 => order.lines.iter_mut().for_each(|line| line.unit_price = 0),
            _ => order.ordered_at = None,
        }
    }
    pair.load(&facts(&again)).await?;
    pair.agree("after replaced orders").await?;

    // A contact that links people of whatever shards.
    let links: Vec<Fact> = first
        .windows(2)
        .step_by(50)
        .enumerate()
        .map(|(index, two)| {
            let mut contact = two[0].buyer.clone();
            contact.customer_id = Some(format!("link-{index}"));
            let mut other = contact.clone();
            (other.email, other.phone) = (two[1].buyer.email.clone(), None);
            [contact, other].map(|contact| {
                Fact::Customer(Customer {
                    contact,
                    ..Customer::default()
                })
            })
        })
        .collect::<Vec<_>>()
        .concat();
    pair.load(&links).await?;
    pair.agree("after links between shards").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_of_identity_parts_people_alike() -> anyhow::Result<()> {
    let orders = orders(3, 260)?;
    for rule in [
        "customer_id",
        "email",
        "email_else_phone",
        "email_and_phone",
        "tiers",
    ] {
        let pair = Pair::start(1, json!({"identity": rule})).await?;
        pair.load(&facts(&orders)).await?;
        pair.load(&others(&orders)?).await?;
        let as_of = orders
            .iter()
            .filter_map(|order| order.ordered_at)
            .map(|at| at.to_string())
            .max()
            .and_then(|at| at.get(..10)?.parse::<NaiveDate>().ok())
            .and_then(|day| day.checked_add_days(Days::new(3)))
            .ok_or_else(|| anyhow!("no orders"))?;
        pair.agree_on(rule, as_of).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_goes_on_without_its_keys_or_a_shard() -> anyhow::Result<()> {
    let pair = Pair::start(100, json!({})).await?;
    let orders = orders(4, 400)?;
    let day: NaiveDate = "2026-10-31".parse()?;
    pair.load(&facts(&orders[..250])).await?;
    pair.agree_on("at first", day).await?;

    // A shard that is cut off takes its set with it; the next question makes it anew.
    {
        let mut place = pair.sharded.warm.turn("a").await;
        let Some(Resident {
            holds: Holds::Sharded(sharded),
            ..
        }) = &mut place.resident
        else {
            anyhow::bail!("not sharded");
        };
        let placed = sharded.placed.as_mut().ok_or_else(gone)?;
        placed.shards.break_one();
    }
    let cut = pair.sharded.ask("a", day, Question::Months).await;
    assert!(matches!(cut, Err(Failure::CutOff(_))), "{cut:?}");
    assert_eq!(pair.instances().await, 0);
    pair.agree_on("after a shard broke", day).await?;

    // Keys that there is no room for are made again when they are needed.
    let drop_keys = async || {
        let mut place = pair.sharded.warm.turn("a").await;
        if let Some(Holds::Sharded(sharded)) = place.resident.as_mut().map(|r| &mut r.holds) {
            sharded.trim(0);
        }
    };
    drop_keys().await;
    assert_eq!(pair.instances().await, 3);
    pair.agree_on("without keys", day).await?;
    drop_keys().await;
    pair.load(&facts(&orders[250..])).await?;
    pair.agree_on("after an import without keys", day).await?;

    // Another process writes to the log of both.
    for app in [&pair.whole, &pair.sharded] {
        let again = App::open(&app.config, Clock::Fixed(NOON)).await?;
        load(&again, &facts(&orders[100..120])).await?;
    }
    pair.agree_on("after another process", day).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_import_may_be_too_large_for_one_instance() -> anyhow::Result<()> {
    let pair = Pair::start(500, json!({})).await?;
    let orders = orders(5, 900)?;
    pair.load(&facts(&orders[..50])).await?;
    // The shop is put on several instances in the middle of it.
    pair.load(&facts(&orders)).await?;
    assert_eq!(pair.instances().await, 1, "the keys alone");
    pair.agree("after a large import").await?;
    Ok(())
}
