//! Every report opens the customers behind its numbers: as many as it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

mod common;

use chrono::NaiveDate;
use common::{call, load};
use okaeri_carts::sample::{SampleOptions, sample, sample_facts};
use okaeri_plugin::Instance;
use okaeri_plugin::frame::{join, split};
use okaeri_protocol::facts::{Fact, Order};
use serde_json::{Value, json};

/// A table, how many key columns it has, and a column that counts each customer of a row once.
type Column = (&'static str, usize, &'static str);

/// Reports, and some columns of theirs.
const COUNTED: &[(&str, &[Column])] = &[
    (
        r#"{"kind": "steps"}"#,
        &[
            ("steps", 1, "customers"),
            ("steps", 1, "lapsed"),
            ("steps", 1, "in_time"),
            ("steps_by_cohort", 2, "converted"),
        ],
    ),
    (
        r#"{"kind": "conversion", "count": "orders"}"#,
        &[
            ("conversion", 2, "reached"),
            ("conversion", 2, "converted"),
            ("conversion_by_cohort", 2, "closed"),
        ],
    ),
    (
        r#"{"kind": "days_to_next", "from_order": 0, "by": "shop"}"#,
        &[("lead_time", 2, "customers")],
    ),
    (
        r#"{"kind": "days_to_next"}"#,
        &[("lead_time", 1, "customers")],
    ),
    (
        r#"{"kind": "days_to_next", "by": "product"}"#,
        &[("lead_time", 2, "customers")],
    ),
    (
        r#"{"kind": "gift_share", "limit": 7}"#,
        &[
            ("gift_share", 1, "customers"),
            ("gift_senders", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "gift_seasons"}"#,
        &[
            ("gift_seasons", 2, "senders"),
            ("gift_seasons", 2, "continued"),
            ("own_conversion", 1, "senders"),
            ("own_conversion", 1, "converted"),
        ],
    ),
    (r#"{"kind": "gift_cross"}"#, &[("gift_cross", 3, "senders")]),
    (
        r#"{"kind": "gift_lost", "limit": 7}"#,
        &[
            ("gift_lost", 2, "senders"),
            ("gift_lost", 2, "lost_senders"),
        ],
    ),
    (r#"{"kind": "gift_flow"}"#, &[("gift_flow", 2, "customers")]),
    (r#"{"kind": "gift_recipients"}"#, &[]),
    (
        r#"{"kind": "corporate", "average_order": 8000, "limit": 7}"#,
        &[
            ("corporate", 2, "customers"),
            ("corporate_reasons", 1, "customers"),
            ("corporate_status", 3, "customers"),
        ],
    ),
    (r#"{"kind": "cohorts"}"#, &[("cohorts", 2, "bought")]),
    (
        r#"{"kind": "ltv"}"#,
        &[("ltv", 1, "customers"), ("ltv", 1, "repeaters")],
    ),
    (
        r#"{"kind": "ltv", "by": "product", "top": 10000}"#,
        &[("ltv", 2, "closed")],
    ),
    (
        r#"{"kind": "ltv", "by": "subscription"}"#,
        &[("ltv", 2, "closed"), ("ltv_spread", 1, "closed")],
    ),
    (
        r#"{"kind": "media", "top": 10000}"#,
        &[
            ("media", 1, "customers"),
            ("media", 1, "f2_90"),
            ("media_curve", 2, "closed"),
        ],
    ),
    (
        r#"{"kind": "coupons"}"#,
        &[
            ("coupons", 1, "customers"),
            ("coupon_orders", 1, "customers"),
            ("coupon_dependence", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "bundles", "top": 10000}"#,
        &[
            ("bundle_products", 1, "customers"),
            ("bundle_products", 1, "multi_customers"),
            ("bundle_quantities", 2, "customers"),
            ("bundle_pairs", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "free_shipping"}"#,
        &[("free_shipping_bins", 1, "customers")],
    ),
    (
        r#"{"kind": "media", "attribution": "order"}"#,
        &[("media", 1, "customers")],
    ),
    (
        r#"{"kind": "cohorts", "period": "months"}"#,
        &[("cohorts", 2, "bought"), ("cohorts", 2, "still")],
    ),
    (
        r#"{"kind": "product_repeat"}"#,
        &[
            ("product_repeat", 1, "buyers"),
            ("product_repeat", 1, "repeat_buyers"),
            ("product_repeat", 1, "repeaters"),
            ("product_repeat", 1, "closed"),
        ],
    ),
    (
        r#"{"kind": "product_repeat", "new": "window_new", "window_days": 60, "days": 90}"#,
        &[("product_repeat", 1, "new_buyers")],
    ),
    (
        r#"{"kind": "product_ltv", "product": "TEA-100", "days": 90}"#,
        &[
            ("product_ltv", 1, "buyers"),
            ("product_ltv_by_cohort", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "entry_products", "min_customers": 1}"#,
        &[
            ("entry_products", 1, "customers"),
            ("entry_products", 1, "f2_90"),
            ("entry_all", 0, "f3_365"),
        ],
    ),
    (
        r#"{"kind": "purchase_flow", "top": 3}"#,
        &[("flow_nodes", 2, "waiting"), ("flow_links", 3, "customers")],
    ),
    (
        r#"{"kind": "purchase_flow", "mode": "sets", "top": 5}"#,
        &[("flow_links", 3, "customers")],
    ),
    (
        r#"{"kind": "product_cycle"}"#,
        &[
            ("product_cycle", 1, "repeaters"),
            ("product_cycle", 1, "followed"),
            ("product_next", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "cross_sell", "window_days": 365, "min_count": 2, "min_lift": 0}"#,
        &[
            ("rules", 4, "count"),
            ("rules", 4, "left_count"),
            ("rules", 4, "right_count"),
            ("sets", 4, "count"),
            ("baskets", 0, "baskets"),
        ],
    ),
    (
        r#"{"kind": "contract_flow"}"#,
        &[
            ("statuses", 1, "customers"),
            ("cycles", 1, "customers"),
            ("cycles_by_month", 2, "customers"),
            ("reasons", 1, "customers"),
            ("skips", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "contract_flow", "unit": "customer", "months": 12}"#,
        &[
            ("statuses", 1, "units"),
            ("cycles", 1, "reached"),
            ("cycles", 1, "pending"),
        ],
    ),
    (
        r#"{"kind": "contract_retention"}"#,
        &[
            ("cycles", 1, "customers"),
            ("ages", 1, "customers"),
            ("by_product", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "contract_churn", "months": 36}"#,
        &[("months", 1, "customers")],
    ),
    (
        r#"{"kind": "ltv_ranks"}"#,
        &[
            ("ltv_ranks", 1, "customers"),
            ("ltv_ranks", 1, "subscribers"),
            ("ltv_reasons", 3, "customers"),
        ],
    ),
    (
        r#"{"kind": "lifecycle_grid", "orders": [2, 3, 5, 9], "days": [30, 60, 120, 240]}"#,
        &[("grid", 2, "customers")],
    ),
    (
        r#"{"kind": "cpm"}"#,
        &[
            ("cpm", 1, "customers"),
            ("cpm_history", 2, "customers"),
            ("cpm_history", 2, "promoted"),
            ("cpm_transitions", 2, "customers"),
            ("cpm_rates", 1, "customers"),
        ],
    ),
    (
        r#"{"kind": "rfm_groups", "mode": "threshold", "since": "2025-03-31"}"#,
        &[("rfm_moves", 2, "customers")],
    ),
];

/// Reports that take more of the whole shop than a share of it, and some columns of theirs.
const WHOLE: &[(&str, &[Column])] = &[
    (
        r#"{"kind": "churn_risk"}"#,
        &[("bands", 1, "customers"), ("signals", 1, "customers")],
    ),
    (
        r#"{"kind": "cpm", "preset": "fit"}"#,
        &[
            ("cpm", 1, "customers"),
            ("cpm_history", 2, "lapsed"),
            ("cpm_rates", 1, "reached"),
        ],
    ),
    (
        r#"{"kind": "rfm_groups", "since": "2025-03-31"}"#,
        &[
            ("rfm_groups", 1, "customers"),
            ("rfm_segments", 1, "customers"),
            ("rfm_bounds", 2, "customers"),
            ("rfm_axis_moves", 2, "customers"),
        ],
    ),
    (
        r#"{"kind": "decile_period"}"#,
        &[
            ("deciles", 1, "customers"),
            ("large_single", 1, "large_single"),
        ],
    ),
    (
        r#"{"kind": "member_ranks"}"#,
        &[
            ("member_ranks", 1, "customers"),
            ("member_ranks", 1, "near_by_amount"),
            ("member_ranks", 1, "falling"),
        ],
    ),
    (
        r#"{"kind": "corporate", "limit": 7}"#,
        &[("corporate", 2, "customers")],
    ),
    (
        r#"{"kind": "rfm_groups", "mode": "threshold", "amount": "aov"}"#,
        &[("rfm_groups", 1, "customers")],
    ),
    (
        r#"{"kind": "ltv_ranks", "forecast": true}"#,
        &[("ltv_ranks", 1, "customers"), ("ltv_reasons", 3, "customers")],
    ),
    (
        r#"{"kind": "forecast", "horizon_days": 90}"#,
        &[("forecast_alive", 1, "customers")],
    ),
    (
        r#"{"kind": "forecast", "model": "bg_bb", "period": "quarter"}"#,
        &[("forecast_alive", 1, "customers")],
    ),
    (
        r#"{"kind": "forecast", "model": "bg_nbd", "seasonal": true}"#,
        &[("forecast_alive", 1, "customers")],
    ),
];

const DAY: &str = "2025-12-31";

fn options() -> SampleOptions {
    SampleOptions {
        orders: 1_500,
        until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        ..SampleOptions::default()
    }
}

fn orders() -> Vec<Order> {
    sample(&options())
}

/// What is known beside orders, one fact a line: every shard is told all of it.
fn other_facts() -> String {
    let facts = sample_facts(&options());
    let others = facts
        .iter()
        .filter(|fact| matches!(fact, Fact::Contract(_) | Fact::Event(_)));
    let lines = others.map(|fact| serde_json::to_string(fact).unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

/// An instance in which an e-mail address is a person.
fn shop(orders: &[Order]) -> Instance {
    let mut instance = Instance::new();
    let settings = json!({"call": "configure", "settings": {"identity": "email"}});
    call(&mut instance, &settings, &[]);
    load(
        &mut instance,
        "json",
        false,
        serde_json::to_vec(orders).unwrap(),
    );
    load(&mut instance, "ndjson", false, other_facts());
    instance
}

fn ask(instance: &mut Instance, question: &Value) -> Value {
    let header = json!({"call": "ask", "as_of": DAY, "question": question});
    let reply = call(instance, &header, &[]);
    assert!(reply.get("error").is_none(), "{reply}");
    reply["answer"].clone()
}

#[test]
fn a_number_opens_as_many_customers_as_it_says() {
    let mut instance = shop(&orders());
    for (question, counted) in COUNTED.iter().chain(WHOLE) {
        let question: Value = serde_json::from_str(question).unwrap();
        let answer = ask(&mut instance, &question);
        for (table, keys, measure) in *counted {
            let shown = &answer["tables"][*table];
            let columns = shown["columns"].as_array().unwrap();
            let place = columns.iter().position(|name| name == measure).unwrap();
            let rows = shown["rows"].as_array().unwrap();
            assert!(!rows.is_empty(), "{table} of {question} has no rows");
            // Every row of a short table, some of a long one.
            for row in rows.iter().step_by(rows.len() / 40 + 1) {
                let key = json!(row.as_array().unwrap()[..*keys]);
                let found = opened(&mut instance, &question, table, &key, measure);
                assert_eq!(found, row[place], "{table} {measure} {row}");
            }
        }
    }
}

/// How many customers a number of a report opens.
fn opened(instance: &mut Instance, question: &Value, table: &str, key: &Value, of: &str) -> Value {
    let measure = if of.is_empty() {
        Value::Null
    } else {
        of.into()
    };
    let list = json!({"kind": "customers", "limit": 0, "filter": [{"in": "report",
        "question": question, "table": table, "key": key, "measure": measure}]});
    ask(instance, &list)["total"].clone()
}

#[test]
fn a_row_of_a_curve_opens_whom_it_counts() {
    let mut instance = shop(&orders());
    let answer = ask(&mut instance, &json!({"kind": "days_to_next"}));
    let rows = answer["tables"]["curve"]["rows"].as_array().unwrap();
    assert!(rows.len() > 40);
    let mut from = 0;
    for (place, row) in rows.iter().enumerate() {
        let day = row[0].as_u64().unwrap();
        if place % 9 == 0 {
            let within = json!({"kind": "days_to_next", "days_min": from, "days_max": day});
            let since = json!({"kind": "days_to_next", "days_min": from});
            let mut open = |question, of| opened(&mut instance, question, "gaps", &json!([]), of);
            assert_eq!(open(&since, ""), row[1], "at risk: {row}");
            assert_eq!(open(&within, "converted"), row[2], "{row}");
            assert_eq!(open(&within, "waiting"), row[3], "{row}");
        }
        from = day + 1;
    }
}

#[test]
fn all_who_had_lapsed_by_a_month_open_together() {
    let mut instance = shop(&orders());
    let question = json!({"kind": "cpm"});
    let answer = ask(&mut instance, &question);
    let rows = answer["tables"]["cpm_history"]["rows"].as_array().unwrap();
    let month = rows.last().unwrap()[0].clone();
    let away = rows.iter().filter(|row| row[0] == month);
    let away = away.filter(|row| row[1].as_str().unwrap().ends_with("_lapsed"));
    let away: u64 = away.map(|row| row[2].as_u64().unwrap()).sum();
    assert!(away > 0);
    let found = opened(
        &mut instance,
        &question,
        "cpm_history",
        &json!([month]),
        "away",
    );
    assert_eq!(found, away);
}

#[test]
fn the_members_of_a_cohort_open() {
    let mut instance = shop(&orders());
    let question = json!({"kind": "cohorts"});
    let answer = ask(&mut instance, &question);
    let rows = answer["tables"]["cohorts"]["rows"].as_array().unwrap();
    for row in rows.iter().step_by(50) {
        let key = json!([row[0]]);
        let found = opened(
            &mut instance,
            &question,
            "cohort_members",
            &key,
            "customers",
        );
        assert_eq!(found, row[2], "{row}");
    }
}

/// An answer's frame to a call's.
fn frame(instance: &mut Instance, header: &Value, payload: &[u8]) -> Vec<u8> {
    instance.call(&join(header.to_string().as_bytes(), payload).unwrap())
}

/// A shop on two instances.
struct Sharded([Instance; 2]);

impl Sharded {
    fn of(orders: &[Order]) -> Sharded {
        let (ours, theirs): (Vec<Order>, Vec<Order>) = orders.iter().cloned().partition(|order| {
            let email = order.buyer.email.as_deref().unwrap_or_default();
            email.bytes().map(u32::from).sum::<u32>().is_multiple_of(2)
        });
        assert!(!ours.is_empty() && !theirs.is_empty());
        Sharded([shop(&ours), shop(&theirs)])
    }

    /// The payloads of the same call to all, and their lengths.
    fn all(&mut self, header: &Value, payload: &[u8]) -> (Vec<usize>, Vec<u8>) {
        let mut all = Vec::new();
        let lengths = self.0.each_mut().map(|shard| {
            let reply = frame(shard, header, payload);
            let (reply, part) = split(&reply).unwrap();
            let reply: Value = serde_json::from_slice(reply).unwrap();
            assert!(reply.get("error").is_none(), "{header}: {reply}");
            all.extend_from_slice(part);
            part.len()
        });
        (lengths.to_vec(), all)
    }

    /// What shards are told of the whole shop before a question.
    fn told(&mut self, day: &str, question: &Value) -> Vec<u8> {
        let needs = json!({"call": "standings", "question": question});
        let needs = call(&mut self.0[1], &needs, &[]);
        let mut told = Vec::new();
        for name in needs["answer"]["names"].as_array().unwrap() {
            let partial = json!({"call": "partial", "as_of": day, "question": question,
                "standing": name});
            let (lengths, parts) = self.all(&partial, &[]);
            let finish = json!({"call": "finish", "parts": lengths, "question": question,
                "standing": name});
            let mut other = Instance::new();
            let standing = frame(&mut other, &finish, &parts);
            told.extend_from_slice(split(&standing).unwrap().1);
        }
        told
    }
}

#[test]
fn shares_of_shards_make_the_same_answer() {
    let orders = orders();
    let mut whole = shop(&orders);
    let mut shards = Sharded::of(&orders);
    for (question, _) in COUNTED.iter().chain(WHOLE) {
        let question: Value = serde_json::from_str(question).unwrap();
        let asked = json!({"call": "ask", "as_of": DAY, "compare": "2025-06-30",
            "question": question});
        let one = frame(&mut whole, &asked, &[]);
        let mut payload = Vec::new();
        let lengths = [DAY, "2025-06-30"].map(|day| {
            let told = shards.told(day, &question);
            let partial = json!({"call": "partial", "as_of": day, "question": question});
            let (lengths, parts) = shards.all(&partial, &told);
            payload.extend_from_slice(&parts);
            lengths
        });
        let [now, before] = &lengths;
        let finish = json!({"call": "finish", "parts": now, "compare": before,
            "question": question});
        let merged = frame(&mut whole, &finish, &payload);
        let text = |frame: &[u8]| String::from_utf8_lossy(split(frame).unwrap().0).into_owned();
        assert_eq!(text(&merged), text(&one), "{question}");
    }
}

#[test]
fn shards_list_whom_the_whole_shop_lists() {
    let orders = orders();
    let mut whole = shop(&orders);
    let mut shards = Sharded::of(&orders);
    for (question, counted) in WHOLE {
        let question: Value = serde_json::from_str(question).unwrap();
        let answer = ask(&mut whole, &question);
        for (table, keys, measure) in *counted {
            let rows = answer["tables"][*table]["rows"].as_array().unwrap().clone();
            for row in rows.iter().step_by(rows.len() / 5 + 1) {
                let key = &row.as_array().unwrap()[..*keys];
                let list = json!({"kind": "customers", "limit": 10_000, "filter": [{
                    "in": "report", "question": question, "table": table, "key": key,
                    "measure": measure}]});
                let one = ask(&mut whole, &list);
                let told = shards.told(DAY, &list);
                let header = json!({"call": "ask", "as_of": DAY, "question": list});
                let mut both = Vec::new();
                for shard in &mut shards.0 {
                    let reply = call(shard, &header, &told);
                    assert!(reply.get("error").is_none(), "{reply}");
                    both.extend(reply["answer"]["customers"].as_array().unwrap().clone());
                }
                let by_key = |rows: &[Value]| {
                    let mut rows = rows.to_vec();
                    rows.sort_by_key(|row| row["key"].as_str().unwrap().to_owned());
                    rows
                };
                let one = one["customers"].as_array().unwrap();
                assert_eq!(by_key(&both), by_key(one), "{list}");
            }
        }
    }
}

#[test]
fn a_shard_shows_a_customer_as_the_whole_shop_does() {
    let orders = orders();
    let mut whole = shop(&orders);
    let mut shards = Sharded::of(&orders);
    let list = ask(
        &mut whole,
        &json!({"kind": "customers", "sort": "forecast", "limit": 10_000}),
    );
    let rows = list["customers"].as_array().unwrap();
    let mut recommended = 0;
    for row in rows.iter().step_by(rows.len() / 20 + 1) {
        let question = json!({"kind": "customer", "key": row["key"]});
        let one = ask(&mut whole, &question);
        let told = shards.told(DAY, &question);
        let header = json!({"call": "ask", "as_of": DAY, "question": question});
        let pages = shards.0.each_mut().map(|shard| call(shard, &header, &told));
        let pages = pages.iter().filter(|page| page.get("error").is_none());
        let pages: Vec<&Value> = pages.map(|page| &page["answer"]).collect();
        assert_eq!(pages, [&one]);
        recommended += one["recommended"].as_array().map_or(0, Vec::len);
    }
    assert!(recommended > 0);
}

#[test]
fn a_shard_does_not_guess_what_the_whole_shop_is_like() {
    let mut shard = shop(&orders());
    let mut other = Sharded::of(&orders());
    for (question, counted) in WHOLE {
        let question: Value = serde_json::from_str(question).unwrap();
        let partial = json!({"call": "partial", "as_of": DAY, "question": question});
        let is_made_of_all = question["kind"] == "forecast";
        if !is_made_of_all {
            let reply = call(&mut shard, &partial, &[]);
            assert_eq!(reply["error"]["code"], "bad_call", "{question}");
        }
        // Nor whom such a report means, told the rankings alone.
        let told = other.told(DAY, &json!({"kind": "customers"}));
        let filter = json!([{"in": "report", "question": question, "table": counted[0].0}]);
        let list = json!({"call": "ask", "as_of": DAY,
            "question": {"kind": "customers", "filter": filter}});
        let reply = call(&mut shard, &list, &told);
        let message = reply["error"]["message"].to_string();
        assert!(message.contains("must be told"), "{question}: {reply}");
        if is_made_of_all {
            continue;
        }
        // What was told of another day is refused.
        let told = other.told("2025-06-30", &question);
        let reply = call(&mut shard, &partial, &told);
        assert_eq!(reply["error"]["code"], "bad_data", "{question}");
    }
}

#[test]
fn a_list_by_forecast_falls_and_agrees_with_the_customers_page() {
    let mut instance = shop(&orders());
    let list = ask(
        &mut instance,
        &json!({"kind": "customers", "sort": "forecast", "limit": 20}),
    );
    let rows = list["customers"].as_array().unwrap();
    let values: Vec<i64> = rows
        .iter()
        .map(|row| row["forecast"]["value"].as_i64().unwrap())
        .collect();
    assert!(values.is_sorted_by(|a, b| a >= b), "{values:?}");
    assert!(values[0] > 0);
    let page = ask(
        &mut instance,
        &json!({"kind": "customer", "key": rows[0]["key"]}),
    );
    assert_eq!(page["summary"], rows[0]);
    // Each score says why, and the best customers of a tea shop have something to try next.
    let scores = |page: &Value| -> Vec<String> {
        let why = page["why"].as_array().unwrap().iter();
        why.map(|why| why["score"].as_str().unwrap().to_owned())
            .collect()
    };
    for score in ["cpm", "member_rank", "ltv_rank"] {
        assert!(scores(&page).iter().any(|known| known == score), "{page}");
    }
    // What is due has lasted as long as it lasts, and not three times as long.
    let mut due = 0;
    for row in rows {
        let page = ask(
            &mut instance,
            &json!({"kind": "customer", "key": row["key"]}),
        );
        for one in page["due"].as_array().into_iter().flatten() {
            let [days, cycle] = ["days", "cycle_days"].map(|name| one[name].as_i64().unwrap());
            assert!(days >= cycle && days <= 3 * cycle, "{one}");
            due += 1;
        }
    }
    assert!(due > 0);
    let recommended = page["recommended"].as_array().unwrap();
    for one in recommended {
        assert!(one["confidence"].as_f64() >= one["confidence_low"].as_f64());
        assert!(!one["because"].as_array().unwrap().is_empty());
    }
    let brief = json!({"kind": "customer", "key": rows[0]["key"], "brief": true});
    let brief = ask(&mut instance, &brief);
    assert!(brief["summary"].get("forecast").is_none());
    assert!(!scores(&brief).iter().any(|known| known == "ltv_rank"));
    let alive = rows[0]["forecast"]["alive"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&alive));
    // Other lists are as they were.
    let plain = ask(&mut instance, &json!({"kind": "customers", "limit": 1}));
    assert!(plain["customers"][0].get("forecast").is_none(), "{plain}");
}

/// The sum of a column.
fn sum(answer: &Value, table: &str, column: &str) -> i64 {
    let table = &answer["tables"][table];
    let columns = table["columns"].as_array().unwrap();
    let place = columns.iter().position(|name| name == column).unwrap();
    let rows = table["rows"].as_array().unwrap().iter();
    rows.map(|row| row[place].as_i64().unwrap()).sum()
}

#[test]
fn gifts_and_own_use_make_up_the_whole() {
    let mut instance = shop(&orders());
    let scoped = |instance: &mut Instance, scope: &str, question: &Value| {
        let header = json!({"call": "ask", "as_of": DAY, "scope": scope, "question": question});
        call(instance, &header, &[])["answer"].clone()
    };
    let summary = json!({"kind": "summary"});
    let [all, own, gift] = ["all", "own", "gift"].map(|scope| {
        let answer = scoped(&mut instance, scope, &summary);
        ["orders", "revenue"].map(|column| sum(&answer, "summary", column))
    });
    assert!(own[0] > 0 && gift[0] > 0);
    for (whole, (own, gift)) in all.iter().zip(own.iter().zip(&gift)) {
        assert_eq!(*whole, own + gift);
    }
    let share = ask(&mut instance, &json!({"kind": "gift_share"}));
    let of = |column: &str| sum(&share, "gift_share", column);
    assert_eq!(of("orders"), all[0]);
    assert_eq!(of("gift_orders"), gift[0]);
    assert_eq!(of("shipments"), of("gift") + of("uncertain") + of("own"));
    let amounts = ["gift_amount", "uncertain_amount", "own_amount"].map(of);
    assert_eq!(of("amount"), amounts.iter().sum::<i64>());
    assert_eq!(of("amount"), all[1]);
    let classes = sum(&share, "gift_noshi", "shipments");
    assert_eq!(of("gift"), classes);
    let counts = ask(&mut instance, &json!({"kind": "gift_flow"}));
    let summary = ask(&mut instance, &summary);
    let customers = sum(&summary, "summary", "customers");
    assert_eq!(sum(&counts, "gift_flow", "customers"), customers);
    assert_eq!(sum(&share, "gift_senders", "customers"), customers);
}
