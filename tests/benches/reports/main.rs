//! The reports on the workload, and the forecasts of a million made-up customers, in wasmtime as
//! the server has it. `cargo xtask bench reports` builds what this needs and starts it.

mod customers;

use std::time::Duration;

use okaeri_tests::engine::{Calls, Failure, Wasm, frame, parts};
use okaeri_tests::peers::workload::Workload;
use okaeri_tests::peers::{CONFIGURE, load};

const WORKLOAD_DAY: &str = "2025-01-01";

/// Each report as a shop asks it.
const REPORTS: &[&str] = &[
    r#"{"kind":"steps"}"#,
    r#"{"kind":"conversion"}"#,
    r#"{"kind":"days_to_next"}"#,
    r#"{"kind":"cohorts"}"#,
    r#"{"kind":"cpm"}"#,
    r#"{"kind":"rfm_groups","since":"2024-07-01"}"#,
    r#"{"kind":"decile_period"}"#,
    r#"{"kind":"lifecycle_grid"}"#,
    r#"{"kind":"member_ranks"}"#,
    r#"{"kind":"ltv_ranks"}"#,
    r#"{"kind":"product_repeat"}"#,
    r#"{"kind":"product_ltv","product":1}"#,
    r#"{"kind":"entry_products"}"#,
    r#"{"kind":"purchase_flow"}"#,
    r#"{"kind":"product_cycle"}"#,
    r#"{"kind":"cross_sell"}"#,
    r#"{"kind":"ltv"}"#,
    r#"{"kind":"media"}"#,
    r#"{"kind":"coupons"}"#,
    r#"{"kind":"bundles"}"#,
    r#"{"kind":"free_shipping"}"#,
    r#"{"kind":"contract_flow"}"#,
    r#"{"kind":"contract_retention"}"#,
    r#"{"kind":"contract_churn"}"#,
    r#"{"kind":"churn_risk"}"#,
    r#"{"kind":"gift_share"}"#,
    r#"{"kind":"gift_seasons"}"#,
    r#"{"kind":"gift_cross"}"#,
    r#"{"kind":"gift_lost"}"#,
    r#"{"kind":"gift_flow"}"#,
    r#"{"kind":"gift_recipients"}"#,
    r#"{"kind":"corporate"}"#,
];

/// Forms of them that take longer.
const LARGE: &[&str] = &[
    r#"{"kind":"days_to_next","from_order":0,"by":"product"}"#,
    r#"{"kind":"cpm","preset":"fit"}"#,
    r#"{"kind":"purchase_flow","mode":"sets"}"#,
    r#"{"kind":"cross_sell","unit":"order"}"#,
    r#"{"kind":"ltv","by":"product"}"#,
];

/// Segments of one condition: the columns that it looks at are made for it.
const SEGMENTS: &[&str] = &[
    r#"{"kind":"segment","text":"number_of_orders >= 2"}"#,
    r#"{"kind":"segment","text":"cpm_group = 'loyal_active'"}"#,
    r#"{"kind":"segment","text":"ltv_rank = 'high'"}"#,
    r#"{"kind":"segment","text":"member_rank = 'gold'"}"#,
    r#"{"kind":"segment","text":"churn_risk >= 60"}"#,
    r#"{"kind":"segment","text":"season('oseibo', last_year)"}"#,
    r#"{"kind":"segment","text":"season('oseibo', orders: 'all')"}"#,
    r#"{"kind":"segment","text":"p_alive < 0.3"}"#,
];

/// Ten conditions whose columns are there.
const TEN: &[&str] = &[
    r#"{"kind":"segment_overlap","texts":["number_of_orders >= 2 AND cpm_group != 'first_lapsed' AND ltv_rank != 'general' AND member_rank = 'gold' AND churn_risk IS NULL AND NOT season('oseibo', last_year) AND p_alive >= 0.3 AND amount_spent >= 10000 AND lifecycle IN ('constant_active', 'promising_active')","decile <= 3"]}"#,
];

/// What fits a model, and then says something of everybody.
const FORECASTS: &[&str] = &[
    r#"{"kind":"forecast","model":"bg_nbd"}"#,
    r#"{"kind":"forecast","model":"pareto_nbd"}"#,
    r#"{"kind":"forecast"}"#,
    r#"{"kind":"forecast","model":"bg_bb","period":"month"}"#,
];

/// A model for each of five groups.
const EFFECTS: &[&str] = &[r#"{"kind":"effects","by":"product"}"#];

fn main() -> Result<(), Failure> {
    let mut size = "M".to_owned();
    let mut runs = 3;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--size" => size = value()?,
            "--runs" => runs = value()?.parse::<usize>()?.max(1),
            // Cargo's own, to every benchmark.
            "--bench" => {}
            _ => return Err(format!("`{arg}` is not known here").into()),
        }
    }
    let streams = Workload::new(env!("CARGO_TARGET_TMPDIR")).streams(&size)?;
    let mut wasm = Wasm::new()?;
    load(&mut wasm, &streams)?;
    println!(
        "\nReports of {size} in wasmtime, seconds, least of {runs} runs; the book is made before.\n"
    );
    let mut shop = Asked {
        engine: &mut wasm,
        settings: CONFIGURE,
        as_of: WORKLOAD_DAY,
        runs,
    };
    let reports = shop.all(REPORTS, false)?;
    println!("{reports:>8.3}  together\n");
    shop.all(LARGE, false)?;
    println!("\nSegments: the first time, and ten conditions again.\n");
    shop.all(SEGMENTS, true)?;
    shop.all(TEN, false)?;
    println!();
    shop.all(FORECASTS, true)?;
    shop.all(EFFECTS, false)?;
    drop(wasm);

    let mut wasm = Wasm::new()?;
    let customers = customers::load(&mut wasm, customers::COUNT)?;
    println!(
        "\nForecasts of {customers} made-up customers, seconds, fits and predictions with bounds.\n"
    );
    let mut shop = Asked {
        engine: &mut wasm,
        settings: customers::SETTINGS,
        as_of: customers::AS_OF,
        runs,
    };
    shop.all(FORECASTS, true)?;
    Ok(())
}

/// An engine that is asked.
struct Asked<'a> {
    engine: &'a mut dyn Calls,
    settings: &'static str,
    as_of: &'static str,
    runs: usize,
}

impl Asked<'_> {
    /// Asks all questions and prints what each takes; the sum of them. `anew`: what was made of
    /// the facts is forgotten in between.
    fn all(&mut self, questions: &[&str], anew: bool) -> Result<f64, Failure> {
        self.ask(r#"{"kind":"summary"}"#)?;
        let mut sum = 0.0;
        for question in questions {
            let mut least = f64::INFINITY;
            for _ in 0..self.runs {
                if anew {
                    self.engine.ask(self.settings, &[]);
                    self.ask(r#"{"kind":"summary"}"#)?;
                }
                least = least.min(self.ask(question)?.as_secs_f64());
            }
            println!("{least:>8.3}  {question}");
            sum += least;
        }
        Ok(sum)
    }

    fn ask(&mut self, question: &str) -> Result<Duration, Failure> {
        let as_of = self.as_of;
        let header = format!(r#"{{"call":"ask","as_of":"{as_of}","question":{question}}}"#);
        let (answer, took) = self.engine.timed(&frame(&header, &[]));
        let (reply, _) = parts(&answer);
        if reply.starts_with(r#"{"error""#) {
            return Err(format!("{question}: {reply}").into());
        }
        Ok(took)
    }
}
