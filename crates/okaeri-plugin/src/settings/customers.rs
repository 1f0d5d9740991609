//! How customers are put into groups: checked, and in the core's terms.

use okaeri_core::analysis::cpm::{self as core, AMOUNT, ORDERS, TENURE_DAYS};
use okaeri_core::analysis::ranks::{Basis, Fall, Judged, Plan, Rank, Wanted, Window};
use okaeri_core::list::List;
use okaeri_core::rules::Rule;
use okaeri_protocol::answer::CallError;
use okaeri_protocol::settings::{
    CpmPreset, CpmSettings, Demotion, MemberRank, RankBasis, RankEvaluation, RankPeriod, RankPlan,
    Settings,
};

use super::bad;

/// Most days that a bound may have: a hundred years.
const DAYS_MAX: u32 = 36_500;
/// Most rules of CPM, and most member ranks above the lowest.
const RULES_MAX: usize = 50;

/// Refuses what makes no sense.
pub fn check(settings: &Settings) -> Result<(), CallError> {
    cpm_is_sound(&settings.cpm)?;
    if settings.decile_days > DAYS_MAX {
        return Err(bad("decile_days", "must be at most 36500"));
    }
    plan_is_sound(&settings.member_ranks)
}

fn cpm_is_sound(cpm: &CpmSettings) -> Result<(), CallError> {
    let days = [cpm.steady_days, cpm.loyal_days, cpm.lapse_days];
    if days.iter().any(|days| !(1..=DAYS_MAX).contains(days)) {
        return Err(bad("cpm", "numbers of days must be from 1 to 36500"));
    }
    if cpm.loyal_days < cpm.steady_days {
        return Err(bad("cpm.loyal_days", "must be at least `steady_days`"));
    }
    if cpm.amount < 0 || cpm.rules.iter().any(|rule| rule.amount < 0) {
        return Err(bad("cpm.amount", "must not be negative"));
    }
    if cpm.rules.len() > RULES_MAX {
        return Err(bad("cpm.rules", "there may be at most 50"));
    }
    if !(1..=120).contains(&cpm.transition_months) {
        return Err(bad("cpm.transition_months", "must be from 1 to 120"));
    }
    if cpm.targets.iter().any(|percent| *percent > 100) {
        return Err(bad("cpm.targets", "must be at most 100 percent"));
    }
    Ok(())
}

fn plan_is_sound(plan: &RankPlan) -> Result<(), CallError> {
    let at = |part: &str| format!("member_ranks.{part}");
    if plan.window_days > DAYS_MAX || plan.outlook_days > DAYS_MAX {
        return Err(bad(&at("window_days"), "days must be at most 36500"));
    }
    if plan.grace_days > DAYS_MAX {
        return Err(bad(&at("grace_days"), "days must be at most 36500"));
    }
    let [month, day] = plan.year_from;
    if !((1..=12).contains(&month) && (1..=28).contains(&day)) {
        let message = "must be a month and a day up to the 28th, as `[4, 1]`";
        return Err(bad(&at("year_from"), message));
    }
    if plan.evaluate == RankEvaluation::YearEnds && plan.period != RankPeriod::Year {
        let message = "`year_ends` needs `period` to be `year`";
        return Err(bad(&at("evaluate"), message));
    }
    if plan.carry_over_years > 10 {
        return Err(bad(&at("carry_over_years"), "must be at most 10"));
    }
    if plan.keep_percent > 100 {
        return Err(bad(&at("keep_percent"), "must be at most 100"));
    }
    if plan.ranks.len() > RULES_MAX {
        return Err(bad(&at("ranks"), "there may be at most 50"));
    }
    let (by_amount, by_orders) = (
        plan.basis != RankBasis::Orders,
        plan.basis != RankBasis::Amount,
    );
    let is_given = |rank: &MemberRank| rank.amount.is_some();
    if by_amount
        && !plan
            .ranks
            .iter()
            .all(|r| is_given(r) == plan.ranks.iter().all(is_given))
    {
        let message = "all ranks must have an `amount`, or none";
        return Err(bad(&at("ranks"), message));
    }
    let amount = |rank: &MemberRank| rank.amount.unwrap_or(rank.average_orders.into());
    let grows = |value: &dyn Fn(&MemberRank) -> i64| {
        let values: Vec<i64> = plan.ranks.iter().map(value).into_list();
        values.iter().all(|value| *value > 0) && values.is_sorted_by(|a, b| a < b)
    };
    if by_amount && !grows(&amount) || by_orders && !grows(&|rank| rank.orders.into()) {
        let message = "what they ask for must grow from rank to rank, from above 0";
        return Err(bad(&at("ranks"), message));
    }
    let keeps_less = |rank: &MemberRank| {
        let amount = rank.amount.unwrap_or(i64::MAX);
        rank.keep_amount
            .is_none_or(|keep| (0..=amount).contains(&keep))
            && rank.keep_orders.is_none_or(|keep| keep <= rank.orders)
    };
    if !plan.ranks.iter().all(keeps_less) {
        let message = "what keeps a rank must not be more than what earns it";
        return Err(bad(&at("ranks"), message));
    }
    if let Some(pin) = plan
        .pinned
        .iter()
        .find(|pin| rank_of(plan, &pin.rank).is_none())
    {
        let message = format!("`{}` is no rank of the plan", pin.rank);
        return Err(bad(&at("pinned"), message));
    }
    Ok(())
}

/// A rank's place by its name, 0 for the lowest.
fn rank_of(plan: &RankPlan, name: &str) -> Option<u8> {
    let names = plan.ranks.iter().map(|rank| &rank.name);
    let place = [&plan.lowest]
        .into_iter()
        .chain(names)
        .position(|known| known == name)?;
    u8::try_from(place).ok()
}

/// The groups of CPM by a preset.
pub fn cpm(settings: &CpmSettings, preset: CpmPreset) -> core::Preset {
    match preset {
        CpmPreset::LtvLab => core::Preset::LtvLab,
        CpmPreset::SevenAov => core::Preset::SevenAov,
        CpmPreset::Fit => core::Preset::Fit,
        CpmPreset::Own if settings.rules.is_empty() => core::Preset::Own(core::Bounds {
            steady_days: settings.steady_days.into(),
            loyal_days: settings.loyal_days.into(),
            lapse_days: settings.lapse_days.into(),
            amount: settings.amount,
        }),
        CpmPreset::Own => {
            let rules = settings.rules.iter().map(|rule| {
                Rule::any(rule.level as u8)
                    .at_least(ORDERS, rule.orders.into())
                    .at_least(TENURE_DAYS, rule.tenure_days.into())
                    .at_least(AMOUNT, rule.amount)
            });
            core::Preset::Rules {
                rules: rules.into_list(),
                lapse_days: settings.lapse_days.into(),
            }
        }
    }
}

/// The plan of member ranks.
pub fn rank_plan(plan: &RankPlan) -> Plan {
    let rank = |rank: &MemberRank| Rank {
        amount: match rank.amount {
            Some(amount) => Wanted::Given(amount),
            None => Wanted::AverageOrders(rank.average_orders.into()),
        },
        orders: rank.orders.into(),
        keep: [rank.keep_amount, rank.keep_orders.map(i64::from)],
    };
    let pinned = plan.pinned.iter().filter_map(|pin| {
        let rank = rank_of(plan, &pin.rank)?;
        Some((pin.customer.clone(), rank))
    });
    Plan {
        ranks: plan.ranks.iter().map(rank).into_list(),
        basis: match plan.basis {
            RankBasis::Amount => Basis::Amount,
            RankBasis::Orders => Basis::Orders,
            RankBasis::Either => Basis::Either,
            RankBasis::Both => Basis::Both,
        },
        window: match plan.period {
            RankPeriod::Rolling => {
                Window::Days(i32::try_from(plan.window_days).unwrap_or(i32::MAX))
            }
            RankPeriod::Year => Window::Year(plan.year_from),
        },
        judged: match plan.evaluate {
            RankEvaluation::Nightly => Judged::Nightly,
            RankEvaluation::MonthEnds => Judged::MonthEnds,
            RankEvaluation::YearEnds => Judged::YearEnds,
        },
        keep_percent: plan.keep_percent.into(),
        fall: match plan.demote {
            Demotion::Never => Fall::Never,
            Demotion::OneStep => Fall::OneStep,
            Demotion::ToEarned => Fall::ToEarned,
        },
        grace_days: i32::try_from(plan.grace_days).unwrap_or(i32::MAX),
        carry_over: plan.carry_over_years,
        postage: plan.include_shipping,
        pinned: pinned.collect(),
    }
}
