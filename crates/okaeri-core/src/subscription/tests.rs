//! Contracts by hand, and random ones for the reports' twins.
#![expect(clippy::indexing_slicing, reason = "a failed step fails the test")]

use super::lifetime::{Ends, Models};
use super::risk::{COUNT, RiskRules, SIGNALS, Signals, decided};
use super::*;
use crate::keys::NONE;
use crate::zone::day_of;
use chrono::NaiveDate;

/// The default weights and windows.
pub const RULES: RiskRules = RiskRules {
    weights: [35, 30, 25, 15, 15, 20, 15, 10, 15, 10, 25],
    bands: [60, 35],
    page_days: 14,
    recent_days: 30,
    change_days: 60,
    silent_days: 60,
    peak_percent: 150,
    peak_contracts: 10,
};

/// A die without chance.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

pub const AS_OF: i32 = 20_400;

/// A contract that delivers every `gap` days.
pub fn contract(id: u32, person: u32, start: i32, count: u32, gap: i32) -> Contract {
    let delivery = |n: u32| Delivery {
        day: start + gap * n as i32,
        count: n + 1,
        amount: 1_000,
        quantity: 1,
    };
    Contract {
        id,
        person,
        start_day: start,
        deliveries: (0..count).map(delivery).collect(),
        product: 0,
        cycle_days: gap as u32,
        reason: NONE,
        ..Contract::default()
    }
}

/// Contracts of people, with rests, failures and ends.
pub fn random(seed: u64, people: u32) -> Subscriptions {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9) + 1);
    let mut subscriptions = Subscriptions {
        as_of_day: AS_OF,
        ..Subscriptions::default()
    };
    let mut id = 0;
    for person in 0..people {
        let mut happened = Vec::new();
        for _ in 0..=dice.below(3) {
            let start = AS_OF - dice.below(900) as i32;
            let gap = 20 + dice.below(40) as i32;
            let most = ((AS_OF - start) / gap + 1) as u64;
            let count = dice.below(most + 1) as u32;
            let mut made = contract(id, person, start, count, gap);
            made.product = dice.below(3) as i64 - 1;
            let last = start + gap * count.saturating_sub(1) as i32;
            let day = (last + dice.below(25) as i32).min(AS_OF);
            made.end = match dice.below(6) {
                0 | 1 => Some((Status::Cancelled, Some(day))),
                2 => Some((Status::Completed, Some(last.min(AS_OF)))),
                3 if dice.below(4) == 0 => Some((Status::Cancelled, None)),
                _ => None,
            };
            for _ in 0..dice.below(4) {
                let at = start + dice.below(400) as i32;
                let change = match dice.below(4) {
                    0 => Move::Pause,
                    1 => Move::Resume,
                    2 => Move::Fail,
                    _ => Move::Recover,
                };
                if at <= AS_OF {
                    made.moves.push((at, change));
                }
            }
            made.moves.sort_by_key(|(at, _)| *at);
            for _ in 0..dice.below(3) {
                let what = match dice.below(3) {
                    0 => What::Skipped,
                    1 => What::CycleChanged(30),
                    _ => What::CancelPage,
                };
                happened.push(Happening {
                    person,
                    day: (start + dice.below(300) as i32).min(AS_OF),
                    contract: id,
                    what,
                });
            }
            id += 1;
            subscriptions.contracts.push(made);
        }
        happened.sort_by_key(|happening| happening.day);
        subscriptions.happenings.extend(happened);
    }
    subscriptions
        .contracts
        .sort_by_key(|c| (c.person, c.start_day, c.id));
    subscriptions
}

#[test]
fn cycles_are_told_or_counted() {
    let mut made = contract(0, 0, 100, 3, 30);
    assert_eq!(
        [99, 100, 129, 160, 500].map(|day| made.cycles(day)),
        [0, 1, 1, 3, 3]
    );
    // The first deliveries came before the shop's facts.
    for delivery in &mut made.deliveries {
        delivery.count += 4;
    }
    assert_eq!(made.cycles(130), 6);
    for delivery in &mut made.deliveries {
        delivery.count = 0;
    }
    assert_eq!(made.cycles(130), 2);
}

#[test]
fn status_of_any_day() {
    let mut made = contract(0, 0, 100, 2, 30);
    made.moves = vec![
        (110, Move::Pause),
        (115, Move::Fail),
        (130, Move::Resume),
        (140, Move::Fail),
    ];
    made.end = Some((Status::Cancelled, Some(150)));
    let days = [99, 100, 110, 129, 130, 140, 149, 150];
    let active = Some(Status::Active);
    let paused = Some(Status::Paused);
    let failed = Some(Status::Failed);
    let expected = [
        None,
        active,
        paused,
        paused,
        active,
        failed,
        failed,
        Some(Status::Cancelled),
    ];
    assert_eq!(days.map(|day| made.status(day)), expected);
}

#[test]
fn a_month_of_a_contract() {
    let mut made = contract(0, 0, 100, 1, 30);
    // 1,000 x 30.4375 / 30 = 1,014.58.
    assert_eq!(made.monthly(), 1_015);
    made.cycle_days = 0;
    assert_eq!(made.monthly(), 1_000);
}

fn happening(contract: u32, day: i32, what: What) -> Happening {
    Happening {
        person: 0,
        day,
        contract,
        what,
    }
}

fn signals(contract: &Contract, happenings: &[Happening], day: i32) -> Signals {
    RULES.signals(
        &[],
        contract,
        std::slice::from_ref(contract),
        happenings,
        day,
    )
}

fn names(signals: &Signals) -> Vec<(&'static str, i64)> {
    let pairs = SIGNALS.iter().zip(signals.figures);
    pairs
        .filter_map(|(name, figure)| Some((*name, figure?)))
        .collect()
}

#[test]
fn signs_end_on_their_days() {
    let made = contract(7, 0, 100, 3, 30);
    let after = |what, days: i32| names(&signals(&made, &[happening(7, 165, what)], 165 + days));
    let lasts = [
        (What::CancelPage, "cancel_page", 14),
        (What::Complaint, "complaint", 30),
        (What::Blocked, "blocked", 30),
    ];
    for (what, name, days) in lasts {
        assert_eq!(after(what, days), [(name, i64::from(days))]);
        assert_eq!(after(what, days + 1), []);
    }
    // What names another contract is no sign of this one.
    let other = [happening(8, 165, What::CancelPage)];
    assert_eq!(names(&signals(&made, &other, 166)), []);
    let nobody = [happening(NONE, 165, What::CancelPage)];
    assert_eq!(names(&signals(&made, &nobody, 166)), [("cancel_page", 1)]);
}

#[test]
fn skips_count_from_the_last_delivery_on() {
    let made = contract(7, 0, 100, 3, 30);
    let skips = [145, 170, 180].map(|day| happening(7, day, What::Skipped));
    assert_eq!(names(&signals(&made, &skips[..2], 200)), []);
    assert_eq!(names(&signals(&made, &skips, 200)), [("skips", 2)]);
    // One is enough where many leave after the third delivery, which the next cycle shows too.
    let peaks = [false, false, false, true];
    let one = RULES.signals(&peaks, &made, &[], &skips[..2], 200);
    assert_eq!(names(&one), [("skips", 1), ("peak_cycle", 4)]);
    assert_eq!(one.score(&RULES), 40);
    assert_eq!(RULES.band(40), 1);
}

#[test]
fn cards_cycles_mails_returns_and_restarts() {
    let mut made = contract(7, 0, 100, 3, 30);
    // Due on day 190: a card that ends on 189 is a sign, one that ends on 190 is none.
    let card = |end| [happening(7, 120, What::CardExpires(end))];
    assert_eq!(
        names(&signals(&made, &card(189), 170)),
        [("card_expires", 19)]
    );
    assert_eq!(names(&signals(&made, &card(190), 170)), []);
    // A delivery after its end shows another card.
    assert_eq!(names(&signals(&made, &card(150), 170)), []);
    // From 30 days, with three of slack, to 34.
    let changed = |days| [happening(7, 165, What::CycleChanged(days))];
    assert_eq!(names(&signals(&made, &changed(33), 170)), []);
    assert_eq!(
        names(&signals(&made, &changed(34), 225)),
        [("cycle_longer", 60)]
    );
    assert_eq!(names(&signals(&made, &changed(34), 226)), []);
    let mails = [
        happening(NONE, 100, What::MailRead),
        happening(NONE, 150, What::MailSent),
    ];
    assert_eq!(names(&signals(&made, &mails, 160)), []);
    assert_eq!(names(&signals(&made, &mails, 161)), [("silent", 61)]);
    assert_eq!(names(&signals(&made, &mails[..1], 161)), []);
    let returned = [happening(NONE, 160, What::Returned)];
    assert_eq!(names(&signals(&made, &returned, 161)), [("returned", 1)]);
    assert_eq!(names(&signals(&made, &returned, 159)), []);
    let mut earlier = contract(6, 0, 10, 1, 30);
    earlier.end = Some((Status::Cancelled, Some(100)));
    let two = [earlier, made.clone()];
    let restarted = RULES.signals(&[], &made, &two, &[], 161);
    assert_eq!(names(&restarted), [("restarted", 1)]);
    made.moves = vec![(165, Move::Fail)];
    assert_eq!(names(&signals(&made, &[], 170)), [("payment_failed", 5)]);
    made.deliveries[2].quantity = 0;
    let fewer = names(&signals(&made, &[], 164));
    assert_eq!(fewer, [("cycle_longer", 4)]);
}

#[test]
fn the_top_signs_weigh_most() {
    let mut all = Signals {
        figures: [Some(1); COUNT],
    };
    let top = |signals: &Signals| signals.top(&RULES).map(|(place, _)| place);
    // 35, 30, then skips before returned, both 25.
    assert_eq!(top(&all), [0, 1, 2]);
    assert_eq!(all.score(&RULES), 100);
    all.figures[0] = None;
    assert_eq!(top(&all), [1, 2, 10]);
    assert_eq!(Signals::default().top(&RULES), [(-1, 0); 3]);
}

#[test]
fn peaks_lie_above_the_mean_rate() {
    let mut contracts = Vec::new();
    // After the first cycle 2 of 20 leave, after the second 9 of 18, after the third none of 9.
    for id in 0..20 {
        let count = if id < 2 {
            1
        } else if id < 11 {
            2
        } else {
            4
        };
        let mut made = contract(id, id, AS_OF - 200, count, 30);
        if id < 11 {
            made.end = Some((Status::Cancelled, Some(AS_OF - 50)));
        }
        contracts.push(made);
    }
    let subscriptions = Subscriptions {
        as_of_day: AS_OF,
        contracts,
        ..Subscriptions::default()
    };
    // The mean is 11 / 47, one and a half of it 0.351; 9 / 18 is above, 2 / 20 below.
    assert_eq!(
        RULES.peaks(&decided(&subscriptions)),
        [false, false, true, false, false]
    );
    let few = RiskRules {
        peak_contracts: 19,
        ..RULES
    };
    assert!(few.peaks(&decided(&subscriptions)).iter().all(|peak| !peak));
}

#[test]
fn lifetimes_of_the_paper_come_back() {
    // Fader & Hardie 2007, Table 1, "Regular": survivors of 1,000 after 0 to 7 renewals.
    let survivors = [1000i64, 631, 468, 382, 326, 289, 262, 241];
    let mut ends = Ends::default();
    for (cycle, pair) in (1..).zip(survivors.windows(2)) {
        ends.add(cycle, pair[0] - pair[1], 0);
    }
    ends.add(8, 0, 241);
    let curve = ends.curve();
    for (renewal, survivors) in (0u32..).zip(survivors) {
        let survival = curve.survival(renewal).unwrap_or_default();
        assert!(
            (survival - survivors as f64 / 1000.0).abs() < 1e-12,
            "{renewal}"
        );
    }
    assert_eq!(ends.decided(1), 1000);
    assert_eq!(ends.decided(7), 262);
    assert_eq!(ends.last_decided(10), 7);
    // As seen after four renewals: the paper's 674 who left and 326 who were kept.
    let early = ends.up_to(4);
    assert_eq!(early.cancelled[1..].iter().sum::<u32>(), 674);
    assert_eq!(early.kept, [0, 0, 0, 0, 0, 326]);
    let models = Models::of(&ends, Some(4));
    let before = models.as_ref().and_then(|models| models.before);
    let likelihoods = before.map(|fits| fits.map(|fit| fit.log_likelihood));
    // The log-likelihood of the paper's models on four renewals: clv.md of the sources.
    assert!((likelihoods.unwrap_or_default()[0] + 1401.559424).abs() < 1e-4);
    let models = models.map(|models| (models.shown, models.why, models.until));
    // BdW is nearer on the later renewals.
    assert_eq!(models, Some((1, 0, 7)));
}

#[test]
fn a_year_of_interest_is_one_of_cycles() {
    let month = lifetime::per_cycle(1_500, 365.25 / 12.0);
    assert!((libm::pow(1.0 + month, 12.0) - 1.15).abs() < 1e-12);
}

#[test]
fn months_chosen_are_those_of_the_start() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).map_or(0, day_of);
    let mut book = Book::of(
        &crate::ledger::Ledger::new(crate::zone::Zone::of_utc(), "JPY"),
        &[],
        0,
        crate::book::Counting::default(),
    );
    book.as_of_day = day(2025, 3, 15);
    let ledger = crate::ledger::Ledger::new(crate::zone::Zone::of_utc(), "JPY");
    let chosen = Chosen {
        product: None,
        months: Some(2),
    };
    let takes = chosen.takes(&ledger, &book);
    let starts = [day(2025, 1, 31), day(2025, 2, 1), day(2025, 3, 15)];
    assert_eq!(
        starts.map(|start| takes(&contract(0, 0, start, 1, 30))),
        [false, true, true]
    );
}
