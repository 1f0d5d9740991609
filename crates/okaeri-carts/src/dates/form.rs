//! The form of a time as a mapping names it, by the letters of strftime.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use okaeri_protocol::Moment;
use okaeri_protocol::moment::Scan;

/// Letters that may stand behind `%`.
const LETTERS: &str = "YymbBhdeaAHkIlMSpPzs%";
/// Months as they are written in English, by three letters each.
const MONTHS: &[u8] = b"janfebmaraprmayjunjulaugsepoctnovdec";

/// Letters and what stands between them, such as `%d/%m/%Y %H:%M`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(String);

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was read of a time.
#[derive(Default)]
struct Found {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    hour: u32,
    minute: u32,
    second: u32,
    /// Of a clock of twelve hours: whether it is after noon.
    afternoon: Option<bool>,
    /// Seconds east of Greenwich.
    offset: Option<i64>,
    unix: Option<i64>,
}

impl Form {
    /// A form; `%F`, `%T`, `%R` and `%D` stand for several letters.
    ///
    /// # Errors
    /// When a letter is none of these.
    pub fn of(form: &str) -> Result<Self, String> {
        let short = [
            ("%F", "%Y-%m-%d"),
            ("%T", "%H:%M:%S"),
            ("%R", "%H:%M"),
            ("%D", "%m/%d/%y"),
        ];
        let long = short
            .into_iter()
            .fold(form.to_owned(), |form, (short, long)| {
                form.replace(short, long)
            });
        let mut letters = long.split('%').skip(1);
        while let Some(part) = letters.next() {
            let is_known = match part.chars().next() {
                Some(letter) => LETTERS.contains(letter),
                // `%%` is an empty part and what follows it.
                None => letters.next().is_some(),
            };
            if !is_known {
                return Err(format!(
                    "expected letters such as `%Y-%m-%d %H:%M:%S`; known are {LETTERS}"
                ));
            }
        }
        Ok(Form(long))
    }

    /// Reads a time, with or without a time of day.
    pub fn read(&self, text: &str) -> Option<Moment> {
        let mut rest = Scan(text.as_bytes());
        let mut found = Found::default();
        let mut form = self.0.bytes();
        while let Some(byte) = form.next() {
            match byte {
                b'%' => found.take(form.next()?, &mut rest)?,
                b' ' => rest.spaces(),
                byte => {
                    rest.exactly(byte)?;
                }
            }
        }
        rest.ended(found.moment()?)
    }
}

impl Found {
    /// Reads what a letter stands for.
    fn take(&mut self, letter: u8, rest: &mut Scan<'_>) -> Option<()> {
        if b"delkHIMS".contains(&letter) {
            rest.spaces();
        }
        match letter {
            b'Y' => self.year = Some(rest.year()?),
            b'y' => {
                let year = i32::try_from(rest.two()?).ok()?;
                self.year = Some(year + if year < 69 { 2000 } else { 1900 });
            }
            b'm' => self.month = Some(rest.up_to_two()?),
            b'd' | b'e' => self.day = Some(rest.up_to_two()?),
            b'H' | b'k' | b'I' | b'l' => self.hour = rest.up_to_two()?,
            b'M' => self.minute = rest.up_to_two()?,
            b'S' => self.second = rest.up_to_two()?,
            b'b' | b'B' | b'h' => {
                let name = word(rest).get(..3)?.to_ascii_lowercase();
                let place = MONTHS.chunks(3).position(|month| month == name)?;
                self.month = Some(u32::try_from(place).ok()? + 1);
            }
            b'a' | b'A' => {
                word(rest);
            }
            b'p' | b'P' => {
                let half = word(rest).to_ascii_lowercase();
                self.afternoon = Some(half == b"pm");
                (half == b"am" || half == b"pm").then_some(())?;
            }
            b'z' => self.offset = Some(rest.offset()?),
            b's' => self.unix = Some(rest.number(1, 10)?.into()),
            _ => {
                rest.exactly(letter)?;
            }
        }
        Some(())
    }

    fn moment(self) -> Option<Moment> {
        if let Some(unix) = self.unix {
            return Some(Moment::Utc(unix));
        }
        let hour = match self.afternoon {
            Some(afternoon) if (1..=12).contains(&self.hour) => {
                self.hour % 12 + if afternoon { 12 } else { 0 }
            }
            Some(_) => return None,
            None => self.hour,
        };
        let time = NaiveTime::from_hms_opt(hour, self.minute, self.second)?;
        let at = NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)?.and_time(time);
        Some(match self.offset {
            Some(offset) => Moment::Utc(at.and_utc().timestamp() - offset),
            None => Moment::Local(at),
        })
    }
}

/// Letters up to the next byte that is none.
fn word<'a>(rest: &mut Scan<'a>) -> &'a [u8] {
    let length = rest
        .0
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (word, behind) = rest.0.split_at_checked(length).unwrap_or((&[], rest.0));
    rest.0 = behind;
    word
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;

    #[test]
    fn reads_what_chrono_reads() {
        let forms = [
            ("%d/%m/%Y %H:%M", "2/10/2025 9:05"),
            ("%d/%m/%Y %H:%M", "02/13/2025 09:05"),
            ("%d/%m/%Y %H:%M", "02/10/2025"),
            ("%Y%m%d%H%M%S", "20251002090533"),
            ("%F %T", "2025-10-02 09:05:33"),
            ("%F %T", "2025-10-02 09:05:33 "),
            ("%D %R", "10/02/25 23:59"),
            ("%m/%d/%y %I:%M %p", "10/02/99 12:05 AM"),
            ("%m/%d/%y %I:%M %p", "10/02/99 13:05 PM"),
            ("%e. %B %Y %k:%M", " 2. October 2025  9:05"),
            ("%a %d-%b-%Y %H:%M", "Thu 02-Oct-2025 09:05"),
            ("%d-%b-%Y %H:%M", "02-Okt-2025 09:05"),
            ("100%% %Y-%m-%d %H:%M", "100% 2025-10-02 09:05"),
            ("%Y年%m月%d日 %H:%M", "2025年10月2日 09:05"),
        ];
        for (form, text) in forms {
            let chrono = NaiveDateTime::parse_from_str(text, form).ok();
            let ours = Form::of(form).ok().and_then(|form| form.read(text));
            assert_eq!(ours, chrono.map(Moment::Local), "{form} {text}");
        }
    }

    #[test]
    fn days_offsets_and_seconds() {
        let read = |form, text| Form::of(form).ok().and_then(|form| form.read(text));
        let day = NaiveDate::from_ymd_opt(2025, 10, 2).map(|day| day.and_time(NaiveTime::MIN));
        assert_eq!(read("%d.%m.%Y", "2.10.2025"), day.map(Moment::Local));
        assert_eq!(
            read("%F %T %z", "1970-01-01 09:00:01 +0900"),
            Some(Moment::Utc(1))
        );
        assert_eq!(read("%s", "1736040030"), Some(Moment::Utc(1_736_040_030)));
        assert_eq!(read("%s", "9736040030"), None);
    }

    #[test]
    fn unknown_letters_are_refused() {
        for form in ["%Q", "%Y-%", "%%%", "%d/%m/%Y %f"] {
            assert!(Form::of(form).is_err(), "{form}");
        }
        assert!(Form::of("%%%Y").is_ok());
    }
}
