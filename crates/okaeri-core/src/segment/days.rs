//! Days said from the day of the question, as days.

use chrono::Months;

use super::tree::{Day, Unit};
use crate::zone::{date_of, day_of};

/// The day that is meant when the question is asked on `as_of_day`. A month or year on, a day that
/// the month does not have is its last; beyond the calendar is its edge.
pub fn resolve(day: Day, as_of_day: i32) -> i32 {
    let (count, unit) = match day {
        Day::On(day) => return day,
        Day::From(count, unit) => (count, unit),
    };
    let months = match unit {
        Unit::Day => return as_of_day.saturating_add(count),
        Unit::Week => return as_of_day.saturating_add(count.saturating_mul(7)),
        Unit::Month => count,
        Unit::Year => count.saturating_mul(12),
    };
    let (date, span) = (date_of(as_of_day), Months::new(months.unsigned_abs()));
    let (moved, edge) = match months < 0 {
        true => (date.checked_sub_months(span), i32::MIN),
        false => (date.checked_add_months(span), i32::MAX),
    };
    moved.map_or(edge, day_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_they_end() {
        // 2024-03-31.
        let as_of_day = 19_813;
        let on = |count, unit| date_of(resolve(Day::from(count, unit), as_of_day)).to_string();
        assert_eq!(on(0, Unit::Year), "2024-03-31");
        assert_eq!(on(-1, Unit::Month), "2024-02-29");
        assert_eq!(on(-13, Unit::Month), "2023-02-28");
        assert_eq!(on(-1, Unit::Year), "2023-03-31");
        assert_eq!(on(3, Unit::Month), "2024-06-30");
        assert_eq!(on(-4, Unit::Week), "2024-03-03");
        assert_eq!(on(1, Unit::Day), "2024-04-01");
        for unit in Unit::ALL {
            assert!(resolve(Day::from(i32::MIN, unit), as_of_day) < as_of_day);
            assert!(resolve(Day::from(i32::MAX, unit), as_of_day) > as_of_day);
        }
    }
}
