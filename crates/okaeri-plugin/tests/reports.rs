//! Every report opens the customers behind its numbers: as many as it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

mod common;

use common::asked::{COUNTED, DAY, WHOLE, ask, orders, shop};
use common::call;
use okaeri_plugin::Instance;
use serde_json::{Value, json};

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

#[test]
fn who_has_had_a_period_opens_over_all_cohorts() {
    let mut instance = shop(&orders());
    let question = json!({"kind": "cohorts"});
    let answer = ask(&mut instance, &question);
    let all = &answer["tables"]["cohorts_all"];
    let columns = all["columns"].as_array().unwrap();
    for row in all["rows"].as_array().unwrap() {
        let key = json!([null, row[0]]);
        for (name, count) in columns.iter().zip(row.as_array().unwrap()).skip(1).take(3) {
            let of = name.as_str().unwrap();
            let found = opened(&mut instance, &question, "cohorts", &key, of);
            assert_eq!(found, *count, "{of} {row}");
        }
    }
}

#[test]
fn a_range_of_amounts_opens() {
    let mut instance = shop(&orders());
    let question = json!({"kind": "free_shipping"});
    let answer = ask(&mut instance, &question);
    let rows = answer["tables"]["free_shipping_bins"]["rows"]
        .as_array()
        .unwrap();
    for row in rows.iter().take(20) {
        let from = row[0].as_i64().unwrap();
        let key = json!([format!("{from}..{}", from + 499)]);
        let found = opened(&mut instance, &question, "free_shipping", &key, "orders");
        assert_eq!(found, row[1], "{row}");
    }
    for wrong in ["4000", "4000..", "..", "a..b", "1..2..3"] {
        let list = json!({"kind": "customers", "filter": [{"in": "report", "question": question,
            "table": "free_shipping", "key": [wrong]}]});
        let header = json!({"call": "ask", "as_of": DAY, "question": list});
        let error = &call(&mut instance, &header, &[])["error"];
        assert_eq!(error["code"], "bad_call", "{wrong}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("4000..4999"), "{message}");
    }
}

#[test]
fn a_grid_fitted_to_the_shop_ends_where_most_gaps_do() {
    let mut instance = shop(&orders());
    let grid = ask(
        &mut instance,
        &json!({"kind": "lifecycle_grid", "fit": true}),
    );
    let rows = grid["tables"]["grid"]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 9);
    let answer = ask(
        &mut instance,
        &json!({"kind": "days_to_next", "from_order": 0}),
    );
    let curve = answer["tables"]["curve"]["rows"].as_array().unwrap();
    let ended = |row: &Value| row[2].as_u64().unwrap();
    let all: u64 = curve.iter().map(ended).sum();
    for (row, percent) in rows.iter().zip([75, 90]) {
        let end = row[5].as_u64().unwrap();
        // A row counts the days after the row before, up to its own.
        let mut before = 0;
        let within = curve.iter().find(|row| {
            before += ended(row);
            before * 100 >= all * percent
        });
        let place = curve.iter().position(|row| Some(row) == within).unwrap();
        let from = curve[place - 1][0].as_u64().unwrap();
        assert!(
            from < end && end <= curve[place][0].as_u64().unwrap(),
            "{row}"
        );
    }
    let customers: i64 = rows.iter().map(|row| row[6].as_i64().unwrap()).sum();
    let summary = ask(&mut instance, &json!({"kind": "summary"}));
    assert_eq!(customers, sum(&summary, "summary", "customers"));
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

/// The values of a row of `effects` by name, from the ratios on.
fn effects(instance: &mut Instance, question: &Value, group: &str) -> impl Fn(&str) -> f64 + use<> {
    let answer = ask(instance, question);
    let table = answer["tables"]["effects"].clone();
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row[0] == group).unwrap().clone();
    let columns = table["columns"].as_array().unwrap().clone();
    move |column| {
        let place = columns.iter().position(|name| name == column).unwrap();
        row[place].as_f64().unwrap()
    }
}

#[test]
fn effects_tell_whose_customers_come_back_more_often() {
    let mut instance = shop(&orders());
    // The made-up shop's affiliate brings people who pass.
    let passing = effects(&mut instance, &json!({"kind": "effects"}), "affiliate_a");
    assert!(passing("purchase_high") < 0.7 && passing("chance") < 0.001);
    assert!(passing("purchases") < passing("purchases_others") / 2.0);
    for of in ["purchase", "leaving"] {
        let [low, ratio, high] =
            ["low", "ratio", "high"].map(|part| passing(&format!("{of}_{part}")));
        assert!(0.0 < low && low < ratio && ratio < high, "{of}");
    }
    // Of two groups one is the other's opposite, and a longer time brings more purchases.
    let by = |days: u32| json!({"kind": "effects", "by": "gift", "horizon_days": days});
    let own = effects(&mut instance, &by(365), "own");
    let gift = effects(&mut instance, &by(365), "gift");
    let longer = effects(&mut instance, &by(730), "gift");
    assert!((own("purchase_ratio") > 1.0) == (gift("purchase_ratio") < 1.0));
    assert!(longer("purchases") > gift("purchases"));
    assert_eq!(longer("leaving_ratio"), gift("leaving_ratio"));
}
