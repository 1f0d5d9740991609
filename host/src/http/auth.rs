//! Who calls: a bearer token of one shop.
//!
//! Without a token that we know, the answer is 401 for every shop; with another shop's token it
//! is 404 for everything of this shop, so that nobody can learn which shops there are.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::{Face, shop_of};
use crate::failure::Failure;
use crate::store::{Scope, Token};

/// A caller whose token is of the shop in the path.
pub struct Caller {
    token: Token,
}

impl Caller {
    /// Refuses a token that does not allow `scope`.
    pub fn needs(&self, scope: Scope) -> Result<(), Problem> {
        if self.token.scope >= scope {
            Ok(())
        } else {
            Err(Problem::forbidden(scope.text()))
        }
    }

    /// Who calls, for people: what the token is for, and its first letters.
    pub fn author(&self) -> String {
        let Token { label, prefix, .. } = &self.token;
        match label.as_str() {
            "" => prefix.clone(),
            label => format!("{label} ({prefix})"),
        }
    }

    /// Id of the shop.
    pub fn shop(&self) -> &str {
        &self.token.shop
    }
}

impl FromRequestParts<Arc<Face>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, face: &Arc<Face>) -> Result<Self, Problem> {
        let bearer = bearer(&parts.headers).ok_or_else(Problem::unauthorized)?;
        let token = face
            .app
            .store
            .token(&Sha256::digest(bearer))
            .await
            .map_err(Failure::from)?
            .ok_or_else(Problem::unauthorized)?;
        if token
            .expires_at
            .is_some_and(|at| at <= face.app.clock.millis())
        {
            return Err(Problem::expired());
        }
        face.rate
            .take(&format!("{} {}", token.shop, token.prefix))?;
        let params = RawPathParams::from_request_parts(parts, face).await.ok();
        if shop_of(params.as_ref()) != Some(token.shop.as_str()) {
            return Err(Problem::not_found());
        }
        Ok(Caller { token })
    }
}

/// The token of an `Authorization: Bearer` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl Face {
    /// The day of a question: as asked, else the day that it is in the shop's time zone.
    pub(super) async fn as_of(
        &self,
        caller: &Caller,
        asked: Option<NaiveDate>,
    ) -> Result<NaiveDate, Problem> {
        match asked {
            Some(day) => Ok(day),
            None => Ok(self.app.day(&self.app.shop(caller.shop()).await?)),
        }
    }
}
