//! The chance of the next purchase on each day or in each week, and when it is greatest.
//!
//! The raw hazard of a step is its events by those exposed in it; in a week, who was last seen
//! before its last day counts half (the actuarial way of Cutler & Ederer 1958). It is smoothed
//! by the kernel of Epanechnikov, 1 − u², over some steps on both sides: the weighted events by
//! the weighted exposed, so that days on which few were left weigh little, and at both ends the
//! kernel is cut and not mirrored.
//!
//! A smoothed step stands for `trials` = (Σ w n)² / Σ w² n customers exposed, and its band is
//! Wilson's interval for so many. Where fewer than [`Settings::least_at_risk`] are left the curve
//! ends, and [`End`] says so.

use super::Curve;
use crate::interval::{Band, Z95, normal_below, wilson};

/// The length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// One day.
    Day,
    /// Seven days.
    Week,
}

impl Width {
    /// Days in a step.
    pub fn days(self) -> u32 {
        match self {
            Width::Day => 1,
            Width::Week => 7,
        }
    }
}

/// How the hazard is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Length of a step.
    pub width: Width,
    /// The day on which the first step begins. Orders of the same day say nothing of a good day
    /// to send, therefore 1 by default.
    pub first_day: u32,
    /// Steps on each side that the kernel reaches; 0 does not smooth.
    pub reach: u32,
    /// The curve ends where fewer are at risk.
    pub least_at_risk: u64,
}

impl Default for Settings {
    /// Days from day 1 on, smoothed over a week, while 30 customers are left.
    fn default() -> Self {
        Settings {
            width: Width::Day,
            first_day: 1,
            reach: 3,
            least_at_risk: 30,
        }
    }
}

/// One day or week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Step {
    /// Its first day.
    pub day: u32,
    /// To whom it happened in it.
    pub events: u64,
    /// Who was exposed in it: at risk as it began, less half of those censored before its last
    /// day.
    pub exposed: f64,
    /// The smoothed hazard of the step.
    pub hazard: f64,
    /// As good as the smoothed hazard is known: by so many customers exposed.
    pub trials: f64,
    /// The 95 % band of the smoothed hazard.
    pub band: Option<Band>,
}

/// Why the curve of the hazard ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nobody is left; everything seen is in it.
    Everything,
    /// From this day on fewer are at risk than the settings ask for.
    FewAtRisk {
        /// The first day that is not in it.
        day: u32,
    },
    /// The curve has as many steps as it may have ([`STEPS_MAX`]).
    Long {
        /// The first day that is not in it.
        day: u32,
    },
}

/// Steps of a curve at most: eleven years of days.
pub const STEPS_MAX: usize = 4096;

/// Events expected at the peak if the hazard were flat, for the peak to mean anything.
const EXPECTED_LEAST: f64 = 5.0;

/// Where the peak lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The hazard rises to it and falls after it.
    Inside,
    /// In the first step: sooner is better.
    First,
    /// In the last step: it may rise still where the data end.
    Last,
}

/// The step with the greatest smoothed hazard, the earliest of equals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// First day of the step.
    pub day: u32,
    /// The smoothed hazard.
    pub hazard: f64,
    /// Its 95 % band.
    pub band: Option<Band>,
    /// Where it lies.
    pub place: Place,
    /// The hazard of all steps together.
    pub flat: f64,
    /// How sure it is that the hazard is not flat: the chance that the highest of as many steps
    /// as there are stays below this peak where it is. Steps count as independent, which makes
    /// it too small rather than too great.
    pub sure: f64,
    /// First day of the steps about the peak whose hazard cannot be told from it (at 95 %, two by
    /// two).
    pub from: u32,
    /// Last day of these steps.
    pub to: u32,
    /// First day of the highest step outside them that cannot be told from the peak either: as
    /// good a day, as far as is known.
    pub rival: Option<u32>,
}

impl Peak {
    /// The best day to send so that it is read at the peak: `lead_days` before it, and the day of
    /// the purchase itself at the earliest.
    pub fn send_day(&self, lead_days: u32) -> u32 {
        self.day.saturating_sub(lead_days)
    }
}

/// Why there is no peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPeak {
    /// There are no steps: too few were at risk on the first day.
    NoSteps,
    /// It happened to nobody in these steps.
    NoEvent,
    /// Too few events for one step to stand out.
    FewEvents,
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Hazard {
    /// Length of a step.
    pub width: Width,
    /// Steps on each side that the kernel reached.
    pub reach: u32,
    /// The steps, one after the other.
    pub steps: Vec<Step>,
    /// Why they end.
    pub end: End,
}

impl Hazard {
    /// The hazard that goes with a curve.
    pub fn of(curve: &Curve, settings: &Settings) -> Self {
        let (steps, end) = raw(curve, settings);
        let mut hazard = Hazard {
            width: settings.width,
            reach: settings.reach.min(STEPS_MAX as u32),
            steps,
            end,
        };
        hazard.smooth();
        hazard
    }

    /// The weight in the smoothed step `at` of what was seen in the step `from`.
    fn weight(&self, at: usize, from: usize) -> f64 {
        let u = at.abs_diff(from) as f64 / (f64::from(self.reach) + 1.0);
        (1.0 - u * u).max(0.0)
    }

    /// The steps within reach of one.
    fn near(&self, at: usize) -> std::ops::Range<usize> {
        let reach = self.reach as usize;
        at.saturating_sub(reach)..(at + reach + 1).min(self.steps.len())
    }

    fn smooth(&mut self) {
        let smoothed = |at: usize| {
            let (mut events, mut exposed, mut squares) = (0.0, 0.0, 0.0);
            let near = self.near(at);
            for (from, step) in near.clone().zip(self.steps.get(near).unwrap_or_default()) {
                let weight = self.weight(at, from);
                events += weight * step.events as f64;
                exposed += weight * step.exposed;
                squares += weight * weight * step.exposed;
            }
            (events / exposed, exposed * exposed / squares)
        };
        let values: Vec<(f64, f64)> = (0..self.steps.len()).map(smoothed).collect();
        for (step, (hazard, trials)) in self.steps.iter_mut().zip(values) {
            step.hazard = hazard.min(1.0);
            step.trials = trials;
            step.band = wilson(step.hazard * trials, trials);
        }
    }

    /// When the hazard is greatest, and how sure that is.
    pub fn peak(&self) -> Result<Peak, NoPeak> {
        let mut steps = self.steps.iter().enumerate();
        let first = steps.next().ok_or(NoPeak::NoSteps)?;
        let (at, top) = steps.fold(first, |best, next| {
            if next.1.hazard > best.1.hazard {
                next
            } else {
                best
            }
        });
        let events: f64 = self.steps.iter().map(|step| step.events as f64).sum();
        let exposed: f64 = self.steps.iter().map(|step| step.exposed).sum();
        let flat = events / exposed;
        if events == 0.0 {
            return Err(NoPeak::NoEvent);
        }
        if top.trials * flat < EXPECTED_LEAST {
            return Err(NoPeak::FewEvents);
        }
        // On the scale of arcsin √h the spread is the same everywhere and hardly skewed.
        let angle = |share: f64| 2.0 * libm::asin(share.min(1.0).sqrt());
        let sure = if top.hazard > flat {
            let z = (angle(top.hazard) - angle(flat)) * top.trials.sqrt();
            libm::pow(normal_below(z), self.steps.len() as f64)
        } else {
            0.0
        };
        let equals = |other: &usize| !self.is_below(*other, at);
        let before = (0..at).rev().take_while(equals).count();
        let after = (at + 1..self.steps.len()).take_while(equals).count();
        let plateau = at - before..=at + after;
        let mut rival: Option<&Step> = None;
        for (other, step) in self.steps.iter().enumerate() {
            if !plateau.contains(&other)
                && rival.is_none_or(|best| step.hazard > best.hazard)
                && equals(&other)
            {
                rival = Some(step);
            }
        }
        let width = self.width.days();
        Ok(Peak {
            day: top.day,
            hazard: top.hazard,
            band: top.band,
            place: match at {
                0 => Place::First,
                _ if at + 1 == self.steps.len() => Place::Last,
                _ => Place::Inside,
            },
            flat,
            sure,
            from: top.day - before as u32 * width,
            to: top.day + (after as u32 * width + (width - 1)),
            rival: rival.map(|step| step.day),
        })
    }

    /// Whether the smoothed hazard of a step is below that of the peak by more than chance. The
    /// two share steps where they overlap, and these count by the difference of their weights.
    fn is_below(&self, other: usize, peak: usize) -> bool {
        let exposed = |at: usize| -> f64 {
            let near = self.near(at);
            let steps = self.steps.get(near.clone()).unwrap_or_default();
            let terms = near.zip(steps);
            terms
                .map(|(i, step)| self.weight(at, i) * step.exposed)
                .sum()
        };
        let (of_other, of_peak) = (exposed(other), exposed(peak));
        let (near_other, near_peak) = (self.near(other), self.near(peak));
        // What lies between two windows apart counts in neither.
        let only_other = near_other.filter(|i| !near_peak.contains(i));
        let mut variance = 0.0;
        for i in near_peak.clone().chain(only_other) {
            if let Some(step) = self.steps.get(i) {
                let weight = self.weight(peak, i) / of_peak - self.weight(other, i) / of_other;
                variance += weight * weight * step.exposed * step.hazard * (1.0 - step.hazard);
            }
        }
        let hazard = |at: usize| self.steps.get(at).map_or(0.0, |step| step.hazard);
        hazard(peak) - hazard(other) > Z95 * variance.sqrt()
    }
}

/// Events and exposed by step, and why the steps end.
fn raw(curve: &Curve, settings: &Settings) -> (Vec<Step>, End) {
    let width = settings.width.days();
    let mut points = curve.points.iter().peekable();
    let mut at_risk = curve.customers;
    while let Some(point) = points.next_if(|point| point.day < settings.first_day) {
        at_risk -= point.events + point.censored;
    }
    let mut steps = Vec::new();
    let mut day = settings.first_day;
    loop {
        if at_risk == 0 {
            return (steps, End::Everything);
        }
        if at_risk < settings.least_at_risk {
            return (steps, End::FewAtRisk { day });
        }
        let last = day.checked_add(width - 1);
        let (Some(last), true) = (last, steps.len() < STEPS_MAX) else {
            return (steps, End::Long { day });
        };
        let mut step = Step {
            day,
            exposed: at_risk as f64,
            ..Step::default()
        };
        while let Some(point) = points.next_if(|point| point.day <= last) {
            step.events += point.events;
            if point.day < last {
                step.exposed -= 0.5 * point.censored as f64;
            }
            at_risk -= point.events + point.censored;
        }
        steps.push(step);
        let Some(next) = last.checked_add(1) else {
            return (steps, End::Long { day: last });
        };
        day = next;
    }
}
