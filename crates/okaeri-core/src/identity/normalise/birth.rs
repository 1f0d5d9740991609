//! Birth dates.

use chrono::NaiveDate;

use super::unified;

/// Earlier dates are typing errors: nobody who orders is that old.
const YEAR_MIN: i32 = 1900;
const YEAR_MAX: i32 = 2100;

/// The key of a birth date, `YYYY-MM-DD`, from `1980-1-2`, `1980/01/02`, `1980年1月2日` or
/// `19800102`. Days that a form or a database fills in by itself (1900-01-01, 1970-01-01) say
/// nothing and are no keys.
pub fn birth_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let mut numbers = [0i32; 3];
    let (mut filled, mut digits, mut total) = (0usize, 0u32, 0u32);
    for c in unified(typed.trim()) {
        if let Some(digit) = c.to_digit(10) {
            // A run of eight digits is a date without separators: 4, 2 and 2.
            let full = (filled == 0 && digits == 4) || (filled == 1 && digits == 2);
            if full {
                filled += 1;
                digits = 0;
            }
            let Some(number) = numbers.get_mut(filled) else {
                return false;
            };
            *number = *number * 10 + digit as i32;
            digits += 1;
            total += 1;
            if total > 8 {
                return false;
            }
        } else if matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | ' ' | '\u{3000}') {
            if digits > 0 {
                filled += 1;
                digits = 0;
            }
            // What follows a whole date is its time of day.
            if filled == 3 {
                break;
            }
        } else if c == 'T' && filled == 2 && digits > 0 {
            break;
        } else {
            return false;
        }
    }
    let [year, month, day] = numbers;
    let date = NaiveDate::from_ymd_opt(year, month as u32, day as u32);
    let filled_in = matches!((year, month, day), (1900 | 1970, 1, 1));
    if date.is_none() || filled_in || !(YEAR_MIN..=YEAR_MAX).contains(&year) {
        return false;
    }
    for (number, width) in [(year, 4), (month, 2), (day, 2)] {
        if !key.is_empty() {
            key.push('-');
        }
        let text = number.to_string();
        key.extend(std::iter::repeat_n('0', width - text.len().min(width)));
        key.push_str(&text);
    }
    true
}
