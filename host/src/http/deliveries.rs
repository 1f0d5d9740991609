//! Campaigns: what would be sent, sending it, and what became of each mail.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use okaeri_protocol::answer::{Answer, Reply};
use okaeri_protocol::plan::{Content, LeftOut, PlanRequest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::auth::Caller;
use super::params::Params;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::failure::Failure;
use crate::store::{DeliveryRow, Lot, Page, Scope, Shop};

/// Whole mails that a dry run shows.
const SAMPLES: u32 = 5;

/// Deliveries of a page at most, and of one that does not say how many.
const PAGE_MAX: u32 = 1000;
const PAGE: u32 = 100;

/// A campaign, and whether it is meant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// Who gets what. `offset` and `limit` are not looked at: all of it is sent.
    pub plan: PlanRequest,
    /// Only look: nothing is sent. So it is unless this says `false`.
    #[serde(default = "yes")]
    pub dry_run: bool,
}

fn yes() -> bool {
    true
}

/// What a campaign would be, or is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sending {
    /// Its name.
    pub campaign: String,
    /// Nothing was sent.
    pub dry_run: bool,
    /// Customers who match.
    pub matched: u64,
    /// Deliveries of the plan.
    pub to_send: u64,
    /// Those of them that are new in the outbox; 0 in a dry run.
    pub added: u64,
    /// Why the others get nothing.
    pub left_out: Vec<LeftOut>,
    /// The first mails, whole, with their footer; in a dry run.
    pub samples: Vec<Sample>,
    /// How many deliveries of this campaign are in which state, earlier ones included.
    pub counts: BTreeMap<String, i64>,
}

/// One mail of a dry run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sample {
    /// The customer's key.
    pub customer: String,
    /// To whom.
    pub to: String,
    /// As it would arrive.
    pub content: Content,
    /// Why this customer is in.
    pub because: Vec<String>,
}

/// A page of the outbox.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Deliveries {
    /// How many deliveries are in which state, of this campaign or of all.
    pub counts: BTreeMap<String, i64>,
    /// This page, ascending by id.
    pub deliveries: Vec<DeliveryRow>,
    /// Give it as `after` to get the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which part of the outbox.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Part {
    campaign: String,
    state: Option<String>,
    after: String,
    limit: Option<u32>,
}

/// Who would be sent what, and why the others get nothing. Nothing is written.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/plan", tag = "deliveries", operation_id = "plan",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::PlanRequest),
    responses((status = 200, description = "The plan", body = inline(schema::Reply))),
)]
pub async fn plan(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Reply>, Problem> {
    caller.needs(Scope::Read)?;
    let request = body::json(&headers, body, face.limits.body_bytes).await?;
    let (plan, notes) = face.app.plan(caller.shop(), request).await?;
    Ok(Json(Reply::Answer {
        answer: Answer::Plan(plan),
        notes,
    }))
}

/// The outbox: which deliveries there are, and what became of them.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/deliveries", tag = "deliveries", operation_id = "deliveries",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("campaign" = Option<String>, Query, description = "Of this campaign alone"),
        ("state" = Option<String>, Query, description = "In this state alone, such as `unknown`"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "How many: 100 unless given, at most 1000"),
    ),
    responses((status = 200, description = "A page", body = inline(schema::Deliveries))),
)]
pub async fn list(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Params(part): Params<Part>,
) -> Result<Json<Deliveries>, Problem> {
    caller.needs(Scope::Read)?;
    let limit = part.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let lot = Lot {
        shop: caller.shop().to_owned(),
        campaign: part.campaign,
    };
    let page = Page {
        state: part.state,
        after: part.after,
        limit,
    };
    let deliveries = face
        .app
        .store
        .deliveries(&lot, &page)
        .await
        .map_err(Failure::from)?;
    let is_full = u32::try_from(deliveries.len()).is_ok_and(|count| count == limit);
    let next = deliveries
        .last()
        .filter(|_| is_full)
        .map(|last| last.id.clone());
    Ok(Json(Deliveries {
        counts: counts(&face, &lot).await?,
        deliveries,
        next,
    }))
}

/// Looks at a campaign as it would be sent; with `"dry_run": false`, sends it. Sent again, it
/// reaches those alone who have come into the group since.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/deliveries", tag = "deliveries", operation_id = "send",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::Send),
    responses((status = 200, description = "The campaign", body = inline(schema::Sending))),
)]
pub async fn send(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Sending>, Problem> {
    caller.needs(Scope::Read)?;
    let Send { plan, dry_run } = body::json(&headers, body, face.limits.body_bytes).await?;
    if !dry_run {
        caller.needs(Scope::Admin)?;
    }
    let shop = face.app.shop(caller.shop()).await?;
    if face
        .app
        .store
        .sender(&shop.id)
        .await
        .map_err(Failure::from)?
        .is_none()
    {
        let message = format!(
            "it is not known who the mails of `{}` are from: say so with `okaeri send sender`",
            shop.id
        );
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "no_sender",
            message,
        ));
    }
    let sending = if dry_run {
        look(&face, &shop, &plan).await
    } else {
        post(face, shop, plan).await
    };
    sending.map(Json)
}

async fn look(face: &Face, shop: &Shop, plan: &PlanRequest) -> Result<Sending, Problem> {
    let preview = face.outbox.preview(shop, plan, SAMPLES).await?;
    let lot = Lot {
        shop: shop.id.clone(),
        campaign: plan.campaign.clone(),
    };
    let samples = preview.samples.into_iter().map(|sample| Sample {
        customer: sample.customer,
        to: sample.to,
        content: sample.content,
        because: sample.because,
    });
    Ok(Sending {
        campaign: plan.campaign.clone(),
        dry_run: true,
        matched: preview.matched,
        to_send: preview.to_send,
        added: 0,
        left_out: preview.left_out,
        samples: samples.collect(),
        counts: counts(face, &lot).await?,
    })
}

/// On a task of its own: a client that hangs up does not leave a campaign half written.
async fn post(face: Arc<Face>, shop: Shop, plan: PlanRequest) -> Result<Sending, Problem> {
    let enqueuing = tokio::spawn(async move {
        let enqueued = face.outbox.enqueue(&shop, &plan, |_, _| {}).await?;
        let lot = Lot {
            shop: shop.id,
            campaign: plan.campaign,
        };
        let counts = counts(&face, &lot).await?;
        Ok(Sending {
            campaign: lot.campaign,
            dry_run: false,
            matched: enqueued.matched,
            to_send: enqueued.to_send,
            added: enqueued.added,
            left_out: enqueued.left_out,
            samples: Vec::new(),
            counts,
        })
    });
    enqueuing.await.map_err(|_| Problem::internal())?
}

async fn counts(face: &Face, lot: &Lot) -> Result<BTreeMap<String, i64>, Failure> {
    let mut counts = BTreeMap::new();
    for tally in face.outbox.tally(lot).await? {
        *counts.entry(tally.state).or_default() += tally.count;
    }
    Ok(counts)
}
