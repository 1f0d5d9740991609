//! A point in time as carts write it: with an offset, or in the shop's own clock.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// When something happened.
///
/// Most Japanese carts write local time without an offset; such a moment stays local until the
/// ledger reads it in the shop's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    Utc(i64),
    /// The shop's wall clock.
    Local(NaiveDateTime),
}

impl Default for Moment {
    /// The beginning of 1970 in UTC.
    fn default() -> Self {
        Moment::Utc(0)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Utc(seconds) => match DateTime::from_timestamp(*seconds, 0) {
                Some(at) => write!(f, "{:?}Z", at.naive_utc()),
                None => write!(f, "{seconds}"),
            },
            // Whole seconds, which is what the ledger holds.
            Moment::Local(at) => write!(f, "{:?}", at.with_nanosecond(0).unwrap_or(*at)),
        }
    }
}

/// What is said of a text that is no moment.
pub(crate) const EXPECTED: &str =
    "expected a time such as 2025-01-31T10:00:00+09:00 or 2025-01-31 10:00:00";

/// The text is no moment that Okaeri reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMoment;

impl fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    /// Reads RFC 3339, or local `YYYY-MM-DD[T ]hh:mm[:ss]`, or a bare `YYYY-MM-DD` (midnight).
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Moment::Utc(at.timestamp()));
        }
        for format in [
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%d %H:%M",
        ] {
            if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
                return Ok(Moment::Local(at));
            }
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(|day| Moment::Local(day.and_time(NaiveTime::MIN)))
            .map_err(|_| NotAMoment)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "RFC 3339, or the shop's local time without an offset: 2025-01-31T10:00:00"
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn reads_offsets_local_times_and_days() {
        let moment = |text: &str| text.parse::<Moment>();
        assert_eq!(moment("1970-01-01T09:00:01+09:00"), Ok(Moment::Utc(1)));
        assert_eq!(
            moment("2025-01-31 10:00:00").unwrap().to_string(),
            "2025-01-31T10:00:00"
        );
        assert_eq!(
            moment("2025-01-31").unwrap().to_string(),
            "2025-01-31T00:00:00"
        );
        assert_eq!(moment("2025-02-31"), Err(NotAMoment));
    }
}
