//! Plans: the deliveries of a campaign, and why the others get none.

use std::collections::{BTreeMap, BTreeSet};

use okaeri_core::analysis::customers::NotMailable;
use okaeri_core::zone::{date_of, day_of};
use okaeri_protocol::answer::{Answer, CallError, ErrorCode};
use okaeri_protocol::plan::{Channel, Delivery, LeftOut, LeftOutReason, Plan, PlanRequest};
use okaeri_protocol::request::PAGE_MAX;

use crate::instance::{Answered, Instance, error};
use crate::render::Renderer;
use crate::shards::push_place;

/// Customers listed by key for each reason.
const LISTED_MAX: usize = 100;
/// Longest name of a campaign.
const CAMPAIGN_MAX: usize = 100;

fn is_campaign(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= CAMPAIGN_MAX
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

impl Instance {
    /// Who of the filter's customers gets what, this page of it rendered.
    pub(crate) fn plan(
        &mut self,
        request: &PlanRequest,
        payload: &[u8],
    ) -> Result<Answered, CallError> {
        self.holds_orders()?;
        if !is_campaign(&request.campaign) {
            let message = "a campaign is named by letters, digits, `-`, `_` and `.`, 100 at most";
            return Err(error(ErrorCode::BadCall, Some("campaign"), message));
        }
        let Channel::Mail = request.channel;
        let renderer = Renderer::new(&request.template)?;
        let read = self.read(day_of(request.as_of));
        let rankings = read.rankings(payload)?;
        let of_shard = !payload.is_empty();
        let view = read.view(&rankings);
        let mut conditions = read.conditions(&request.filter, &rankings)?;
        conditions.retain(|c| *c != okaeri_core::analysis::customers::Condition::Mailable);
        let mut matching = view.matching(&conditions);
        let figures = |index: usize| read.totals.people.get(index).copied().unwrap_or_default();
        matching.sort_by_cached_key(|index| {
            read.keys
                .text(&read.ledger.contacts, figures(*index).person)
        });
        let because: Vec<String> = request
            .filter
            .0
            .iter()
            .filter_map(|c| crate::frame::json(c).map(|json| json.text))
            .collect();
        let as_of = date_of(read.book.as_of_day).to_string();
        let page_end = request.offset.saturating_add(request.limit.min(PAGE_MAX));
        let page = u64::from(request.offset)..u64::from(page_end);

        let mut plan = Plan {
            matched: matching.len() as u64,
            ..Plan::default()
        };
        let mut left_out: BTreeMap<LeftOutReason, LeftOut> = BTreeMap::new();
        let mut addresses = BTreeSet::new();
        let mut places = Vec::new();
        for index in matching {
            let figures = figures(index);
            let key = || read.keys.text(&read.ledger.contacts, figures.person);
            let address = view
                .mail_address(figures.person)
                .map_err(reason)
                .and_then(|address| {
                    if addresses.insert(address.to_ascii_lowercase()) {
                        Ok(address)
                    } else {
                        Err(LeftOutReason::SameAddress)
                    }
                });
            let address = match address {
                Ok(address) => address,
                Err(reason) => {
                    let entry = left_out.entry(reason).or_insert(LeftOut {
                        reason,
                        count: 0,
                        customers: Vec::new(),
                    });
                    entry.count += 1;
                    if entry.customers.len() < LISTED_MAX {
                        entry.customers.push(key());
                    }
                    continue;
                }
            };
            if of_shard && plan.to_send < page.end {
                push_place(&mut places, key().as_bytes());
            }
            if page.contains(&plan.to_send) {
                let row = read.row(&view, &figures);
                plan.deliveries.push(Delivery {
                    key: format!("{}/{}", request.campaign, row.key),
                    channel: request.channel,
                    to: address.to_owned(),
                    content: renderer.render(&row, &as_of)?,
                    customer: row.key,
                    because: because.clone(),
                });
            }
            plan.to_send += 1;
        }
        plan.left_out = left_out.into_values().collect();
        Ok(Answered {
            payload: places,
            ..Answer::Plan(plan).into()
        })
    }
}

fn reason(why: NotMailable) -> LeftOutReason {
    match why {
        NotMailable::NoAddress => LeftOutReason::NoAddress,
        NotMailable::BadAddress => LeftOutReason::BadAddress,
        NotMailable::NoConsent => LeftOutReason::NoConsent,
        NotMailable::Withdrawn => LeftOutReason::Withdrawn,
    }
}
