//! `okaeri customers`: a list of customers, or why some are one.

mod pairs;

use std::io::Write;

use chrono::NaiveDate;
use okaeri_protocol::answer::{Answer, CustomerRow, Customers, Reply};
use okaeri_protocol::filter::Filter;
use okaeri_protocol::request::{CustomerSort, Question};

use super::Usage;
use super::ask::tell;
use super::print::{self, Format, Sheet, number, text};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;

/// Customers that one question may list.
const PAGE: u32 = 10_000;

/// Arguments of `customers`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Conditions name a table and its numbers, as `okaeri ask` prints them:
  {\"in\": \"cells\", \"freq\": 3, \"rec\": 2}     a cell of the lifecycle matrix
  {\"in\": \"rfm\", \"r\": 5, \"f\": 1}          {\"in\": \"decile\", \"decile\": 1}
  {\"in\": \"orders\", \"min\": 2, \"max\": 3}    {\"in\": \"amount\", \"min\": 10000}
  {\"in\": \"f2\", \"converted\": false}         {\"in\": \"last_day\", \"from\": \"2025-01-01\"}
  {\"in\": \"products\", \"product\": \"TEA-1\"}   {\"in\": \"pairs_customer\", \"a\": 1, \"b\": 2}
  {\"in\": \"months\", \"month\": 24300}         {\"in\": \"cohort\", \"cohort\": 24300, \"k\": 1}
  {\"in\": \"flow\", \"p1\": \"TEA-1\"}           {\"in\": \"shops\", \"n_shops\": 2}
  {\"in\": \"mailable\"}                       {\"in\": \"text\", \"contains\": \"yamada\"}
  {\"in\": \"keys\", \"keys\": [\"17\"]}         {\"in\": \"segment\", \"id\": \"9c0e…\"}
  {\"in\": \"segment\", \"text\": \"number_of_orders >= 3\"}

Examples:
  okaeri customers --shop mine --sort last-day --limit 20
  okaeri customers --shop mine --filter '[{\"in\": \"cells\", \"freq\": 3, \"rec\": 2}]' --format csv
  okaeri customers --shop mine --review
  okaeri customers --shop mine --review --join A-17 A-90
  okaeri customers --shop mine --key mail:hana@example.jp
  okaeri customers --shop mine --key mail:hana@example.jp --split A-17 A-42"
)]
pub struct Args {
    /// Which shop
    #[arg(long)]
    shop: String,
    /// On the evening of which day (基準日). Default: today at the shop
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// Conditions as a JSON array; all must hold
    #[arg(
        long,
        value_name = "JSON",
        default_value = "[]",
        hide_default_value = true
    )]
    filter: String,
    /// Column to sort by
    #[arg(long, value_enum, default_value_t = Sort::Amount)]
    sort: Sort,
    /// Smallest first
    #[arg(long)]
    ascending: bool,
    /// How many, 0 for all
    #[arg(long, default_value_t = 100)]
    limit: u32,
    /// First customer to list
    #[arg(long, default_value_t = 0)]
    offset: u32,
    /// Instead of a list: the contacts of the customer with this key, in pairs, and what makes
    /// them one person
    #[arg(long)]
    key: Option<String>,
    /// Instead of a list: pairs of contacts that may be one person
    #[arg(long, conflicts_with = "key")]
    review: bool,
    /// Say of a pair that `--key` or `--review` lists, by its two orders: these are two people
    #[arg(long, num_args = 2, value_names = ["ORDER", "ORDER"])]
    split: Option<Vec<String>>,
    /// … these are one person
    #[arg(long, num_args = 2, value_names = ["ORDER", "ORDER"], conflicts_with = "split")]
    join: Option<Vec<String>>,
    /// … let the evidence decide again
    #[arg(long, num_args = 2, value_names = ["ORDER", "ORDER"], conflicts_with_all = ["split", "join"])]
    undo: Option<Vec<String>>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// See [`CustomerSort`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    /// Sum of the order amounts
    Amount,
    /// Number of orders
    Orders,
    /// Day of the first order
    FirstDay,
    /// Day of the last order
    LastDay,
    /// The key
    Key,
}

impl From<Sort> for CustomerSort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Amount => CustomerSort::Amount,
            Sort::Orders => CustomerSort::Orders,
            Sort::FirstDay => CustomerSort::FirstDay,
            Sort::LastDay => CustomerSort::LastDay,
            Sort::Key => CustomerSort::Key,
        }
    }
}

/// Runs it.
pub async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    let filter: Filter = serde_json::from_str(&args.filter)
        .map_err(|error| Usage(format!("the filter is not one: {error}")))?;
    let app = App::open(config, Clock::System).await?;
    let as_of = match args.as_of {
        Some(day) => day,
        None => app.day(&app.shop(&args.shop).await?),
    };
    if args.key.is_some() || args.review {
        return pairs::run(&app, args, as_of).await;
    }
    if args.split.is_some() || args.join.is_some() || args.undo.is_some() {
        return Err(
            Usage("say where the pair is listed: `--key KEY` or `--review`".to_owned()).into(),
        );
    }
    let wanted = if args.limit == 0 {
        u32::MAX
    } else {
        args.limit
    };
    let listing = Listing {
        filter,
        sort: args.sort.into(),
        ascending: args.ascending,
        offset: args.offset,
        limit: wanted,
    };
    print(&listing.read(&app, &args.shop, as_of).await?, args.format)
}

/// Which customers.
pub struct Listing {
    /// All conditions must hold.
    pub filter: Filter,
    /// Column to sort by.
    pub sort: CustomerSort,
    /// Smallest first.
    pub ascending: bool,
    /// First customer to list.
    pub offset: u32,
    /// How many.
    pub limit: u32,
}

impl Listing {
    /// All of them, page by page.
    pub async fn read(&self, app: &App, shop: &str, as_of: NaiveDate) -> anyhow::Result<Customers> {
        let mut filter = self.filter.clone();
        app.put_texts(shop, &mut filter).await?;
        let mut list = Customers::default();
        loop {
            let have = u32::try_from(list.customers.len())?;
            let question = Question::Customers {
                filter: filter.clone(),
                sort: self.sort,
                ascending: self.ascending,
                offset: self.offset.saturating_add(have),
                limit: (self.limit - have).min(PAGE),
            };
            let page = match app.ask(shop, as_of, question).await?.reply()? {
                Reply::Answer {
                    answer: Answer::Customers(page),
                    notes,
                } => {
                    if have == 0 {
                        tell(&notes);
                    }
                    page
                }
                _ => anyhow::bail!("the module answered another question than was asked"),
            };
            let got = u32::try_from(page.customers.len())?;
            let before = std::mem::replace(&mut list, page).customers;
            list.customers.splice(0..0, before);
            if got == 0 || have + got >= self.limit {
                return Ok(list);
            }
        }
    }
}

/// Prints a list of customers.
pub fn print(list: &Customers, format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        return print::json(list);
    }
    let sheet = Sheet::new(TITLES, list.customers.iter().map(row));
    let mut out = print::out();
    if format == Format::Csv {
        sheet.csv(&mut out)?;
    } else {
        sheet.print(&mut out)?;
        writeln!(
            out,
            "\n{} of {} customers; all of them together {}, {} can be mailed",
            list.customers.len(),
            list.total,
            list.amount,
            list.mailable
        )?;
    }
    Ok(out.flush()?)
}

const TITLES: [&str; 15] = [
    "key",
    "name",
    "email",
    "phone",
    "prefecture",
    "orders",
    "amount",
    "first_day",
    "last_day",
    "recency_days",
    "freq",
    "rec",
    "rfm",
    "decile",
    "mailable",
];

fn row(row: &CustomerRow) -> [print::Value; TITLES.len()] {
    let maybe = |part: &Option<String>| text(part.clone().unwrap_or_default());
    let [freq, rec] = row.cell;
    let [r, f, m] = row.rfm;
    [
        text(&row.key),
        maybe(&row.name),
        maybe(&row.email),
        maybe(&row.phone),
        maybe(&row.prefecture),
        number(row.orders),
        number(row.amount),
        text(&row.first_day),
        text(&row.last_day),
        number(row.recency_days),
        number(freq),
        number(rec),
        text(format!("{r}{f}{m}")),
        number(row.decile),
        text(if row.mailable { "yes" } else { "no" }),
    ]
}
