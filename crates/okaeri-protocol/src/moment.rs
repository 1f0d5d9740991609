//! A point in time as carts write it: with an offset, or in the shop's own clock.

mod scan;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use scan::Scan;

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
        let mut rest = Scan(text.as_bytes());
        moment(&mut rest)
            .and_then(|moment| rest.ended(moment))
            .ok_or(NotAMoment)
    }
}

fn moment(rest: &mut Scan<'_>) -> Option<Moment> {
    let day = rest.day(b"-")?;
    if rest.0.is_empty() {
        return Some(Moment::Local(day.and_time(NaiveTime::MIN)));
    }
    rest.any_of(b"Tt ")?;
    let at = day.and_time(rest.time()?);
    if rest.0.is_empty() {
        return Some(Moment::Local(at));
    }
    Some(Moment::Utc(at.and_utc().timestamp() - rest.offset()?))
}

/// Reads a day, `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let mut rest = Scan(text.as_bytes());
    let day = rest.day(b"-")?;
    rest.ended(day)
}

/// Days in facts and calls, for serde: as [`day`] reads them.
pub(crate) mod days {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// What is said of a text that is no day.
    pub const EXPECTED: &str = "expected a day such as 2025-01-31";

    pub fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        day.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        super::day(&text).ok_or_else(|| serde::de::Error::custom(EXPECTED))
    }

    /// The same where a day may be missing.
    pub mod optional {
        use chrono::NaiveDate;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
            day.serialize(to)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<NaiveDate>, D::Error> {
            let text = Option::<std::borrow::Cow<'de, str>>::deserialize(from)?;
            let day = text.map(|text| super::super::day(&text).ok_or(super::EXPECTED));
            day.transpose().map_err(serde::de::Error::custom)
        }
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
        assert_eq!(moment("2025-01-31T10:00Z"), Ok(Moment::Utc(1_738_317_600)));
        assert_eq!(moment("2025-01-31T10:00:00+09"), Err(NotAMoment));
        assert_eq!(moment("2025-01-31 "), Err(NotAMoment));
    }

    /// Whatever chrono takes for RFC 3339 is the same moment here.
    #[test]
    fn agrees_with_chrono() {
        for year in [1990, 2024, 2025, 2100] {
            for (month, day) in [(1, 1), (2, 28), (2, 29), (12, 31), (13, 1), (4, 31)] {
                for time in ["00:00:00", "23:59:59", "24:00:00", "9:05:00", "10:60:00"] {
                    for offset in ["Z", "+09:00", "-03:30", "+24:00", ""] {
                        let text = format!("{year}-{month:02}-{day:02}T{time}{offset}");
                        if let Ok(at) = DateTime::parse_from_rfc3339(&text) {
                            assert_eq!(text.parse(), Ok(Moment::Utc(at.timestamp())), "{text}");
                        }
                        let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S");
                        if offset.is_empty() {
                            assert_eq!(text.parse().ok(), local.ok().map(Moment::Local), "{text}");
                        }
                    }
                }
            }
        }
    }
}
