//! 解約見込み: the signs that a contract may be cancelled, and their score.
//!
//! The signs are those that vendors name (LTV-Lab, 楽楽リピート and others); weights, windows and
//! bands are ours and settings. A score is a sum of weights, at most 100, so that it can always be
//! told from which signs it comes.

use super::{Contract, Happening, Move, Status, Subscriptions, What};
use crate::analysis::sums::Sums;
use crate::keys::NONE;

/// How many signs there are.
pub const COUNT: usize = 11;

/// Their names.
pub const SIGNALS: &[&str] = &[
    "cancel_page",
    "payment_failed",
    "skips",
    "cycle_longer",
    "peak_cycle",
    "complaint",
    "card_expires",
    "silent",
    "blocked",
    "restarted",
    "returned",
];

/// Names of the bands.
pub const BANDS: &[&str] = &["high", "medium", "low"];

/// Weights, windows and bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskRules {
    /// Weight of each sign, in the order of [`SIGNALS`].
    pub weights: [u32; COUNT],
    /// Least score of the band high, and of medium.
    pub bands: [u32; 2],
    /// Days for which a view of the page on cancelling counts.
    pub page_days: i32,
    /// Days for which a complaint or a block counts.
    pub recent_days: i32,
    /// Days for which a longer cycle or fewer pieces count.
    pub change_days: i32,
    /// Days without opening a mail after which a customer who used to is silent.
    pub silent_days: i32,
    /// A cycle is a peak when so many percent of the mean rate leave after it.
    pub peak_percent: u32,
    /// Least contracts that decided at a cycle which can be a peak.
    pub peak_contracts: u32,
}

/// The signs of one contract on one day: of each the figure that shows it.
///
/// Days since for `cancel_page`, `payment_failed`, `cycle_longer`, `complaint`, `silent`,
/// `blocked`, `returned`; days until for `card_expires`; how many for `skips` and `restarted`; the
/// number of the next cycle for `peak_cycle`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// In the order of [`SIGNALS`].
    pub figures: [Option<i64>; COUNT],
}

impl Signals {
    /// The score, 0 to 100.
    pub fn score(&self, rules: &RiskRules) -> u32 {
        let pairs = self.figures.iter().zip(rules.weights);
        let weights = pairs.map(|(figure, weight)| if figure.is_some() { weight } else { 0 });
        weights.fold(0u32, u32::saturating_add).min(100)
    }

    /// The signs that weigh most, equals in the order of [`SIGNALS`], each with its figure; -1
    /// where there are fewer.
    pub fn top(&self, rules: &RiskRules) -> [(i64, i64); 3] {
        let mut top = [(-1, 0); 3];
        let mut taken = [false; COUNT];
        for place in &mut top {
            let mut best: Option<(usize, u32, i64)> = None;
            for (index, (figure, weight)) in self.figures.iter().zip(rules.weights).enumerate() {
                let is_free = taken.get(index) == Some(&false) && weight > 0;
                if let Some(figure) = figure.filter(|_| is_free)
                    && best.is_none_or(|(_, most, _)| weight > most)
                {
                    best = Some((index, weight, figure));
                }
            }
            if let Some((index, _, figure)) = best {
                *place = (index as i64, figure);
                if let Some(taken) = taken.get_mut(index) {
                    *taken = true;
                }
            }
        }
        top
    }

    /// Whether a sign of [`SIGNALS`] is there.
    pub fn has(&self, index: usize) -> bool {
        self.figures.get(index).is_some_and(Option::is_some)
    }
}

impl RiskRules {
    /// The place of the score's band in [`BANDS`].
    pub fn band(&self, score: u32) -> usize {
        let [high, medium] = self.bands;
        if score >= high {
            0
        } else if score >= medium {
            1
        } else {
            2
        }
    }

    /// After which cycles, by number, more leave than usual (解約が多い回), of what the contracts
    /// of the whole shop [`decided`].
    pub fn peaks(&self, decided: &Sums) -> Vec<bool> {
        let of = |row: &[i64], column: usize| {
            let count = row.get(column).copied().unwrap_or_default();
            u128::from(count.max(0).unsigned_abs())
        };
        let sum = |column: usize| decided.rows().map(|row| of(row, column)).sum::<u128>();
        let (all_left, all) = (sum(1), sum(2));
        let mut peaks = Vec::new();
        for row in decided.rows() {
            let (cycle, left, decided) = (of(row, 0) as usize, of(row, 1), of(row, 2));
            // left / decided >= percent / 100 x all_left / all
            let bound = u128::from(self.peak_percent) * all_left * decided;
            let is_many = left * 100 * all >= bound;
            peaks.resize(cycle.min(CYCLES_MAX as usize), false);
            peaks.push(left > 0 && decided >= u128::from(self.peak_contracts) && is_many);
        }
        peaks
    }

    /// The signs of a contract by the end of a day. `of_person` are all contracts of the
    /// customer, `happenings` all that happened to the customer.
    pub fn signals(
        &self,
        peaks: &[bool],
        contract: &Contract,
        of_person: &[Contract],
        happenings: &[Happening],
        day: i32,
    ) -> Signals {
        let cycles = contract.cycles(day);
        let last = contract
            .last(day)
            .map_or(contract.start_day, |last| last.day);
        let is_peak = peaks.get(cycles as usize).copied().unwrap_or_default();
        let seen = Seen::of(contract, happenings, day, last);
        let since = |at: Option<i32>| at.map(|at| i64::from(day.saturating_sub(at)));
        let within = |at: Option<i32>, days: i32| since(at).filter(|n| *n <= i64::from(days));
        let skips = i64::from(seen.skips);
        let is_skipping = skips >= 2 || (skips == 1 && is_peak);
        let silent = seen
            .read
            .filter(|_| within(seen.sent, self.silent_days).is_some());
        let restarted = of_person.iter().filter(|other| {
            let ended = other.end.and_then(|(status, day)| Some((status, day?)));
            let before = |end: i32| end <= contract.start_day && other.id != contract.id;
            ended.is_some_and(|(status, end)| status == Status::Cancelled && before(end))
        });
        let restarted = restarted.count() as i64;
        Signals {
            figures: [
                within(seen.page, self.page_days),
                failed_days(contract, day),
                Some(skips).filter(|_| is_skipping),
                within(longer(contract, happenings, day), self.change_days),
                Some(i64::from(cycles) + 1).filter(|_| is_peak),
                within(seen.complaint, self.recent_days),
                card_days(contract, seen.card, day, last),
                since(silent).filter(|days| *days > i64::from(self.silent_days)),
                within(seen.blocked, self.recent_days),
                Some(restarted).filter(|count| *count > 0),
                since(seen.returned.filter(|at| *at >= last)),
            ],
        }
    }
}

/// Cycles that are told apart.
pub const CYCLES_MAX: u32 = 200;

/// By each cycle, how many contracts left after it, and how many left or went on.
pub fn decided(subscriptions: &Subscriptions) -> Sums {
    let as_of = subscriptions.as_of_day;
    let mut counts = vec![[0i64; 2]; CYCLES_MAX as usize + 1];
    let mut most = None;
    for contract in &subscriptions.contracts {
        let cycles = contract.cycles(as_of).min(CYCLES_MAX) as usize;
        most = most.max(Some(cycles));
        for count in counts.iter_mut().take(cycles).skip(1) {
            count[1] += 1;
        }
        if contract.status(as_of) == Some(Status::Cancelled)
            && let Some(count) = counts.get_mut(cycles).filter(|_| cycles > 0)
        {
            count[0] += 1;
            count[1] += 1;
        }
    }
    let mut sums = Sums::new(1, 3);
    let rows = most.map_or(0, |most| most + 1);
    for (cycle, [left, decided]) in (0..).zip(counts).take(rows) {
        sums.push([cycle, left, decided]);
    }
    sums
}

/// The last of each that happened up to a day.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    page: Option<i32>,
    complaint: Option<i32>,
    blocked: Option<i32>,
    returned: Option<i32>,
    sent: Option<i32>,
    read: Option<i32>,
    card: Option<i32>,
    skips: u32,
}

impl Seen {
    fn of(contract: &Contract, happenings: &[Happening], day: i32, last: i32) -> Self {
        let mut seen = Seen::default();
        for happening in happenings.iter().take_while(|h| h.day <= day) {
            let at = Some(happening.day);
            let is_ours = happening.contract == contract.id;
            let may_be_ours = is_ours || happening.contract == NONE;
            match happening.what {
                What::CancelPage if may_be_ours => seen.page = at,
                What::Complaint => seen.complaint = at,
                What::Blocked => seen.blocked = at,
                What::Returned if may_be_ours => seen.returned = at,
                What::MailSent => seen.sent = at,
                What::MailRead => seen.read = at,
                What::CardExpires(end) if may_be_ours && end != i32::MIN => seen.card = Some(end),
                What::Skipped if is_ours && happening.day > last => seen.skips += 1,
                _ => {}
            }
        }
        seen
    }
}

/// Days since the failure that is not made good; 0 when it is not said when.
fn failed_days(contract: &Contract, day: i32) -> Option<i64> {
    if contract.undated.is_some() || contract.status(day) != Some(Status::Failed) {
        return (contract.undated == Some(Status::Failed)).then_some(0);
    }
    let before = contract.moves.iter().take_while(|(at, _)| *at <= day);
    let failures = before.filter(|(_, change)| *change == Move::Fail);
    failures
        .last()
        .map(|(at, _)| i64::from(day.saturating_sub(*at)))
}

/// Days until the card ends, where the next delivery is due later and none has come since.
fn card_days(contract: &Contract, end: Option<i32>, day: i32, last: i32) -> Option<i64> {
    let end = end?;
    let due = contract.due(day)?;
    (end < due && last <= end).then(|| i64::from(end.saturating_sub(day)))
}

/// The last day up to `day` on which the cycle became longer, or fewer pieces came.
fn longer(contract: &Contract, happenings: &[Happening], day: i32) -> Option<i32> {
    let mut before = None;
    let mut latest = None;
    for happening in happenings.iter().take_while(|h| h.day <= day) {
        let What::CycleChanged(days) = happening.what else {
            continue;
        };
        if happening.contract != contract.id || days == 0 {
            continue;
        }
        let was = before.or_else(|| usual_gap(contract, happening.day));
        if was.is_some_and(|was| days > was) {
            latest = Some(happening.day);
        }
        before = Some(days);
    }
    let after = contract.deliveries.partition_point(|d| d.day <= day);
    let pair = after
        .checked_sub(2)
        .and_then(|from| contract.deliveries.get(from..after));
    if let Some([one, two]) = pair
        && two.quantity < one.quantity
    {
        latest = latest.max(Some(two.day));
    }
    latest
}

/// The days between deliveries before a day, by the shortest gap, which no skip has stretched;
/// some days more, since orders come a little early or late.
pub fn usual_gap(contract: &Contract, day: i32) -> Option<u32> {
    let before = contract.deliveries.partition_point(|d| d.day < day);
    let before = contract.deliveries.get(..before).unwrap_or_default();
    let gaps = before.windows(2).filter_map(|pair| match pair {
        [a, b] => u32::try_from(b.day.saturating_sub(a.day)).ok(),
        _ => None,
    });
    gaps.min().map(|gap| gap.saturating_add(SLACK_DAYS))
}

const SLACK_DAYS: u32 = 3;
