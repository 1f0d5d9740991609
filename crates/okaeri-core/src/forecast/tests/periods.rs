//! Purchases by periods, and BG/BB on them: the donors again, from the days of their gifts.

use super::bg_bb::DONORS;
use super::data::day;
use super::{all_near, close, near};
use crate::forecast::bg_bb::{BgBb, Occasions};
use crate::forecast::counts::Counts;
use crate::forecast::histories::History;
use crate::forecast::model::{Kind, Model};
use crate::forecast::periods::Periods;
use crate::forecast::purchases::{PurchaseDay, Purchases};
use crate::forecast::season::Clock;
use crate::forecast::shop::{Every, Note, Options, Shop, Wanted, forecast};
use crate::forecast::special::ln_beta;

fn gift(year: i32, customer: usize) -> PurchaseDay {
    let month = 1 + customer % 12;
    PurchaseDay {
        day: day(&format!("{year}-{month:02}-15")),
        amount: 10.0 + (customer % 7) as f64,
    }
}

/// Donors who give in 1995, in the first years after it, and in the last year that they are known
/// to; some twice a year.
fn donors() -> Purchases {
    let mut purchases = Purchases::default();
    for (x, recency, customers, ..) in DONORS {
        for customer in 0..customers as usize {
            let years = (1..x as i32).chain((x > 0).then_some(recency as i32));
            let mut days = vec![gift(1995, customer)];
            for year in years {
                days.push(gift(1995 + year, customer));
                days.extend((customer % 5 == 0).then(|| gift(1995 + year, customer + 3)));
            }
            purchases.push(days.into_iter());
        }
    }
    purchases
}

fn years() -> Periods {
    Periods::of_months(12, day("1995-01-01"), day("2100-01-01"))
}

fn asked(as_of: &str, horizon_days: u32) -> Shop {
    let options = Options {
        horizon_days,
        yearly_discount_rate: 0.1,
        every: Every::Months(12),
        model: Wanted::Only(Kind::BgBb),
        seasonal: true,
        ..Options::on(day(as_of))
    };
    forecast(&donors(), options, Some(&years()))
}

#[test]
fn the_donors_by_their_days() {
    let shop = asked("2001-12-31", 1826);
    let published = [1.2035223516, 0.7497163582, 0.6567182084, 2.7834422326];
    all_near(&shop.fit.model.parameters(), &published, 1e-8);
    close(shop.fit.log_likelihood, -33225.58127434701, 1e-7);
    // Seasons are left out without a word: nobody can ask for both.
    assert!(shop.season.is_none());
    let mut rows = shop.rows.iter();
    for (x, recency, customers, alive, gifts) in DONORS {
        for row in rows.by_ref().take(customers as usize) {
            close(row.alive, alive, 5.1e-6);
            close(row.purchases, gifts, 5.1e-6);
            assert!(row.purchases_bounds.high <= 5.0);
            assert!(row.discounted < row.purchases && row.residual > row.discounted);
            // At the end of a year.
            assert_eq!((row.next_day[0].unwrap() - day("2002-12-31")) / 365, 0);
            if (x, recency) == (1, 2) {
                // DERT at 10 % a period, but for the 365 days of the next year.
                near(row.residual, 0.494895, 1e-4);
            }
        }
    }
    assert!(rows.next().is_none());
    close(shop.purchases.expected, 12884.156849, 1e-4);
    near(
        shop.residual_value,
        shop.rows.iter().map(|r| r.residual * r.amount).sum(),
        1e-9,
    );
    let comparison = shop.comparison.unwrap();
    assert_eq!(comparison.candidates.len(), 1);
    assert_eq!(comparison.cutoff_day, day("1999-12-31"));
    assert_eq!(
        comparison.ends,
        [day("2000-12-31"), day("2001-12-31")],
        "by years"
    );
    let [to_2000, to_2001] = comparison.candidates[0].weekly[..] else {
        panic!()
    };
    near(to_2001, comparison.candidates[0].predicted, 1e-9);
    // Actual gifts of 2000 and 2001 by the rows themselves.
    let last = |years: &[u32]| -> f64 {
        let rows = DONORS.iter().filter(|row| row.0 > 0);
        rows.map(|(x, recency, n, ..)| {
            let gave = |year: &&u32| **year == *recency || **year < *x;
            n * years.iter().filter(gave).count() as f64
        })
        .sum()
    };
    assert_eq!(comparison.weekly_actual, [last(&[5]), last(&[5, 6])]);
    assert!(to_2000 < to_2001);
}

/// In the middle of a year the last that is over counts, and the one that goes on is the next.
#[test]
fn a_period_counts_once_it_is_over() {
    let whole = asked("2001-12-31", 1826);
    let middle = asked("2002-06-30", 1826);
    assert_eq!(whole.fit, middle.fit);
    assert_eq!(whole.purchases, middle.purchases);
    assert_eq!(
        middle.rows[0].next_day, whole.rows[0].next_day,
        "the next year ends on the same day"
    );
    let short = asked("2001-12-31", 364);
    assert!(short.notes.contains(&Note::NoOccasion));
    assert_eq!(short.purchases.expected, 0.0);
    // Nobody has come in a year that is over.
    let early = asked("1995-12-30", 366);
    assert!(early.notes.contains(&Note::NotInPeriod(11_104)));
    assert!(early.rows.iter().all(|row| row.alive == 0.0));
}

/// By periods all models may be compared, and without a holdout it is BG/BB.
#[test]
fn the_best_by_periods() {
    let options = |as_of: &str| Options {
        every: Every::Months(12),
        ..Options::on(day(as_of))
    };
    let donors = donors();
    let shop = forecast(&donors, options("2001-12-31"), Some(&years()));
    let comparison = shop.comparison.unwrap();
    let kinds = comparison.candidates.iter().map(|c| c.choice.kind);
    assert_eq!(kinds.collect::<Vec<_>>(), Kind::BY_PERIODS);
    let best = &comparison.candidates[comparison.best];
    assert_eq!(best.choice.kind, shop.fit.model.kind());
    let shop = forecast(&donors, options("1996-01-02"), Some(&years()));
    assert!(shop.comparison.is_none());
    assert_eq!(shop.fit.model.kind(), Kind::BgBb);
}

fn model() -> (Model, BgBb) {
    let model = BgBb {
        alpha: 1.2,
        beta: 0.75,
        gamma: 0.66,
        delta: 2.8,
    };
    (Model::BgBb(model), model)
}

fn history(x: u32, recency: f64, age: f64) -> History {
    History {
        x,
        recency,
        age,
        customers: 1.0,
    }
}

#[test]
fn numbers_and_the_next() {
    let (model, bg_bb) = model();
    for (x, recency, age) in [(0, 0.0, 0.0), (0, 0.0, 6.0), (3, 4.0, 6.0), (6, 6.0, 6.0)] {
        let who = history(x, recency, age);
        let row = Occasions {
            x,
            recency: recency as u32,
            n: age as u32,
            customers: 1.0,
        };
        let mut counts = Counts::default();
        let next = model.next(&who, [0.1, 0.5, 0.9]);
        let mut bought = Vec::new();
        for occasions in 0..60 {
            let time = f64::from(occasions);
            model.counts(&who, time, 0.0, &mut counts);
            near(counts.mean(), bg_bb.purchases(&row, occasions), 1e-12);
            near(counts.mean(), model.purchases(&who, time), 1e-12);
            bought.push(1.0 - counts.chance(0));
            if x == 0 && age == 0.0 {
                for (n, chance) in (0u32..).zip(bg_bb.numbers(occasions)) {
                    near(counts.chance(n), chance, 1e-9);
                }
            }
        }
        // Straight from the model: those who leave before an occasion, and how many of the occasions
        // until then somebody buys at.
        let [a, b] = [1.2 + f64::from(x), 0.75 + age - f64::from(x)];
        let stay = |at: u32| -> f64 {
            let leaving = |t: u32| (age + 1.0 + f64::from(t), 0.66, 2.8);
            let stays = (1..=at)
                .map(leaving)
                .map(|(t, gamma, delta)| (delta + t - 1.0) / (gamma + delta + t - 1.0));
            stays.product()
        };
        let mut chances = [0.0; 13];
        chances[0] = 1.0 - model.alive(&who);
        for last in 1..=12u32 {
            let leaves = stay(last - 1) - if last < 12 { stay(last) } else { 0.0 };
            let mut ways = 1.0;
            for m in 0..=last {
                let [all, n] = [f64::from(last), f64::from(m)];
                let buys = libm::exp(ln_beta(a + n, b + all - n) - ln_beta(a, b));
                chances[m as usize] += model.alive(&who) * leaves * ways * buys;
                ways *= (all - n) / (n + 1.0);
            }
        }
        model.counts(&who, 12.0, 0.0, &mut counts);
        for (n, chance) in (0u32..).zip(chances) {
            close(counts.chance(n), chance, 1e-12);
        }
        for (time, share) in next.times.into_iter().zip([0.1, 0.5, 0.9]) {
            let wanted = share * (1.0 - next.never);
            let place = time as usize;
            if place < bought.len() {
                assert!(bought[place] >= wanted && bought[place - 1] < wanted);
            }
        }
        // Without end.
        let discount = libm::log(1.1);
        let all = bg_bb.discounted_purchases(&row, 0.1).unwrap();
        near(
            model.discounted_purchases(&who, discount).unwrap(),
            all,
            1e-12,
        );
        near(model.discounted_within(&who, 2_000.0, discount), all, 1e-9);
    }
}

#[test]
fn periods_and_their_clock() {
    let quarters = Periods::of_months(3, day("2024-02-10"), day("2024-12-31"));
    let ends = ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"].map(day);
    assert_eq!(quarters.ends(i32::MIN, i32::MAX), ends);
    assert_eq!(quarters.ends(ends[0], ends[2]), [ends[1], ends[2]]);
    assert_eq!(quarters.last_end(day("2024-06-29")), Some(ends[0]));
    assert_eq!(quarters.last_end(day("2024-06-30")), Some(ends[1]));
    assert_eq!(quarters.last_end(day("2024-03-30")), None);
    near(quarters.mean_days(), 275.0 / 3.0, 1e-12);
    // A season of every year, the second of which begins before the first has ended and is out.
    let seasons = Periods::new([(10, 20), (15, 30), (40, 50)].into_iter());
    let mut purchases = Purchases::default();
    let bought = [5, 10, 12, 30, 45, 51].map(|day| PurchaseDay { day, amount: 1.0 });
    purchases.push(bought.into_iter());
    let by = seasons.purchases(&purchases);
    let days: Vec<(i32, f64)> = by
        .customers()
        .flatten()
        .map(|day| (day.day, day.amount))
        .collect();
    assert_eq!(days, [(20, 2.0), (50, 1.0)]);
    let clock = Clock::of_periods(&seasons, 0, 100);
    let times = [0, 19, 20, 49, 50, 100].map(|day| clock.at(day));
    assert_eq!(times, [0.0, 0.0, 1.0, 1.0, 2.0, 2.0]);
    assert_eq!(clock.days_until(0, 1.0), 20.0);
    assert_eq!(clock.days_until(20, 1.0), 30.0);
    assert_eq!(clock.unit_days(), 30.0);
}
