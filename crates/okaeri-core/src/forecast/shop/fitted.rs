//! What the forecast of each customer follows from, once the shop is fitted. It is little: shards
//! are told it and forecast their own customers as the whole shop would.

use super::super::gamma_gamma::GammaGamma;
use super::super::model::{Kind, Model};
use super::super::periods::Periods;
use super::super::purchases::Distinct;
use super::super::season::{Clock, Season};
use super::super::smooth::POINTS;
use super::{FARTHEST_DAYS, LONGEST_HORIZON};
use crate::analysis::wire::{Malformed, Reader, Writer};
use crate::order::sort_numbers;

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The day of the shop's first purchase.
    pub first_day: i32,
    /// The same as purchases are counted: with periods, the end of the first with any.
    pub origin: i32,
    /// The model, with parameters by the clock.
    pub model: Model,
    /// The seasons, if they are used.
    pub season: Option<Season>,
    /// The model of amounts, if there is one.
    pub spend: Option<GammaGamma>,
    /// What one without a repeat spends, and all without a model.
    pub mean_spend: f64,
    /// By repeats, ascending: how old those customers are, where there are many ages.
    pub ages: Vec<Ages>,
}

/// The days on which the oldest and the newest customers with so many repeats came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// The repeats.
    pub x: u32,
    /// The first day.
    pub first_day: i32,
    /// The last day.
    pub last_day: i32,
}

/// The histories by repeats and first day: a key of both, which fit (see `Distinct`), and place.
pub fn by_age(distinct: &Distinct) -> Vec<(u64, u32)> {
    let days = distinct.rows.iter().zip(&distinct.days).zip(0u32..);
    let mut order: Vec<(u64, u32)> = days
        .map(|((row, (first, _)), place)| {
            let first = (i64::from(*first) - i64::from(i32::MIN)) as u64;
            (u64::from(row.x) << 32 | first, place)
        })
        .collect();
    sort_numbers(&mut order, |(key, _)| key);
    order
}

impl Ages {
    /// Those of which there are more than a function is taken at.
    pub fn of(order: &[(u64, u32)]) -> Vec<Self> {
        let day = |key: u64| ((key & u64::from(u32::MAX)) as i64 + i64::from(i32::MIN)) as i32;
        let mut all = Vec::new();
        for same in order.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32) {
            let count = same.chunk_by(|a, b| a.0 == b.0).count();
            if let ([(first, _), .., (last, _)], true) = (same, count > POINTS) {
                all.push(Ages {
                    x: (first >> 32) as u32,
                    first_day: day(*first),
                    last_day: day(*last),
                });
            }
        }
        all
    }
}

impl Fitted {
    /// The clock that histories are told by.
    pub(super) fn clock(&self, periods: Option<&Periods>, as_of_day: i32) -> Clock {
        let later = |days: i32| as_of_day.saturating_add(days);
        match (periods, &self.season) {
            (Some(periods), _) => Clock::of_periods(periods, self.origin, later(FARTHEST_DAYS)),
            (None, Some(season)) => Clock::of(season, self.origin, later(LONGEST_HORIZON as i32)),
            (None, None) => Clock::days(self.origin),
        }
    }

    /// Appends it.
    pub fn encode(&self, out: &mut Writer) {
        out.signed(self.first_day.into());
        out.signed(self.origin.into());
        let kind = self.model.kind();
        let place = Kind::BY_PERIODS.iter().position(|known| *known == kind);
        out.unsigned(place.unwrap_or_default() as u64);
        numbers(out, &self.model.parameters());
        let months = self.season.as_ref().map(|season| season.months);
        out.unsigned(months.is_some().into());
        numbers(out, months.as_ref().map_or(&[], |months| months));
        out.unsigned(self.spend.is_some().into());
        if let Some(GammaGamma { p, q, gamma }) = self.spend {
            numbers(out, &[p, q, gamma]);
        }
        numbers(out, &[self.mean_spend]);
        for ages in &self.ages {
            out.unsigned(ages.x.into());
            out.signed(ages.first_day.into());
            out.signed(ages.last_day.into());
        }
    }

    /// What [`Fitted::encode`] wrote, up to the end.
    ///
    /// # Errors
    /// When it is something else, or no forecast of this day could be made with it.
    pub fn decode(as_of_day: i32, mut input: Reader<'_>) -> Result<Self, Malformed> {
        let input = &mut input;
        let (first_day, origin) = (day(input, as_of_day)?, day(input, as_of_day)?);
        let place = usize::try_from(input.unsigned()?).map_err(|_| Malformed)?;
        let kind = Kind::BY_PERIODS.get(place).ok_or(Malformed)?;
        let model = Model::of(*kind, positive(input)?);
        let season = match input.unsigned()? {
            0 => None,
            _ => Some(Season {
                months: positive(input)?,
            }),
        };
        let spend = match input.unsigned()? {
            0 => None,
            _ => {
                let [p, q, gamma] = positive(input)?;
                Some(GammaGamma { p, q, gamma })
            }
        };
        let [mean_spend] = read(input)?;
        let mut ages = Vec::new();
        while !input.bytes.is_empty() {
            ages.push(Ages {
                x: u32::try_from(input.unsigned()?).map_err(|_| Malformed)?,
                first_day: day(input, as_of_day)?,
                last_day: day(input, as_of_day)?,
            });
        }
        Ok(Fitted {
            first_day,
            origin,
            model,
            season,
            spend,
            mean_spend,
            ages,
        })
    }
}

fn numbers(out: &mut Writer, numbers: &[f64]) {
    for number in numbers {
        out.bytes.extend_from_slice(&number.to_le_bytes());
    }
}

fn read<const N: usize>(input: &mut Reader<'_>) -> Result<[f64; N], Malformed> {
    let mut numbers = [0.0; N];
    for number in &mut numbers {
        let (bytes, rest) = input.bytes.split_first_chunk().ok_or(Malformed)?;
        input.bytes = rest;
        *number = f64::from_le_bytes(*bytes);
        if !number.is_finite() {
            return Err(Malformed);
        }
    }
    Ok(numbers)
}

fn positive<const N: usize>(input: &mut Reader<'_>) -> Result<[f64; N], Malformed> {
    let numbers = read(input)?;
    match numbers.iter().all(|number: &f64| *number > 0.0) {
        true => Ok(numbers),
        false => Err(Malformed),
    }
}

/// A day within 200 years before another, or that one.
fn day(input: &mut Reader<'_>, as_of_day: i32) -> Result<i32, Malformed> {
    let day = i32::try_from(input.signed()?).map_err(|_| Malformed)?;
    let since = i64::from(as_of_day) - i64::from(day);
    match (0..=i64::from(2 * FARTHEST_DAYS)).contains(&since) {
        true => Ok(day),
        false => Err(Malformed),
    }
}
