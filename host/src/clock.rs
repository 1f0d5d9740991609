//! The only place where time enters: everything else is told it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use okaeri_protocol::settings::Settings;

/// The system's clock, or one that stands still, for tests and for looking back.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    /// The system's.
    #[default]
    System,
    /// Stands at these milliseconds since 1970-01-01T00:00:00Z.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests stop the clock"))]
    Fixed(i64),
}

impl Clock {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> i64 {
        match self {
            Clock::System => Utc::now().timestamp_millis(),
            Clock::Fixed(millis) => millis,
        }
    }

    /// The day that it is in the shop's time zone. An unknown zone is read as UTC: the module
    /// refuses such settings, so none are stored.
    pub fn day(self, settings: &Settings) -> NaiveDate {
        let at = DateTime::from_timestamp_millis(self.millis()).unwrap_or_default();
        match settings.time_zone.parse::<Tz>() {
            Ok(zone) => at.with_timezone(&zone).date_naive(),
            Err(_) => at.date_naive(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_shops_own() {
        let last_utc_second_of_the_fourteenth_in_tokyo = 1_736_866_799_000;
        let day = |zone: &str, millis| {
            let settings = Settings {
                time_zone: zone.to_owned(),
                ..Settings::default()
            };
            Clock::Fixed(millis).day(&settings).to_string()
        };
        assert_eq!(
            day("Asia/Tokyo", last_utc_second_of_the_fourteenth_in_tokyo),
            "2025-01-14"
        );
        assert_eq!(
            day(
                "Asia/Tokyo",
                last_utc_second_of_the_fourteenth_in_tokyo + 1000
            ),
            "2025-01-15"
        );
        assert_eq!(day("America/New_York", 1_736_866_800_000), "2025-01-14");
    }
}
