//! Curves, quantiles and peaks from counted gaps.

use super::super::{Counted, Report, Sheet, Table, Values};
use super::{DaysToNext, Groups};
use crate::list::List;
use crate::survival::hazard::{Hazard, NoPeak, Peak, Place, Settings};
use crate::survival::{Curve, Observed, Point};

/// Rows of a curve at most, about.
const ROWS_MAX: u32 = 200;

/// Columns of whole numbers, and of rates, under way.
struct Rows {
    group: Vec<i64>,
    whole: Vec<Vec<Option<i64>>>,
    real: Vec<Vec<Option<f64>>>,
}

impl Rows {
    fn new(whole: usize, real: usize) -> Self {
        Rows {
            group: Vec::new(),
            whole: vec![Vec::new(); whole],
            real: vec![Vec::new(); real],
        }
    }

    fn push<const N: usize, const M: usize>(
        &mut self,
        group: i64,
        whole: [Option<i64>; N],
        real: [Option<f64>; M],
    ) {
        self.group.push(group);
        for (column, value) in self.whole.iter_mut().zip(whole) {
            column.push(value);
        }
        for (column, value) in self.real.iter_mut().zip(real) {
            column.push(value);
        }
    }
}

/// Adds the tables `curve`, `quantiles` and `peak`, one group after the other.
pub(super) fn push(report: &DaysToNext, counted: &Counted, groups: &Groups, sheet: &mut Sheet) {
    let keys = groups.keys;
    let rows = counted.rows("gaps").filter(|row| groups.shows(row));
    let rows: Vec<&[i64]> = rows.into_list();
    let mut curve_rows = Rows::new(4, 3);
    let mut quantiles = Rows::new(3, 1);
    let mut peaks = Rows::new(4, 5);
    let mut states = Vec::new();
    for rows in rows.chunk_by(|a, b| a.get(..keys) == b.get(..keys)) {
        let first = rows.first().and_then(|row| row.first());
        let group = first.copied().unwrap_or_default();
        let observed: Vec<Observed> = rows
            .iter()
            .filter_map(|row| observed(row, keys))
            .into_list();
        let curve = Curve::of(&observed);
        push_curve(&curve, group, &mut curve_rows);
        for quantile in curve.quartiles() {
            let days = [quantile.day, quantile.low, quantile.high].map(|day| day.map(i64::from));
            quantiles.push(group, days, [Some(quantile.share)]);
        }
        let peak = Hazard::of(&curve, &Settings::default()).peak();
        states.push(state(&peak));
        let peak = peak.ok();
        push_peak(peak.as_ref(), report.lead_days, group, &mut peaks);
    }
    let first = report.specs().first().and_then(|spec| spec.keys.first());
    let group_column = first.copied();
    let table = |rows: Rows, whole: &[&'static str], real: &[&'static str]| {
        let mut table = Table::default();
        if let Some((name, kind)) = group_column.filter(|_| keys > 0) {
            table.columns.push((name, counted.values(kind, rows.group)));
        }
        let columns = whole.iter().zip(rows.whole);
        let columns = columns.map(|(name, values)| (*name, Values::MaybeInt(values)));
        table.columns.extend(columns);
        let columns = real.iter().zip(rows.real);
        let columns = columns.map(|(name, values)| (*name, Values::MaybeReal(values)));
        table.columns.extend(columns);
        table
    };
    let names = ["day", "at_risk", "events", "waiting"];
    sheet.push(
        "curve",
        table(curve_rows, &names, &["share", "low", "high"]),
    );
    let names = ["day", "day_low", "day_high"];
    let mut quantiles = table(quantiles, &names, &["share"]);
    // The share comes first: it is what is asked.
    if let Some(share) = quantiles.columns.pop() {
        quantiles.columns.insert(keys, share);
    }
    sheet.push("quantiles", quantiles);
    let names = ["send_day", "peak_day", "from_day", "to_day"];
    let real = ["hazard", "hazard_low", "hazard_high", "flat", "sure"];
    let mut peak = table(peaks, &names, &real);
    peak.columns.push(("state", Values::Name(states)));
    sheet.push("peak", peak);
}

fn observed(row: &[i64], keys: usize) -> Option<Observed> {
    let [day, converted, waiting] = row.get(keys..)? else {
        return None;
    };
    let number = |value: &i64| u32::try_from(*value).unwrap_or(u32::MAX);
    Some(Observed {
        day: number(day),
        events: number(converted),
        censored: number(waiting),
    })
}

/// Days from one row of a curve to the next: few rows, and every 30th day among them.
fn stride(last_day: u32) -> u32 {
    let mut divisors = [1, 2, 3, 5, 6, 10, 15, 30].into_iter();
    let fits = divisors.find(|days| last_day / days <= ROWS_MAX);
    fits.unwrap_or_else(|| last_day.div_ceil(ROWS_MAX).next_multiple_of(30))
}

/// The curve of who has gone on, 1 - S. A row has what was seen since the row before: who was
/// waiting as these days began, who went on in them, and who was last seen in them.
fn push_curve(curve: &Curve, group: i64, to: &mut Rows) {
    let Some(last) = curve.points.last() else {
        return;
    };
    let stride = stride(last.day) as usize;
    let days = (0..last.day).step_by(stride).chain([last.day]);
    let mut points = curve.points.iter().peekable();
    let mut at_risk = curve.customers;
    let mut now: Option<&Point> = None;
    for day in days {
        let (mut events, mut waiting) = (0, 0);
        while let Some(point) = points.next_if(|point| point.day <= day) {
            events += point.events;
            waiting += point.censored;
            now = Some(point);
        }
        let whole = [u64::from(day), at_risk, events, waiting];
        let band = now.and_then(Point::band);
        let share = now.map_or(0.0, |point| 1.0 - point.survival);
        let real = [
            Some(share),
            band.map(|band| 1.0 - band.high),
            band.map(|band| 1.0 - band.low),
        ];
        to.push(group, whole.map(|value| i64::try_from(value).ok()), real);
        at_risk = at_risk.saturating_sub(events + waiting);
    }
}

/// Where the peak lies, or why there is none.
fn state(peak: &Result<Peak, NoPeak>) -> &'static str {
    match peak {
        Ok(peak) => match peak.place {
            Place::Inside => "inside",
            Place::First => "first",
            Place::Last => "last",
        },
        Err(NoPeak::NoSteps) => "few_customers",
        Err(NoPeak::NoEvent) => "no_event",
        Err(NoPeak::FewEvents) => "few_events",
    }
}

fn push_peak(peak: Option<&Peak>, lead_days: u32, group: i64, to: &mut Rows) {
    let day = |day: &dyn Fn(&Peak) -> u32| peak.map(|peak| i64::from(day(peak)));
    let band = peak.and_then(|peak| peak.band);
    to.push(
        group,
        [
            day(&|peak| peak.send_day(lead_days)),
            day(&|peak| peak.day),
            day(&|peak| peak.from),
            day(&|peak| peak.to),
        ],
        [
            peak.map(|peak| peak.hazard),
            band.map(|band| band.low),
            band.map(|band| band.high),
            peak.map(|peak| peak.flat),
            peak.map(|peak| peak.sure),
        ],
    );
}
