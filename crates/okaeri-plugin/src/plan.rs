//! Plans: the deliveries of a campaign, and why the others get none.

use okaeri_core::analysis::customers::NotMailable;
use okaeri_core::analysis::people::Figures;
use okaeri_core::list::List;
use okaeri_core::order::{sort_places, sorted};
use okaeri_core::zone::{date_of, day_of};
use okaeri_protocol::answer::{Answer, CallError, ErrorCode};
use okaeri_protocol::plan::{Channel, Delivery, LeftOut, LeftOutReason, Plan, PlanRequest};
use okaeri_protocol::request::{PAGE_MAX, Scope};

use crate::forecasts;
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
        let as_of_day = day_of(request.as_of);
        let listed = request.listed();
        self.tell((as_of_day, Scope::All), payload, &listed, false)?;
        let of_shard = self.is_told;
        let forecast = forecasts::needed(&listed, &self.settings)?;
        self.forecast(as_of_day, Scope::All, forecast)?;
        let (read, ranked) = self.ranked(as_of_day, Scope::All)?;
        let view = read.view(&ranked.rankings);
        let mut conditions = read.conditions(&request.filter, &ranked.rankings)?;
        conditions.retain(|c| *c != okaeri_core::analysis::customers::Condition::Mailable);
        let found = view.matching(&conditions).into_iter().map(|index| {
            let figures = read.totals.people.get(index).copied().unwrap_or_default();
            Found {
                key: read.keys.text(&read.ledger.contacts, figures.person),
                address: view.mail_address(figures.person).map_err(reason),
                figures,
            }
        });
        let matching = each_address_once(sorted(found.into_list(), |a, b| a.key.cmp(&b.key)));
        let because: Vec<String> = request
            .filter
            .0
            .iter()
            .filter_map(|c| crate::frame::json(c).map(|json| json.text))
            .into_list();
        let as_of = date_of(read.book.as_of_day).to_string();
        let page_end = request.offset.saturating_add(request.limit.min(PAGE_MAX));
        let page = u64::from(request.offset)..u64::from(page_end);

        let mut plan = Plan {
            matched: matching.len() as u64,
            ..Plan::default()
        };
        let mut places = Vec::new();
        for found in matching {
            let address = match found.address {
                Ok(address) => address,
                Err(reason) => {
                    leave_out(&mut plan.left_out, reason, found.key);
                    continue;
                }
            };
            if of_shard && plan.to_send < page.end {
                push_place(&mut places, found.key.as_bytes());
            }
            if page.contains(&plan.to_send) {
                let row = read.row(&view, &found.figures);
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
        Ok(Answered {
            payload: places,
            ..Answer::Plan(plan).into()
        })
    }
}

/// A customer who matches.
struct Found<'a> {
    key: String,
    address: Result<&'a str, LeftOutReason>,
    figures: Figures,
}

/// Leaves an address to the first who has it.
fn each_address_once(mut found: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let lower = |found: &Found<'_>| found.address.ok().map(str::to_ascii_lowercase);
    let addresses: Vec<Option<String>> = found.iter().map(lower).into_list();
    let address = |place: u64| addresses.get(place as usize).and_then(Option::as_ref);
    let mut places: Vec<u64> = (0..found.len() as u64).into_list();
    sort_places(&mut places, &|a, b| address(a).cmp(&address(b)));
    for (before, place) in places.iter().zip(places.iter().skip(1)) {
        let is_repeated = address(*place).is_some() && address(*place) == address(*before);
        if let Some(found) = found.get_mut(*place as usize).filter(|_| is_repeated) {
            found.address = Err(LeftOutReason::SameAddress);
        }
    }
    found
}

/// Counts who gets nothing, by reason, ascending; lists the first of them.
fn leave_out(left_out: &mut Vec<LeftOut>, reason: LeftOutReason, key: String) {
    let place = left_out.partition_point(|known| known.reason < reason);
    if left_out
        .get(place)
        .is_none_or(|known| known.reason != reason)
    {
        let (count, customers) = (0, Vec::new());
        left_out.insert(
            place,
            LeftOut {
                reason,
                count,
                customers,
            },
        );
    }
    if let Some(known) = left_out.get_mut(place) {
        known.count += 1;
        if known.customers.len() < LISTED_MAX {
            known.customers.push(key);
        }
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
