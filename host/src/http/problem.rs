//! What a client gets instead of an answer.
//!
//! Every error of the host has the body of the module's own errors,
//! `{"error": {"code", "message", "at"}}`, so that a client reads one shape wherever the fault
//! lies. Around it stand the members of problem details (RFC 9457), for clients that know those.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use okaeri_protocol::answer::{CallError, ErrorCode};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::{CutOff, Failure};

/// An error on its way to the client.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    error: Box<ProblemBody>,
    retry_after_seconds: Option<u64>,
}

/// The body of every error.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrorBody {
    /// The status in words, such as `Not Found`.
    pub title: &'static str,
    /// The status.
    pub status: u16,
    /// The message once more.
    pub detail: String,
    /// Why.
    pub error: ProblemBody,
}

/// Why a request failed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemBody {
    /// What a program branches on: the codes of `CallError`, and those of the host.
    pub code: String,
    /// What a person reads: says what to do.
    pub message: String,
    /// Where in the request, as a path such as `question.top` or `row 12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Where in the text that `at` names: the first UTF-16 code unit, and one past the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
    /// What could stand there instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Problem {
    /// An error with this status, code and message.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let error = Box::new(ProblemBody {
            code: code.to_owned(),
            message: message.into(),
            at: None,
            span: None,
            suggestion: None,
        });
        Problem {
            status,
            error,
            retry_after_seconds: None,
        }
    }

    /// The same error, with the place in the request that it is about.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.error.at = Some(place.into());
        self
    }

    /// The same error, with the time after which another try makes sense.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// The request cannot be understood.
    pub fn bad_call(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, "bad_call", message)
    }

    /// Nothing is there, or nothing that the caller may know of.
    pub fn not_found() -> Self {
        Problem::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "there is nothing at this address",
        )
    }

    /// The path is there, but not for this method; `Allow` says for which.
    pub fn method_not_allowed() -> Self {
        let message =
            "this path does not take this method; the header `allow` lists those it takes";
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            message,
        )
    }

    /// No token, or none that we know.
    pub fn unauthorized() -> Self {
        let message = "send a token of the shop as `Authorization: Bearer okaeri_…`; \
                       `okaeri token add` makes one";
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", message)
    }

    /// The token's time is over.
    pub fn expired() -> Self {
        let message = "this token has expired; `okaeri token add` makes another";
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", message)
    }

    /// The token lacks a scope.
    pub fn forbidden(scope: &str) -> Self {
        let message = format!("this token lacks the scope `{scope}`; use one that has it");
        Problem::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// The body is over its limit.
    pub fn too_large(limit_bytes: usize) -> Self {
        let message = format!("the body is over {limit_bytes} bytes; send it in several requests");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// The body is of a kind that this route does not read.
    pub fn unsupported_media_type(expected: &str) -> Self {
        let message = format!("the content type is none that this route reads: {expected}");
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            message,
        )
    }

    /// The store cannot be reached; nothing was changed.
    pub fn store_unavailable() -> Self {
        let message = "the store cannot be reached; nothing was changed, try again shortly";
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_unavailable",
            message,
        )
        .retry_after(5)
    }

    /// It took longer than a request may.
    pub fn too_slow() -> Self {
        let message = "the answer took longer than a request may; ask for less";
        Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", message)
    }

    /// An error of ours. The cause is for the log, never for the client.
    pub fn internal() -> Self {
        let message = "something failed on our side; the request id finds it in the server's log";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<CallError> for Problem {
    fn from(error: CallError) -> Self {
        let (status, code) = match error.code {
            ErrorCode::BadCall => (StatusCode::BAD_REQUEST, "bad_call"),
            ErrorCode::BadData => (StatusCode::BAD_REQUEST, "bad_data"),
            ErrorCode::UnknownFormat => (StatusCode::UNPROCESSABLE_ENTITY, "unknown_format"),
            ErrorCode::BadSetting => (StatusCode::UNPROCESSABLE_ENTITY, "bad_setting"),
            ErrorCode::BadTemplate => (StatusCode::UNPROCESSABLE_ENTITY, "bad_template"),
            ErrorCode::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            ErrorCode::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        };
        let mut problem = Problem::new(status, code, error.message);
        problem.error.at = error.at;
        problem.error.span = error.span;
        problem.error.suggestion = error.suggestion;
        problem
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error.into(),
            Failure::NoShop(_) => Problem::not_found(),
            Failure::CutOff(CutOff::Time) => Problem::too_slow(),
            Failure::CutOff(CutOff::Memory) => {
                tracing::warn!("a shop needs more memory than it may have");
                let message = "the shop has outgrown the memory that this server gives it";
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
            }
            Failure::CutOff(CutOff::Trap(why)) => {
                tracing::error!(why, "the module trapped");
                let message = "the module failed on this request; the shop keeps working";
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "module_trapped", message)
            }
            Failure::Store(error) => {
                tracing::error!(%error, "the store does not answer");
                Problem::store_unavailable()
            }
            Failure::Broken(error) => {
                tracing::error!("{error:#}");
                Problem::internal()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ErrorBody {
            title: self.status.canonical_reason().unwrap_or_default(),
            status: self.status.as_u16(),
            detail: self.error.message.clone(),
            error: *self.error,
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        let problem = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, problem);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static(r#"Bearer realm="okaeri""#);
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_has_its_status_and_code() {
        let refused = |code| {
            Failure::Refused(CallError {
                code,
                message: "why".to_owned(),
                at: None,
                ..CallError::default()
            })
        };
        let trap = CutOff::Trap("secret of the inside".to_owned());
        for (failure, status, code) in [
            (refused(ErrorCode::BadCall), 400, "bad_call"),
            (refused(ErrorCode::BadData), 400, "bad_data"),
            (refused(ErrorCode::UnknownFormat), 422, "unknown_format"),
            (refused(ErrorCode::BadSetting), 422, "bad_setting"),
            (refused(ErrorCode::BadTemplate), 422, "bad_template"),
            (refused(ErrorCode::NotFound), 404, "not_found"),
            (refused(ErrorCode::TooLarge), 413, "too_large"),
            (Failure::NoShop("sato".to_owned()), 404, "not_found"),
            (Failure::CutOff(CutOff::Time), 504, "timeout"),
            (Failure::CutOff(CutOff::Memory), 413, "too_large"),
            (Failure::CutOff(trap), 500, "module_trapped"),
            (
                Failure::Store(sqlx::Error::PoolTimedOut),
                503,
                "store_unavailable",
            ),
            (
                Failure::Broken(anyhow::anyhow!("secret of the inside")),
                500,
                "internal",
            ),
        ] {
            let problem = Problem::from(failure);
            assert_eq!(
                (problem.status.as_u16(), problem.error.code.as_str()),
                (status, code)
            );
            assert!(!problem.error.message.contains("secret"));
        }
    }

    #[test]
    fn a_store_that_is_away_is_asked_again_later() {
        let response = Problem::from(Failure::Store(sqlx::Error::PoolTimedOut)).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "5");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}
