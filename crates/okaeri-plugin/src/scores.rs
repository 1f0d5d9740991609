//! What a customer's page says beside the rankings: groups, ranks, risks with their reasons, and
//! what to recommend.

use okaeri_core::analysis::cpm::{Cpm, GROUPS, Path};
use okaeri_core::analysis::ltv_rank::{LtvRank, LtvRules, RANKS, REASONS};
use okaeri_core::analysis::people::Figures;
use okaeri_core::analysis::ranks::{HELD, Ladder, Pins, Standing};
use okaeri_core::baskets::recommend::{Held, recommendations};
use okaeri_core::gifts::shipments::Senders;
use okaeri_core::list::List;
use okaeri_core::report::ltv_ranks;
use okaeri_core::report::products::cross_sell::{CrossSell, Known};
use okaeri_core::report::products::due::due;
use okaeri_core::report::tally::Tally;
use okaeri_core::report::{Need, Report};
use okaeri_core::subscription::Subscriptions;
use okaeri_core::subscription::risk::{BANDS, RiskRules, SIGNALS, Signals};
use okaeri_core::zone::date_of;
use okaeri_protocol::answer::{DueAgain, Recommended, Why};
use okaeri_protocol::table::Cell;

use crate::instance::Read;
use crate::settings;
use crate::tables::code_cell;

/// Products that are recommended at most.
const RECOMMENDED_MAX: usize = 5;

/// A score of a word, by the figure that told it and the least figure for it.
fn told(score: &str, value: &str, rule: &str, figure: i64, from: Option<i64>) -> Why {
    Why {
        score: score.to_owned(),
        value: value.to_owned(),
        rule: rule.to_owned(),
        figure,
        from,
        to: None,
    }
}

/// The contracts of a shop, and the rules by which they are at risk.
pub struct Risks<'s> {
    pub rules: RiskRules,
    peaks: Vec<bool>,
    all: &'s Subscriptions,
}

impl Risks<'_> {
    /// The signs of the contract with the highest score among a person's that go on; of equals
    /// the first.
    pub fn highest(&self, person: u32) -> Option<Signals> {
        let theirs = self.all.contracts_of(person);
        let day = self.all.as_of_day;
        let alive = theirs.iter().filter(|contract| {
            let status = contract.status(day);
            status.is_some_and(|status| status.is_alive())
        });
        let happenings = self.all.of_person(person);
        let signals = |one| {
            self.rules
                .signals(&self.peaks, one, theirs, happenings, day)
        };
        alive.map(signals).reduce(|best, other| {
            if other.score(&self.rules) > best.score(&self.rules) {
                other
            } else {
                best
            }
        })
    }
}

impl Read<'_> {
    /// The scores that need the shop's own bounds; `index` is the customer's place in the figures.
    pub fn scores(&self, index: usize, figures: &Figures) -> Vec<Why> {
        let subscriptions = Subscriptions::of(&self.shop());
        let mut why = self.why_cpm(figures);
        why.extend(self.why_member_rank(figures.person));
        why.push(self.why_ltv_rank(index, figures.person, &subscriptions));
        why.extend(self.why_churn_risk(figures.person, &subscriptions));
        why
    }

    /// The CPM groups in force.
    pub fn cpm(&self) -> Cpm {
        let preset = settings::cpm(&self.settings.cpm, self.settings.cpm.preset);
        Cpm::of(&preset, self.shop().typical(&preset))
    }

    /// A person's CPM group, as the report has it.
    pub fn cpm_group(&self, cpm: &Cpm, senders: Option<&Senders<'_>>, person: u32) -> Option<u8> {
        let orders = self.book.orders_of(person);
        let mut path = Path::new(cpm, orders).of_sender(senders);
        path.on(self.book.as_of_day)
    }

    fn why_cpm(&self, figures: &Figures) -> Vec<Why> {
        let senders = Senders::of(self.ledger, self.book);
        let group = self.cpm_group(&self.cpm(), senders.as_ref(), figures.person);
        let name = group.and_then(|group| GROUPS.get(usize::from(group)));
        let name = name.copied().unwrap_or_default();
        let tenure = i64::from(figures.last_day) - i64::from(figures.first_day);
        let recency = i64::from(self.book.as_of_day) - i64::from(figures.last_day);
        [
            ("orders", figures.orders.into()),
            ("tenure_days", tenure),
            ("amount", figures.amount),
            ("recency_days", recency),
        ]
        .map(|(rule, figure)| told("cpm", name, rule, figure, None))
        .to_vec()
    }

    /// The plan of member ranks in force, and whose rank a person has set.
    pub fn ranks(&self) -> (Ladder, Pins) {
        let plan = settings::rank_plan(&self.settings.member_ranks);
        let pins = Pins::of(&plan, self.keys, &self.ledger.contacts);
        (Ladder::of(&plan, self.shop().order_value()), pins)
    }

    /// Where a person stands among them.
    pub fn standing(&self, (ladder, pins): &(Ladder, Pins), person: u32) -> Standing {
        let orders = self.book.orders_of(person);
        pins.standing(person, ladder, (self.ledger, orders), self.book.as_of_day)
    }

    fn why_member_rank(&self, person: u32) -> Vec<Why> {
        let plan = &self.settings.member_ranks;
        let day = self.book.as_of_day;
        let standing = self.standing(&self.ranks(), person);
        let name = match standing.rank.checked_sub(1) {
            None => &plan.lowest,
            Some(rank) => match plan.ranks.get(usize::from(rank)) {
                Some(rank) => &rank.name,
                None => &plan.lowest,
            },
        };
        let lost = standing
            .falls_on
            .map(|falls| i64::from(falls) - i64::from(day));
        let held = HELD.get(standing.held as usize).copied();
        let missing = [
            ("amount_to_next", standing.amount_to_next),
            ("orders_to_next", standing.orders_to_next),
            (held.unwrap_or("earned"), Some(standing.rank.into())),
            ("days_to_fall", lost),
            ("amount_to_keep", standing.amount_to_keep),
            ("orders_to_keep", standing.orders_to_keep),
        ];
        let mut why = vec![
            told(
                "member_rank",
                name,
                "window_amount",
                standing.window_amount,
                None,
            ),
            told(
                "member_rank",
                name,
                "window_orders",
                standing.window_orders,
                None,
            ),
        ];
        for (rule, figure) in missing {
            why.extend(figure.map(|figure| told("member_rank", name, rule, figure, None)));
        }
        why
    }

    /// The shop's rules of LTV ranks.
    pub fn ltv_rules(&self) -> LtvRules {
        LtvRules::of(&settings::ltv_bounds(&self.settings.ltv_ranks))
    }

    /// A person's LTV rank, by a forecast too if there is one.
    pub fn ltv(
        &self,
        rules: &LtvRules,
        person: u32,
        all: &Subscriptions,
        forecast: Option<f64>,
    ) -> LtvRank {
        let orders = self.book.orders_of(person);
        let theirs = all.contracts_of(person);
        let mut of = ltv_ranks::figures(orders, theirs, self.book.as_of_day);
        of.forecast = forecast;
        rules.rank(&of)
    }

    fn why_ltv_rank(&self, index: usize, person: u32, all: &Subscriptions) -> Why {
        let row = self.forecast.and_then(|known| known.shop.rows.get(index));
        let forecast = row.map(|row| row.value);
        let ranked = self.ltv(&self.ltv_rules(), person, all, forecast);
        let name = RANKS.get(ranked.rank).copied().unwrap_or_default();
        let reason = REASONS.get(ranked.reason).copied().unwrap_or_default();
        let bound = (reason != "none").then_some(ranked.bound);
        told("ltv_rank", name, reason, ranked.figure, bound)
    }

    /// What tells the risks of the shop's contracts.
    pub fn risks<'s>(&self, all: &'s Subscriptions) -> Risks<'s> {
        let rules = settings::risk_rules(&self.settings.churn_risk);
        Risks {
            rules,
            peaks: rules.peaks(&self.shop().decided(all)),
            all,
        }
    }

    fn why_churn_risk(&self, person: u32, all: &Subscriptions) -> Vec<Why> {
        let risks = self.risks(all);
        let rules = &risks.rules;
        let Some(signals) = risks.highest(person) else {
            return Vec::new();
        };
        let score = signals.score(rules);
        let band = BANDS.get(rules.band(score)).copied().unwrap_or_default();
        let mut why = vec![told("churn_risk", band, "score", score.into(), None)];
        for (signal, figure) in signals.top(rules) {
            let name = usize::try_from(signal).ok().and_then(|s| SIGNALS.get(s));
            why.extend(name.map(|name| told("churn_risk", band, name, figure, None)));
        }
        why
    }

    /// What the customer is due to buy again. What a contract brings comes by itself.
    pub fn due(&self, person: u32) -> Vec<DueAgain> {
        let shop = self.shop();
        let day = self.book.as_of_day;
        let subscriptions = Subscriptions::of(&shop);
        let alive = subscriptions.contracts_of(person).iter().filter(|one| {
            let status = one.status(day);
            status.is_some_and(|status| status.is_alive())
        });
        let brought: Vec<i64> = alive.map(|one| one.product).collect();
        let codes = self.codes();
        let code = |rank: u32| codes.get(rank as usize).cloned().unwrap_or(Cell::None);
        due(&shop, person, &brought, RECOMMENDED_MAX)
            .into_iter()
            .map(|one| DueAgain {
                product: code(one.product),
                name: self.product_name(one.product as usize),
                last_day: date_of(one.last_day).to_string(),
                days: i64::from(day) - i64::from(one.last_day),
                cycle_days: one.cycle_days,
                gaps: one.gaps,
                own: one.is_own,
            })
            .collect()
    }

    /// What sells together: as told, or among the customers of this instance.
    pub fn rules(&self) -> Known {
        let told = self.told.and_then(|told| told.find(&Need::Rules));
        if let Some((_, input)) = told {
            return Known::decode(input).unwrap_or_default();
        }
        let cross_sell = CrossSell::default();
        let mut tally = Tally::new(cross_sell.specs());
        cross_sell.collect(&self.shop(), &mut tally);
        let (products, names) = self.products();
        Known::of(cross_sell.search(&tally.counted()), &products, &names)
    }

    /// What others bought who bought what this customer has, within half a year.
    pub fn recommended(&self, person: u32) -> Vec<Recommended> {
        let known = self.rules();
        let place = |id: u32| {
            let code = self.ledger.products.get(id)?.to_string();
            known.products.iter().position(|product| *product == code)
        };
        // The products of the customer, and the last day of each, in order of their ids.
        let mut bought: Vec<(u32, i32)> = Vec::new();
        for order in self.book.orders_of(person) {
            let lines = self
                .ledger
                .lines
                .products(order.line_start, order.line_count);
            for id in lines {
                match bought.iter_mut().find(|(known, _)| known == id) {
                    Some((_, last_day)) => *last_day = order.day,
                    None => bought.push((*id, order.day)),
                }
            }
        }
        let held = bought.into_iter().filter_map(|(id, last_day)| {
            let product = place(id)? as u32;
            Some(Held { product, last_day })
        });
        let held: Vec<Held> = held.collect();
        let code = |place: u32| match known.products.get(place as usize) {
            Some(code) => code_cell(code),
            None => Cell::None,
        };
        let name = |place: u32| {
            let name = known.names.get(place as usize).cloned();
            name.filter(|name| !name.is_empty())
        };
        let day = self.book.as_of_day;
        recommendations(&known.rules, &held, &|_| None, day, RECOMMENDED_MAX)
            .into_iter()
            .map(|one| Recommended {
                product: code(one.product),
                name: name(one.product),
                because: one.rule.left.iter().map(|left| code(*left)).into_list(),
                customers: one.rule.count,
                of: one.rule.left_count,
                confidence: one.rule.confidence(),
                confidence_low: one.rule.confidence_low,
                lift: one.rule.lift(),
            })
            .into_list()
    }
}
