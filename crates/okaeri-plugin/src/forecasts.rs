//! Forecasts: what a question needs of them, kept for the next one, and what a customer's row says.

use std::borrow::Cow;

use chrono::Datelike;
use okaeri_core::analysis::wire::Reader;
use okaeri_core::forecast::model::Kind;
use okaeri_core::forecast::periods::Periods;
use okaeri_core::forecast::purchases::Purchases;
use okaeri_core::forecast::shop::{self, Every, Fitted, Options, Shop, Wanted};
use okaeri_core::report::expected::Forecast;
use okaeri_core::report::expected::share::Share;
use okaeri_core::report::sheet::rounded;
use okaeri_core::report::{Need, Report, Sheet, Tally};
use okaeri_core::segment::given::asked_by_text;
use okaeri_core::zone::date_of;
use okaeri_protocol::answer::{CallError, CustomerForecast, ErrorCode};
use okaeri_protocol::filter::{Condition, Filter};
use okaeri_protocol::request::{CustomerSort, ForecastModel, ForecastPeriod, Question, Scope};
use okaeri_protocol::settings::{GiftSettings, Settings};

use crate::instance::{Answered, Instance, Read, error};
use crate::reports::{self, within};
use crate::segments::given::report_of;
use crate::settings::calendar;

/// No period is looked for further ahead: 100 years.
const FARTHEST_DAYS: i32 = 36_525;

/// A forecast, and what it was made for.
#[derive(Debug)]
pub struct Forecasted {
    scope: Scope,
    pub options: Options,
    /// What it follows from on a shard, as that was told.
    told: Option<Vec<u8>>,
    pub shop: Shop,
}

/// The options of the settings; the day is set when it is known.
pub(crate) fn options(settings: &Settings) -> Options {
    let forecast = &settings.forecast;
    Options {
        horizon_days: forecast.horizon_days,
        yearly_discount_rate: f64::from(forecast.discount_rate) / 10_000.0,
        ..Options::on(0)
    }
}

/// The report of the question `forecast`.
///
/// # Errors
/// When a parameter is out of its range.
pub fn of(question: &Question, settings: &Settings) -> Result<Option<Forecast>, CallError> {
    let Question::Forecast {
        model,
        period,
        season,
        seasonal,
        horizon_days,
        discount_rate,
        margin,
    } = question
    else {
        return Ok(None);
    };
    let mut options = options(settings);
    if let Some(days) = horizon_days {
        options.horizon_days = within("horizon_days", *days, 1, 7_305)?;
    }
    if let Some(rate) = discount_rate {
        let rate = within("discount_rate", *rate, 0, 100_000)?;
        options.yearly_discount_rate = f64::from(rate) / 10_000.0;
    }
    if let Some(margin) = margin {
        options.margin = f64::from(within("margin", *margin, 0, 10_000)?) / 10_000.0;
    }
    options.every = every(*model, *period, season.as_deref(), settings)?;
    options.seasonal = *seasonal;
    if *seasonal && options.every != Every::Day {
        let message = "purchases by periods have no factors of months; leave one of them out";
        return Err(error(
            ErrorCode::BadCall,
            Some("question.seasonal"),
            message,
        ));
    }
    options.model = match model {
        ForecastModel::Best => Wanted::Best,
        ForecastModel::BgNbd => Wanted::Only(Kind::BgNbd),
        ForecastModel::MbgNbd => Wanted::Only(Kind::MbgNbd),
        ForecastModel::ParetoNbd => Wanted::Only(Kind::ParetoNbd),
        ForecastModel::BgBb => Wanted::Only(Kind::BgBb),
    };
    // What is earned of the value, unless it is that already.
    let gross_margin = match margin {
        Some(_) => 1.0,
        None => f64::from(settings.margin.gross_margin) / 10_000.0,
    };
    Ok(Some(Forecast {
        options,
        gross_margin,
    }))
}

/// What purchases are counted by.
fn every(
    model: ForecastModel,
    period: Option<ForecastPeriod>,
    season: Option<&str>,
    settings: &Settings,
) -> Result<Every, CallError> {
    let bad = |message: String| error(ErrorCode::BadCall, Some("question.season"), message);
    if let Some(name) = season {
        if period.is_some() {
            return Err(bad("`period` and `season` exclude each other".to_owned()));
        }
        let calendar = calendar(&settings.gift);
        let found = calendar.find(name).map(Every::Season);
        return found.ok_or_else(|| {
            let names = (0..calendar.len() as u8).map(|season| calendar.name(season).to_owned());
            let names: Vec<String> = names.collect();
            bad(format!("`{name}` is no season; use {}", names.join(", ")))
        });
    }
    Ok(match period {
        None if model != ForecastModel::BgBb => Every::Day,
        None | Some(ForecastPeriod::Month) => Every::Months(1),
        Some(ForecastPeriod::Quarter) => Every::Months(3),
        Some(ForecastPeriod::Year) => Every::Months(12),
    })
}

/// The periods that purchases are counted by, from the first purchase on; `None` by days.
fn periods(every: Every, gift: &GiftSettings, first: i32, as_of_day: i32) -> Option<Periods> {
    let last = as_of_day.saturating_add(FARTHEST_DAYS);
    match every {
        Every::Day => None,
        Every::Months(months) => Some(Periods::of_months(months, first, last)),
        Every::Season(season) => {
            let calendar = calendar(gift);
            let years = date_of(first).year()..=date_of(last).year();
            let windows = years.map(|year| calendar.widest(season, year));
            Some(Periods::new(
                windows.map(|window| (window.early, window.end)),
            ))
        }
    }
}

/// The forecast that a question needs, if any.
///
/// # Errors
/// When a parameter is out of its range, or conditions need different ones.
pub fn needed(question: &Question, settings: &Settings) -> Result<Option<Options>, CallError> {
    match question {
        Question::Customers { sort, .. } => {
            let of_filter = needed_by(&conditions(question), settings)?;
            let sorts = matches!(sort, CustomerSort::Forecast | CustomerSort::Alive);
            Ok(of_filter.or_else(|| sorts.then(|| options(settings))))
        }
        Question::Segment { .. } | Question::SegmentOverlap { .. } => {
            needed_by(&conditions(question), settings)
        }
        Question::Customer { brief, .. } => Ok((!brief).then(|| options(settings))),
        _ => Ok(reports::of(question, settings)?.and_then(|report| report.forecast())),
    }
}

/// The conditions of a question: its filter, or its segments.
pub fn conditions(question: &Question) -> Cow<'_, Filter> {
    match question {
        Question::Customers { filter, .. } => Cow::Borrowed(filter),
        Question::Segment { text, .. } => Cow::Owned(filter_of([text])),
        Question::SegmentOverlap { texts } => Cow::Owned(filter_of(texts)),
        _ => Cow::Owned(Filter::default()),
    }
}

/// Segments as conditions.
fn filter_of<'t>(texts: impl IntoIterator<Item = &'t String>) -> Filter {
    let condition = |text: &String| Condition::Segment {
        text: Some(text.clone()),
        id: None,
    };
    Filter(texts.into_iter().map(condition).collect())
}

/// The place of a condition in its filter, and the report that it is on.
pub type Placed = (usize, Box<dyn Report>);

/// The reports that a filter's conditions are on, each with the condition's place: those that
/// are named, and those that work out what a segment asks for.
///
/// # Errors
/// When a parameter is out of its range.
pub fn reports_of(filter: &Filter, settings: &Settings) -> Result<Vec<Placed>, CallError> {
    let mut found = Vec::new();
    for (index, condition) in filter.0.iter().enumerate() {
        match condition {
            Condition::Report { question, .. } => {
                found.extend(reports::of(question, settings)?.map(|report| (index, report)));
            }
            Condition::Segment {
                text: Some(text), ..
            } => {
                for given in asked_by_text(text) {
                    found.extend(report_of(given, settings)?.map(|report| (index, report)));
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The forecast that a filter needs, if any.
///
/// # Errors
/// As [`needed`].
fn needed_by(filter: &Filter, settings: &Settings) -> Result<Option<Options>, CallError> {
    let mut needed: Option<Options> = None;
    for (index, report) in reports_of(filter, settings)? {
        let Some(more) = report.forecast() else {
            continue;
        };
        if needed.is_some_and(|needed| needed != more) {
            let message = "conditions on forecasts must ask for the same forecast";
            let at = format!("filter[{index}]");
            return Err(error(ErrorCode::BadCall, Some(&at), message));
        }
        needed = Some(more);
    }
    Ok(needed)
}

/// The forecast of everybody, in the order of these purchases. In which order they are read
/// changes no number.
pub fn of_all(purchases: &Purchases, options: Options, settings: &Settings) -> Shop {
    let day = options.as_of_day;
    let (first, _) = purchases.span(day).unwrap_or((day, day));
    let periods = periods(options.every, &settings.gift, first, day);
    let (purchases, places) = purchases.canonical();
    let mut shop = shop::forecast(&purchases, options, periods.as_ref());
    let row = |place: &u32| shop.rows.get(*place as usize).copied();
    shop.rows = places.iter().filter_map(row).collect();
    shop
}

/// The forecast of a shard's customers by what it was told.
fn of_some(purchases: &Purchases, options: Options, settings: &Settings, told: Fitted) -> Shop {
    let day = options.as_of_day;
    let periods = periods(options.every, &settings.gift, told.first_day, day);
    let rows = shop::rows(purchases, options, periods.as_ref(), &told);
    Shop::of_rows(rows, told)
}

/// The answer out of what the customers of all shards bought.
pub fn finished(report: Forecast, share: &Share, settings: &Settings) -> Answered {
    let mut options = report.options;
    options.as_of_day = share.as_of_day;
    let shop = of_all(&share.purchases, options, settings);
    let mut tally = Tally::new(report.specs());
    let people = share.purchases.amounts().zip(0u32..);
    report.count(people, &shop, &mut tally);
    let mut sheet = Sheet::new(share.as_of_day);
    report.tables(&shop, &tally.counted(), &mut sheet);
    reports::answered(sheet, &share.left_out, &[], |_| None)
}

impl Instance {
    /// Makes the forecast that the question at hand asks for, unless it is the one that is there.
    ///
    /// # Errors
    /// When a shard was told something else than a forecast.
    pub(crate) fn forecast(
        &mut self,
        as_of_day: i32,
        scope: Scope,
        options: Option<Options>,
    ) -> Result<(), CallError> {
        self.is_forecast_wanted = options.is_some();
        let Some(mut options) = options else {
            return Ok(());
        };
        let found = self.told.find(&Need::Forecast(options));
        let found = found.filter(|_| self.is_told).map(|(_, input)| input.bytes);
        let is_same = |told: &Option<Vec<u8>>| told.as_deref() == found;
        options.as_of_day = as_of_day;
        let is_there = |known: &Forecasted| {
            known.scope == scope && known.options == options && is_same(&known.told)
        };
        if self.forecasted.as_ref().is_some_and(is_there) {
            return Ok(());
        }
        let told = found.map(<[u8]>::to_vec);
        self.forecasted = None;
        let purchases = Purchases::of(self.read(as_of_day, scope, false).book);
        let fitted = told
            .as_deref()
            .map(|bytes| Fitted::decode(as_of_day, Reader { bytes }));
        let shop = match fitted {
            Some(Ok(fitted)) => of_some(&purchases, options, &self.settings, fitted),
            Some(Err(_)) => {
                let message = "the standings told have no forecast of this module's version";
                return Err(error(ErrorCode::BadData, None, message));
            }
            None => of_all(&purchases, options, &self.settings),
        };
        self.forecasted = Some(Forecasted {
            scope,
            options,
            told,
            shop,
        });
        Ok(())
    }
}

impl Read<'_> {
    /// What is expected of the customer at this place in the figures, if it was asked for.
    pub fn forecast_of(&self, index: usize) -> Option<CustomerForecast> {
        let Forecasted { options, shop, .. } = self.forecast?;
        let row = shop.rows.get(index)?;
        let day = |day: Option<i32>| day.map(|day| date_of(day).to_string());
        let [low, median, high] = row.next_day;
        let is_discounted = options.yearly_discount_rate > 0.0;
        let residual_value = options.margin * row.residual * row.amount;
        Some(CustomerForecast {
            horizon_days: options.horizon_days,
            alive: row.alive,
            purchases: row.purchases,
            purchases_low: row.purchases_bounds.low,
            purchases_high: row.purchases_bounds.high,
            value: rounded(row.value),
            value_low: rounded(row.value_bounds.low),
            value_high: rounded(row.value_bounds.high),
            discounted_purchases: row.discounted,
            residual_purchases: is_discounted.then_some(row.residual),
            residual_value: is_discounted.then(|| rounded(residual_value)),
            never: row.never,
            next_day: day(median),
            next_low: day(low),
            next_high: day(high),
        })
    }

    /// What a list is sorted by: the expected worth, or the chance to be still with the shop.
    pub fn forecast_rank(&self, index: usize, sort: CustomerSort) -> i64 {
        let row = self.forecast.and_then(|known| known.shop.rows.get(index));
        let value = match (row, sort) {
            (Some(row), CustomerSort::Forecast) => row.value * 1e3,
            (Some(row), CustomerSort::Alive) => row.alive * 1e12,
            _ => 0.0,
        };
        rounded(value)
    }
}
