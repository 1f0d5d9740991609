//! Reports: the protocol's questions as the core's counting, and whom a counted number means.

mod customers;
mod gifts;
mod products;
mod repeat;
mod subscription;
mod value;

use okaeri_core::analysis::pass::Summary;
use okaeri_core::book::LeftOut;
use okaeri_core::list::List;
use okaeri_core::report::partial::Part;
use okaeri_core::report::tally::{ANY, Counted, Tally, Wanted};
use okaeri_core::report::{Kind, Report, Sheet, Shop, Spec};
use okaeri_core::segment::Bits;
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Note};
use okaeri_protocol::request::Question;
use okaeri_protocol::settings::Settings;
use okaeri_protocol::table::Cell;

use crate::forecasts;
use crate::instance::{Answered, Read, error, notes};
use crate::tables::{code_cell, named};

/// The report that a question asks for; `None` when it asks for something else.
///
/// # Errors
/// When a parameter is out of its range.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Box<dyn Report>>, CallError> {
    match question {
        Question::Steps { .. }
        | Question::Conversion { .. }
        | Question::DaysToNext { .. }
        | Question::Cohorts { .. } => repeat::of(question),
        Question::ContractFlow { .. }
        | Question::ContractRetention { .. }
        | Question::ContractChurn { .. }
        | Question::ChurnRisk { .. }
        | Question::LtvRanks { .. } => subscription::of(question, settings),
        Question::GiftShare { .. }
        | Question::GiftSeasons { .. }
        | Question::GiftCross
        | Question::GiftLost { .. }
        | Question::GiftFlow
        | Question::GiftRecipients
        | Question::Corporate { .. } => gifts::of(question, settings),
        Question::Forecast { .. } => {
            let report = forecasts::of(question, settings)?;
            Ok(report.map(|report| Box::new(report) as Box<dyn Report>))
        }
        Question::ProductRepeat { .. }
        | Question::ProductLtv { .. }
        | Question::EntryProducts { .. }
        | Question::PurchaseFlow { .. }
        | Question::ProductCycle { .. }
        | Question::CrossSell { .. } => products::of(question),
        Question::Ltv { .. }
        | Question::Effects { .. }
        | Question::Media { .. }
        | Question::Coupons { .. }
        | Question::Bundles { .. }
        | Question::FreeShipping { .. } => value::of(question, settings),
        _ => customers::of(question, settings),
    }
}

/// A number of days, at least 1.
fn days(name: &str, days: Option<u32>, absent: u32) -> Result<i32, CallError> {
    let days = within(name, days.unwrap_or(absent), 1, 36_500)?;
    Ok(i32::try_from(days).unwrap_or(i32::MAX))
}

pub(crate) fn within(name: &str, value: u32, least: u32, greatest: u32) -> Result<u32, CallError> {
    if (least..=greatest).contains(&value) {
        return Ok(value);
    }
    Err(error(
        ErrorCode::BadCall,
        Some(&format!("question.{name}")),
        format!("`{value}` is out of range; use {least} to {greatest}"),
    ))
}

/// What the notes of reports say.
const NOTES: &[(&str, &str)] = &[
    (
        "contracts_pending",
        "contracts that have not decided on their next cycle; rates leave them out",
    ),
    (
        "contracts_without_orders",
        "contracts of people without a counted order; they are left out",
    ),
    (
        "contracts_without_start",
        "contracts without a date of their start or a delivery; they are left out",
    ),
    (
        "ended_without_date",
        "ended contracts that do not say when; by month and day those cancelled are left out, those completed end with their last delivery",
    ),
    (
        "paused_without_date",
        "paused or failed contracts whose events do not say since when; they are taken to have been so always",
    ),
    (
        "contracts_on_lines_alone",
        "contracts that only lines of orders name; they are left out",
    ),
    (
        "deliveries_of_others",
        "lines of contracts in the orders of somebody else than the contract's customer; they are left out",
    ),
    (
        "cancelled_before_delivery",
        "contracts cancelled before their first delivery; the models leave them out",
    ),
    (
        "model_at_limit",
        "the model shown has no maximum inside; it is near what `limit` names",
    ),
    (
        "no_model",
        "no contract has decided on a renewal yet: there is no model of how long they last",
    ),
    (
        "rules_instead_of_model",
        "too few past cancellations, or the fitted model did not tell later ones: chances are the bands' past",
    ),
    (
        "forecast_no_repeat",
        "nobody came again: the forecast expects no purchase",
    ),
    (
        "forecast_no_dropout",
        "nobody seems to leave: the forecast goes on at today's rate",
    ),
    (
        "forecast_limit_dropout",
        "the chance of leaving cannot be told apart between customers; totals have narrower bounds",
    ),
    (
        "forecast_limit_rate",
        "the rate of purchase cannot be told apart between customers; totals have narrower bounds",
    ),
    (
        "forecast_limit",
        "the model stands at a limit of what these data can tell; totals have narrower bounds",
    ),
    (
        "forecast_limit_spend",
        "the model of amounts stands at a limit of what these data can tell",
    ),
    (
        "forecast_no_holdout",
        "too few days or customers for a holdout: the likelihood chose the model",
    ),
    (
        "forecast_no_season",
        "seasons did no better in the holdout, or there was none: the forecast is without",
    ),
    (
        "forecast_no_spend",
        "no repeat purchase has an amount: all are taken to spend as the mean first purchase",
    ),
    (
        "forecast_infinite_spend",
        "customers without a repeat are taken to spend the mean of the others",
    ),
    (
        "forecast_not_yet",
        "customers who had not bought by the day",
    ),
    (
        "forecast_not_in_period",
        "customers who had not bought in a period that is over by the day",
    ),
    (
        "forecast_no_occasion",
        "no period ends within the horizon: nothing is forecast",
    ),
    (
        "forecast_compared",
        "one customer out of so many was compared in the holdout",
    ),
    (
        "waiting",
        "customers at a step whose days to go on are not over; rates leave them out",
    ),
    (
        "same_day_together",
        "orders on the day of another order of the same customer; together they are one purchase",
    ),
    (
        "same_day_apart",
        "orders on the day of another order of the same customer; each is a purchase of its own",
    ),
    (
        "gift_only",
        "customers who send gifts alone: days without an order do not make them lapse",
    ),
    (
        "more_uncertain",
        "uncertain shipments that the list has no room for",
    ),
    (
        "more_senders",
        "senders with lost pairs whom the list has no room for",
    ),
    (
        "more_customers",
        "rows that a list of customers has no room for",
    ),
    (
        "closed_gaps_alone",
        "customers still waiting are in the curve but not in `lead_time`, whose days look short",
    ),
    (
        "no_threshold",
        "no amount of goods parts orders with postage from those without; name it in `threshold`",
    ),
    (
        "effects_open",
        "groups that cannot be compared: nobody is in another, or nobody came again",
    ),
    (
        "effects_compared",
        "one customer out of so many was compared",
    ),
    (
        "effects_held",
        "groups of too few customers to settle every effect: what stays open is near 1",
    ),
    (
        "windows_open",
        "customers whose days of the last window are not over; windows count those whose days are",
    ),
    (
        "smaller_groups",
        "purchases of smaller groups, which have no curve",
    ),
    (
        "not_closed",
        "customers whose days are not over; rates and amounts leave them out",
    ),
    (
        "empty_fifths",
        "scores that nobody has: too many customers have the same value",
    ),
    (
        "since_is_later",
        "`since` is after the day of the question, so nobody is compared",
    ),
    (
        "few_customers",
        "customers, which are too few for ten groups of them",
    ),
    (
        "small_products",
        "products with too few customers to be ranked; they are left out",
    ),
    (
        "few_gaps",
        "products bought again too seldom to say after how many days",
    ),
    (
        "count_raised",
        "baskets that a set had to be in: with fewer the search would take too long",
    ),
];

/// The answer of a report whose shards were merged.
pub fn merged(report: &dyn Report, part: &Part) -> Answered {
    let mut sheet = Sheet::new(part.as_of_day);
    report.finish(&part.counted, &mut sheet);
    let codes: Vec<Cell> = part.products.iter().map(|code| code_cell(code)).into_list();
    let name = |rank: usize| part.product_names.get(rank).cloned();
    answered(sheet, &part.left_out, &codes, name)
}

/// A sheet as an answer.
pub fn answered(
    sheet: Sheet,
    left_out: &LeftOut,
    codes: &[Cell],
    name: impl Fn(usize) -> Option<String>,
) -> Answered {
    let tables = named(sheet.tables.into_iter(), sheet.as_of_day, codes, name);
    let message = |code: &str| NOTES.iter().find(|(known, _)| *known == code);
    let more = sheet.notes.into_iter().map(|(code, count)| Note {
        code: code.to_owned(),
        count,
        message: message(code).map_or("", |(_, message)| message).to_owned(),
    });
    let mut notes = notes(left_out, &Summary::default());
    notes.extend(more);
    Answered {
        answer: Answer::Tables(tables),
        notes,
        payload: Vec::new(),
    }
}

impl Read<'_> {
    pub fn shop(&self) -> Shop<'_> {
        Shop {
            ledger: self.ledger,
            people: self.people,
            keys: self.keys,
            book: self.book,
            figures: &self.totals.people,
            forecast: self.forecast.map(|known| &known.shop),
            told: self.told,
        }
    }

    fn counted(&self, report: &dyn Report) -> Counted {
        let mut tally = Tally::new(report.specs());
        report.collect(&self.shop(), &mut tally);
        tally.counted()
    }

    /// The answer of a report.
    pub fn report(&self, report: &dyn Report) -> Answered {
        let mut sheet = Sheet::new(self.book.as_of_day);
        report.finish_whole(&self.shop(), &self.counted(report), &mut sheet);
        let name = |rank: usize| self.product_name(rank);
        answered(sheet, &self.book.left_out, &self.codes(), name)
    }

    /// A shard's share of a report.
    pub fn partial(&self, report: &dyn Report) -> Answered {
        let (products, product_names) = self.products();
        let part = Part {
            as_of_day: self.book.as_of_day,
            left_out: self.book.left_out,
            products,
            product_names,
            counted: self.counted(report),
        };
        Answered {
            answer: Answer::Done,
            notes: notes(&self.book.left_out, &Summary::default()),
            payload: part.encode(),
        }
    }

    /// Whom a number of a report counts; `at` is the condition's place in the call.
    ///
    /// # Errors
    /// When there is no such report, table, key or number.
    pub fn members(
        &self,
        at: &str,
        question: &Question,
        table: &str,
        key: &[Cell],
        measure: Option<&str>,
    ) -> Result<Bits, CallError> {
        let bad = |part: &str, message: String| {
            error(ErrorCode::BadCall, Some(&format!("{at}.{part}")), message)
        };
        let report = of(question, self.settings)?
            .ok_or_else(|| bad("question", "this question is no report".to_owned()))?;
        let specs = report.specs();
        let found = specs.iter().position(|spec| spec.name == table);
        let Some((index, spec)) = found.and_then(|index| Some((index, specs.get(index)?))) else {
            let names: Vec<&str> = specs.iter().map(|spec| spec.name).collect();
            let message = format!("`{table}` is no table of it; use {}", names.join(", "));
            return Err(bad("table", message));
        };
        let sum = measure.map(|measure| {
            let place = spec.sums.iter().position(|name| *name == measure);
            let names = || spec.sums.join(", ");
            place.ok_or_else(|| {
                bad(
                    "measure",
                    format!("there is no `{measure}`; use {}", names()),
                )
            })
        });
        let mut words = Vec::new();
        let key = self
            .key(spec, key, &mut words)
            .map_err(|message| bad("key", message))?;
        let wanted = Wanted {
            table: index,
            key,
            sum: sum.transpose()?,
        };
        let mut tally = Tally::of_members(specs, wanted, &words, self.book.person_count());
        report.collect(&self.shop(), &mut tally);
        Ok(tally.members())
    }

    /// The key columns' values as they are counted. Words are numbered by `words`.
    fn key<'w>(
        &self,
        spec: &Spec,
        key: &'w [Cell],
        words: &mut Vec<&'w str>,
    ) -> Result<Vec<[i64; 2]>, String> {
        if key.len() > spec.keys.len() {
            return Err(format!(
                "has more values than the {} key columns",
                spec.keys.len()
            ));
        }
        let value = |(cell, (name, kind)): (&'w Cell, &(&str, Kind))| match (cell, kind) {
            (Cell::None, _) => Ok(ANY),
            (Cell::Int(number), Kind::Int) => Ok([*number; 2]),
            (Cell::Text(range), Kind::Int) => span(range)
                .ok_or_else(|| format!("`{range}` for `{name}` is no range such as 4000..4999")),
            (Cell::Int(-1), Kind::Product | Kind::Word) => Ok([-1; 2]),
            (Cell::Int(-2), Kind::Product) => Ok([-2; 2]),
            // What was never sold is in no row.
            (code, Kind::Product) => Ok([self.product(code).map_or(i64::MIN, i64::from); 2]),
            (Cell::Text(word), Kind::Word) => {
                let place = words.iter().position(|known| known == word);
                let place = place.unwrap_or_else(|| {
                    words.push(word);
                    words.len() - 1
                });
                Ok([place as i64; 2])
            }
            (Cell::Text(text), Kind::Name(names)) => {
                let place = names.iter().position(|name| name == text);
                let place = place
                    .ok_or_else(|| format!("`{text}` is no {name}; use {}", names.join(", ")))?;
                Ok([place as i64; 2])
            }
            _ => Err(format!("the value for `{name}` is of another type")),
        };
        key.iter().zip(spec.keys).map(value).collect()
    }
}

/// The ends of a range such as `4000..4999`, both in it.
fn span(range: &str) -> Option<[i64; 2]> {
    let (least, most) = range.split_once("..")?;
    Some([least.parse().ok()?, most.parse().ok()?])
}
