//! A person's word on who is who.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use okaeri_protocol::Moment;
use okaeri_protocol::answer::{Answer, Reply};
use okaeri_protocol::facts::{Buyer, Fact, Judgement, Verdict};
use schemars::JsonSchema;
use serde::Deserialize;

use super::auth::Caller;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::store::Scope;

/// What the log says where these facts came from.
const SOURCE: &str = "judgement";

/// Two contacts, and whether they are one person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Judge {
    /// One contact, as a link or a pair for review shows it.
    pub a: Buyer,
    /// The other.
    pub b: Buyer,
    /// The shop of `a`, if the pair shows one.
    #[serde(default)]
    pub a_shop: Option<String>,
    /// The shop of `b`, likewise.
    #[serde(default)]
    pub b_shop: Option<String>,
    /// `open` takes back what was said before.
    pub verdict: Verdict,
}

/// Says whether two contacts are one person. It outweighs all evidence, counts from the next
/// answer on, and is taken back by saying something else of the same two.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/judgements", tag = "customers", operation_id = "judge",
    params(("shop" = String, Path, description = "Id of the shop")),
    request_body = inline(schema::Judge),
    responses((status = 200, description = "`Done`", body = inline(schema::Reply))),
)]
pub async fn judge(
    caller: Caller,
    State(face): State<Arc<Face>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Reply>, Problem> {
    caller.needs(Scope::Write)?;
    let Judge {
        a,
        b,
        a_shop,
        b_shop,
        verdict,
    } = body::json(&headers, body, face.limits.body_bytes).await?;
    for (side, name) in [(&a, "a"), (&b, "b")] {
        if *side == Buyer::default() {
            let message = "an empty contact is nobody: send one as the answers show it";
            return Err(Problem::bad_call(message).at(name));
        }
    }
    if a == b && a_shop == b_shop {
        return Err(Problem::bad_call("both are the same contact").at("b"));
    }
    let at = Moment::Utc(face.app.clock.millis().div_euclid(1000));
    let judgement = Judgement {
        a,
        b,
        a_shop,
        b_shop,
        verdict,
        at,
    };
    let facts = [Fact::Judgement(judgement)];
    face.app.record(caller.shop(), SOURCE, &facts).await?;
    Ok(Json(Reply::Answer {
        answer: Answer::Done,
        notes: Vec::new(),
    }))
}
