//! `okaeri ask`: one question, its answer.

use std::io::Write;

use chrono::NaiveDate;
use okaeri_protocol::answer::{Answer, Note, Reply, Tables};
use okaeri_protocol::request::{Ask, Question, Scope};
use serde_json::{Map, Value};

use super::Usage;
use super::print::{self, Format, Sheet};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;

/// Arguments of `ask`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  okaeri ask --shop mine dashboard
  okaeri ask --shop mine --as-of 2025-01-01 rfm --param mode=threshold
  okaeri ask --shop mine cohort --format csv
  okaeri ask --shop mine '{\"kind\": \"flow\", \"top\": 10}'")]
pub struct Args {
    /// Which shop
    #[arg(long)]
    shop: String,
    /// On the evening of which day (基準日): later facts do not exist. Default: today at the shop
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Another day to compare with: each table of that day follows as `…_before`
    #[arg(long, value_name = "DAY")]
    compare: Option<NaiveDate>,
    /// Which orders count
    #[arg(long, value_enum, default_value_t = Orders::All)]
    scope: Orders,
    /// What: dashboard, summary, counts, shops, rfm, cells, months, products, cohort, f2, f2hist,
    /// f2prod, flow, flow12, pairs_order, pairs_customer, decile, steps, conversion, days_to_next,
    /// cohorts, cpm, rfm_groups, decile_period, member_ranks, product_repeat, product_ltv,
    /// gift_share, gift_seasons, gift_cross, gift_lost, gift_flow, gift_recipients, corporate,
    /// entry_products, purchase_flow, product_cycle, cross_sell, contract_flow,
    /// contract_retention, contract_churn, churn_risk, ltv_ranks, ltv, media, coupons, bundles,
    /// free_shipping, forecast, id_cc, review, customers, customer, segment, segment_overlap,
    /// segment_words, segment_attributes; or a question as JSON
    question: String,
    /// A parameter of the question, such as `top=10` or `key=c-17`
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// For CSV: which of the answer's tables
    #[arg(long)]
    table: Option<String>,
    /// For tables: how many rows of each; of flows and pairs, those of most customers
    #[arg(long, default_value_t = 20)]
    rows: usize,
}

/// Which orders count.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Orders {
    /// All of them
    All,
    /// Those for the buyer's own use
    Own,
    /// Gifts
    Gift,
}

impl From<Orders> for Scope {
    fn from(orders: Orders) -> Self {
        match orders {
            Orders::All => Scope::All,
            Orders::Own => Scope::Own,
            Orders::Gift => Scope::Gift,
        }
    }
}

/// Runs it.
pub async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    let mut question = question(&args.question, &args.params)?;
    if let (Format::Table, Some(top)) = (args.format, top(&mut question)) {
        // Millions of pairs that nobody would see take seconds.
        top.get_or_insert(u32::try_from(args.rows).unwrap_or(u32::MAX));
    }
    let app = App::open(config, Clock::System).await?;
    let as_of = match args.as_of {
        Some(day) => day,
        None => app.day(&app.shop(&args.shop).await?),
    };
    let ask = Ask {
        as_of,
        compare: args.compare,
        scope: args.scope.into(),
        question,
    };
    match app.answer_to(&args.shop, ask).await?.reply()? {
        Reply::Answer { answer, notes } => {
            tell(&notes);
            print_answer(&answer, args)
        }
        Reply::Error { error } => Err(anyhow::anyhow!(error.message)),
    }
}

/// How many rows of its long tables a question asks for.
fn top(question: &mut Question) -> Option<&mut Option<u32>> {
    match question {
        Question::Dashboard { top }
        | Question::Flow { top }
        | Question::Flow12 { top }
        | Question::PairsOrder { top }
        | Question::PairsCustomer { top } => Some(top),
        _ => None,
    }
}

/// Puts a question together from its name and parameters.
fn question(name: &str, params: &[String]) -> Result<Question, Usage> {
    let mut fields: Map<String, Value> = if name.trim_start().starts_with('{') {
        serde_json::from_str(name)
            .map_err(|error| Usage(format!("the question is not JSON: {error}")))?
    } else {
        Map::from_iter([("kind".to_owned(), name.into())])
    };
    for param in params {
        let Some((key, text)) = param.split_once('=') else {
            return Err(Usage(format!(
                "`--param {param}` is not of the form `name=value`"
            )));
        };
        let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
        fields.insert(key.to_owned(), value);
    }
    serde_json::from_value(fields.into()).map_err(|error| {
        Usage(format!(
            "`{name}` is not a question that I can ask: {error}; see `okaeri ask --help`"
        ))
    })
}

/// Notes go beside the answer, so that the answer can be piped.
pub fn tell(notes: &[Note]) {
    for note in notes {
        eprintln!("note: {} ({})", note.message, note.count);
    }
}

fn print_answer(answer: &Answer, args: &Args) -> anyhow::Result<()> {
    match (answer, args.format) {
        (Answer::Tables(tables), Format::Json) => print::json(tables),
        (Answer::Tables(tables), Format::Table) => print_tables(tables, args.rows),
        (Answer::Tables(tables), Format::Csv) => print_csv(tables, args.table.as_deref()),
        (Answer::Customers(customers), Format::Table | Format::Csv) => {
            super::customers::print(customers, args.format)
        }
        // What is no table is read best as it is.
        (answer, Format::Table) => {
            let mut out = print::out();
            serde_json::to_writer_pretty(&mut out, answer)?;
            writeln!(out)?;
            Ok(out.flush()?)
        }
        (answer, Format::Json) => print::json(answer),
        (_, Format::Csv) => {
            Err(Usage("this answer is no table: ask with `--format json`".to_owned()).into())
        }
    }
}

fn print_tables(tables: &Tables, rows: usize) -> anyhow::Result<()> {
    let mut out = print::out();
    writeln!(out, "as of {}", tables.as_of)?;
    for (name, table) in tables.tables.iter() {
        writeln!(out, "\n{name}")?;
        Sheet::of(table, rows).print(&mut out)?;
    }
    Ok(out.flush()?)
}

fn print_csv(tables: &Tables, name: Option<&str>) -> anyhow::Result<()> {
    let names = || tables.tables.names().collect::<Vec<_>>().join(", ");
    let table = match name {
        Some(name) => tables.tables.get(name),
        None if tables.tables.len() == 1 => tables.tables.iter().map(|(_, table)| table).next(),
        None => None,
    };
    let Some(table) = table else {
        return Err(Usage(format!("say which table with `--table`: {}", names())).into());
    };
    let mut out = print::out();
    Sheet::of(table, usize::MAX).csv(&mut out)?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use okaeri_protocol::request::RfmMode;

    use super::*;

    #[test]
    fn a_question_is_a_name_with_parameters_or_json() {
        let ask = |name: &str, params: &[&str]| {
            question(
                name,
                &params
                    .iter()
                    .map(|param| (*param).to_owned())
                    .collect::<Vec<_>>(),
            )
            .map_err(|usage| usage.to_string())
        };
        assert_eq!(ask("summary", &[]), Ok(Question::Summary));
        assert_eq!(ask("flow", &["top=3"]), Ok(Question::Flow { top: Some(3) }));
        let threshold = Ok(Question::Rfm {
            mode: RfmMode::Threshold,
        });
        assert_eq!(ask("rfm", &["mode=threshold"]), threshold);
        assert_eq!(ask(r#"{"kind":"rfm","mode":"threshold"}"#, &[]), threshold);
        let key = Ok(Question::Customer {
            key: "c 1".to_owned(),
            brief: false,
        });
        assert_eq!(ask("customer", &["key=c 1"]), key);
        for (name, params) in [("weather", vec![]), ("rfm", vec!["mode"]), ("{", vec![])] {
            assert!(ask(name, &params).is_err(), "{name}");
        }
    }
}
