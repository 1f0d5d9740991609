//! The core's tables as the protocol's: ranks of products become codes, questions name tables.

use okaeri_core::analysis::tables::{Finish, Table as CoreTable, Values as CoreValues, Which};
use okaeri_core::list::List;
use okaeri_core::zone::date_of;
use okaeri_protocol::Named;
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Tables};
use okaeri_protocol::request::{Question, RfmMode};
use okaeri_protocol::table::{Cell, Table, Values};

use crate::instance::{Answered, error};

/// Greatest product code that crosses as a number: 15 digits, exact in every JSON reader.
const CODE_MAX: i64 = 999_999_999_999_999;

/// Which tables a question wants, and how.
pub struct Wanted {
    /// The tables.
    pub tables: Vec<Which>,
    /// Keep only so many rows of the large ones.
    pub top: Option<usize>,
    /// How RFM is cut.
    pub rfm: RfmMode,
}

impl Wanted {
    /// Whether a table of pairs is among them.
    pub fn has_pairs(&self) -> bool {
        let is_of_pairs = |which: &Which| matches!(which, Which::PairsOrder | Which::PairsCustomer);
        self.tables.iter().any(is_of_pairs)
    }
}

/// The tables of a question that answers with tables.
pub fn wanted(question: &Question) -> Option<Wanted> {
    let one = |which| Some((vec![which], None, RfmMode::Quantile));
    let large = |which, top: &Option<u32>| Some((vec![which], *top, RfmMode::Quantile));
    let (tables, top, rfm) = match question {
        Question::Dashboard { top } => Some((Which::ALL.to_vec(), *top, RfmMode::Quantile)),
        Question::Summary => one(Which::Summary),
        Question::Counts => one(Which::Counts),
        Question::Shops => one(Which::Shops),
        Question::Rfm { mode } => Some((vec![Which::Rfm], None, *mode)),
        Question::Cells => one(Which::Cells),
        Question::Months => one(Which::Months),
        Question::Products => one(Which::Products),
        Question::Cohort => one(Which::Cohort),
        Question::F2 => one(Which::F2),
        Question::F2hist => one(Which::F2hist),
        Question::F2prod => one(Which::F2prod),
        Question::Flow { top } => large(Which::Flow, top),
        Question::Flow12 { top } => large(Which::Flow12, top),
        Question::PairsOrder { top } => large(Which::PairsOrder, top),
        Question::PairsCustomer { top } => large(Which::PairsCustomer, top),
        Question::Decile => one(Which::Decile),
        Question::IdCc
        | Question::Review { .. }
        | Question::Customers { .. }
        | Question::Withdrawn { .. }
        | Question::Forecast { .. }
        | Question::ContractFlow { .. }
        | Question::ContractRetention { .. }
        | Question::ContractChurn { .. }
        | Question::ChurnRisk { .. }
        | Question::LtvRanks { .. }
        | Question::Steps { .. }
        | Question::Conversion { .. }
        | Question::DaysToNext { .. }
        | Question::Cohorts { .. }
        | Question::Cpm { .. }
        | Question::RfmGroups { .. }
        | Question::DecilePeriod { .. }
        | Question::LifecycleGrid { .. }
        | Question::MemberRanks
        | Question::ProductRepeat { .. }
        | Question::ProductLtv { .. }
        | Question::EntryProducts { .. }
        | Question::PurchaseFlow { .. }
        | Question::ProductCycle { .. }
        | Question::CrossSell { .. }
        | Question::Ltv { .. }
        | Question::Effects { .. }
        | Question::Media { .. }
        | Question::Coupons { .. }
        | Question::Bundles { .. }
        | Question::FreeShipping { .. }
        | Question::Segment { .. }
        | Question::SegmentOverlap { .. }
        | Question::SegmentWords { .. }
        | Question::SegmentAttributes
        | Question::GiftShare { .. }
        | Question::GiftSeasons { .. }
        | Question::GiftCross
        | Question::GiftLost { .. }
        | Question::GiftFlow
        | Question::GiftRecipients
        | Question::Corporate { .. }
        | Question::Customer { .. } => None,
    }?;
    Some(Wanted {
        tables,
        top: top.map(|top| top as usize),
        rfm,
    })
}

/// A product code as it crosses.
pub fn code_cell(code: &str) -> Cell {
    let number = code
        .parse::<i64>()
        .ok()
        .filter(|n| (0..=CODE_MAX).contains(n));
    match number.filter(|n| n.to_string() == code) {
        Some(number) => Cell::Int(number),
        None => Cell::Text(code.to_owned()),
    }
}

/// An answer with the tables of an earlier one beside its own.
pub(crate) fn compared(mut now: Answered, before: Answered) -> Result<Answered, CallError> {
    let (Answer::Tables(tables), Answer::Tables(earlier)) = (&mut now.answer, before.answer) else {
        let message = "only answers of tables can be compared; ask without `compare`";
        return Err(error(ErrorCode::BadCall, Some("compare"), message));
    };
    for (name, table) in earlier.tables.iter() {
        let name = format!("{name}_before");
        tables.tables.insert(name, table.clone());
    }
    let names = |tables: &Tables| {
        let names = tables.product_names.iter();
        names
            .map(|(code, name)| (code.to_owned(), name.to_owned()))
            .into_list()
    };
    // Of two names the later one is inserted last.
    let both = names(&earlier).into_iter().chain(names(tables));
    tables.product_names = both.collect();
    Ok(now)
}

/// Runs the finish of every wanted table.
pub(crate) fn finished(
    finish: &Finish<'_>,
    wanted: &Wanted,
    codes: &[Cell],
    name: impl Fn(usize) -> Option<String>,
) -> Tables {
    let tables = wanted
        .tables
        .iter()
        .map(|which| (which.name(), finish.table(*which)));
    named(tables, finish.as_of_day, codes, name)
}

/// An answer of tables, with the names of the products that occur in them.
pub(crate) fn named(
    tables: impl Iterator<Item = (&'static str, CoreTable)>,
    as_of_day: i32,
    codes: &[Cell],
    name: impl Fn(usize) -> Option<String>,
) -> Tables {
    let (tables, occurs) = convert(tables, codes);
    let product_names = (0..codes.len())
        .filter(|rank| occurs.get(*rank) == Some(&true))
        .filter_map(|rank| {
            let code = match codes.get(rank)? {
                Cell::Int(code) => code.to_string(),
                Cell::Text(code) => code.clone(),
                _ => return None,
            };
            name(rank)
                .filter(|name| !name.is_empty())
                .map(|name| (code, name))
        })
        .collect();
    Tables {
        as_of: date_of(as_of_day).to_string(),
        tables,
        product_names,
    }
}

/// Tables by name, and whether the product of each rank occurs in them.
pub fn convert(
    tables: impl Iterator<Item = (&'static str, CoreTable)>,
    codes: &[Cell],
) -> (Named<Table>, Vec<bool>) {
    let numbers = codes.iter().map(|code| match code {
        Cell::Int(number) => Some(*number),
        _ => None,
    });
    let codes = match numbers.collect() {
        Some(numbers) => Codes::Numbers(numbers),
        None => Codes::Cells(codes),
    };
    let mut occurs = vec![false; codes.len()];
    let mut converted = Named::default();
    for (name, table) in tables {
        let columns = table.columns.into_iter().map(|(name, values)| {
            if let CoreValues::Product(ranks) = &values {
                for rank in ranks {
                    if let Some(place) = place(*rank).and_then(|rank| occurs.get_mut(rank)) {
                        *place = true;
                    }
                }
            }
            (name.to_owned(), values_of(values, &codes))
        });
        let columns = columns.into_list();
        converted.insert(name.to_owned(), Table { columns });
    }
    (converted, occurs)
}

/// Product codes by rank. Numbers, the commonest, need no cell each.
enum Codes<'a> {
    Numbers(Vec<i64>),
    Cells(&'a [Cell]),
}

impl Codes<'_> {
    fn len(&self) -> usize {
        match self {
            Codes::Numbers(codes) => codes.len(),
            Codes::Cells(codes) => codes.len(),
        }
    }
}

/// A rank as an index; one below 0 is no product: -1 for none, -2 for others together.
fn place(rank: i64) -> Option<usize> {
    usize::try_from(rank).ok()
}

/// What crosses for a rank that is no product.
fn none(rank: i64) -> i64 {
    rank.min(-1)
}

fn values_of(values: CoreValues, codes: &Codes<'_>) -> Values {
    match (values, codes) {
        (CoreValues::Int(values), _) => Values::Int(values),
        (CoreValues::Real(values), _) => Values::Real(values),
        (CoreValues::MaybeInt(values), _) => {
            let cell = |value: Option<i64>| value.map_or(Cell::None, Cell::Int);
            Values::Cell(values.into_iter().map(cell).into_list())
        }
        (CoreValues::MaybeReal(values), _) => {
            let cell = |value: Option<f64>| value.map_or(Cell::None, Cell::Real);
            Values::Cell(values.into_iter().map(cell).into_list())
        }
        (CoreValues::Name(names), _) => {
            let names = names.into_iter().map(|name| Cell::Text(name.to_owned()));
            Values::Cell(names.into_list())
        }
        (CoreValues::Text(texts), _) => {
            let cell = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
            Values::Cell(texts.into_iter().map(cell).into_list())
        }
        (CoreValues::Product(ranks), Codes::Numbers(codes)) => {
            let code = |rank| place(rank).and_then(|rank| codes.get(rank)).copied();
            let code = |rank| code(rank).unwrap_or_else(|| none(rank));
            Values::Int(ranks.into_iter().map(code).into_list())
        }
        (CoreValues::Product(ranks), Codes::Cells(codes)) => {
            let code = |rank| place(rank).and_then(|rank| codes.get(rank)).cloned();
            let code = |rank| code(rank).unwrap_or_else(|| Cell::Int(none(rank)));
            Values::Cell(ranks.into_iter().map(code).into_list())
        }
    }
}
