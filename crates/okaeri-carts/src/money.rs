//! Amounts, pieces and rates as carts write them → whole numbers.

use crate::refusal::{Fault, quoted};

/// Greatest amount in minor units that is believed: a sum over a million such lines still fits in
/// 64 bits. More is a phone number in the wrong column.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000;
/// Greatest number of pieces on a line that is believed.
pub const MAX_QUANTITY: i64 = 1_000_000;

/// What to do with more decimal places than the currency has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fractions {
    /// Refuse the row: it is another currency, or a tax computation gone astray.
    #[default]
    Refuse,
    /// Round half away from zero.
    Round,
}

/// How amounts of a currency are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Currency {
    /// Decimal places of the written form that make one minor unit.
    pub exponent: u32,
    pub fractions: Fractions,
}

impl Currency {
    /// `None` when the code is no ISO 4217 code.
    pub fn new(code: &str) -> Option<Self> {
        exponent(code).map(|exponent| Currency {
            exponent,
            fractions: Fractions::Refuse,
        })
    }
}

/// Decimal places of a currency, after ISO 4217 list one. `None` when the code is none of its.
pub fn exponent(code: &str) -> Option<u32> {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => Some(0),
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => Some(3),
        _ if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => Some(2),
        _ => None,
    }
}

/// An amount in minor units: `1234`, `¥1,234`, `1234.00`, `１２３４円`, `▲500`.
pub(crate) fn amount(text: &str, currency: &Currency) -> Result<i64, Fault> {
    bounded(
        decimal(text, currency.exponent, currency.fractions)?,
        MAX_AMOUNT,
        text,
    )
}

/// Pieces: a whole number, less than zero for what came back.
pub(crate) fn quantity(text: &str) -> Result<i64, Fault> {
    bounded(decimal(text, 0, Fractions::Refuse)?, MAX_QUANTITY, text)
}

/// What the pieces cost together, as far as it is believed.
pub(crate) fn line_amount(quantity: i64, unit_price: i64) -> Result<i64, Fault> {
    let amount = quantity.checked_mul(unit_price);
    let believed = amount.filter(|amount| (-MAX_AMOUNT..=MAX_AMOUNT).contains(amount));
    believed.ok_or_else(|| out_of_range(&format!("{quantity} x {unit_price}")))
}

/// A tax rate in percent (`10`, `8.0%`) → basis points.
pub(crate) fn percent(text: &str) -> Result<u32, Fault> {
    rate(text, text.trim_end_matches(['%', '％']), 2)
}

/// A tax rate in basis points.
pub(crate) fn basis_points(text: &str) -> Result<u32, Fault> {
    rate(text, text, 0)
}

/// A whole number from 0, for counts.
pub(crate) fn count(text: &str) -> Result<u32, Fault> {
    u32::try_from(quantity(text)?).map_err(|_| out_of_range(text))
}

fn rate(written: &str, number: &str, places: u32) -> Result<u32, Fault> {
    let rate = decimal(number, places, Fractions::Refuse)?;
    u32::try_from(rate)
        .ok()
        .filter(|rate| *rate <= 10_000)
        .ok_or_else(|| out_of_range(written))
}

fn bounded(value: i64, most: i64, text: &str) -> Result<i64, Fault> {
    if (-most..=most).contains(&value) {
        Ok(value)
    } else {
        Err(out_of_range(text))
    }
}

fn out_of_range(text: &str) -> Fault {
    Fault::new(
        "out_of_range",
        format!("{} is more than is believed here", quoted(text)),
    )
}

/// `text` times ten to the power of `places`.
fn decimal(text: &str, places: u32, fractions: Fractions) -> Result<i64, Fault> {
    if let Some(whole) = digits(text.as_bytes()) {
        return scaled(whole, places).ok_or_else(|| out_of_range(text));
    }
    let not_a_number = || Fault::new("not_a_number", format!("{} is not a number", quoted(text)));
    let plain = plain(text).ok_or_else(not_a_number)?;
    let (negative, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let kept = fraction.len().min(places as usize);
    let (kept, dropped) = fraction.split_at_checked(kept).ok_or_else(not_a_number)?;
    let mut value: i64 = 0;
    for digit in whole.bytes().chain(kept.bytes()) {
        let next = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(i64::from(digit - b'0')));
        value = next.ok_or_else(|| out_of_range(text))?;
    }
    let missing_places = places - u32::try_from(kept.len()).unwrap_or(places);
    value = scaled(value, missing_places).ok_or_else(|| out_of_range(text))?;
    if dropped.bytes().any(|digit| digit != b'0') {
        if fractions == Fractions::Refuse {
            let reason = format!("{} has more decimal places than there can be", quoted(text));
            return Err(Fault::new("fraction", reason));
        }
        value = value.saturating_add(i64::from(dropped.as_bytes().first() >= Some(&b'5')));
    }
    Ok(if negative { -value } else { value })
}

fn scaled(value: i64, places: u32) -> Option<i64> {
    value.checked_mul(10_i64.checked_pow(places)?)
}

/// The commonest form: up to 15 ASCII digits, perhaps after a minus.
fn digits(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 15 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits
        .iter()
        .fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some(if negative { -value } else { value })
}

/// Any written number as `-?digits(.digits)?`: full-width digits, yen signs (a backslash in
/// Shift_JIS), thousands in threes, ▲ and △ as the minus of Japanese book-keeping.
fn plain(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    // Digits since the last comma, once there was one.
    let mut group: Option<usize> = None;
    let mut ended = false;
    for character in text.chars() {
        let has_digits = plain.ends_with(|c: char| c.is_ascii_digit());
        let in_fraction = plain.contains('.');
        match character {
            _ if ended => return None,
            '0'..='9' => plain.push(character),
            '０'..='９' => {
                plain.push(char::from_digit(
                    u32::from(character) - u32::from('０'),
                    10,
                )?);
            }
            '.' | '．' if has_digits && !in_fraction && matches!(group, None | Some(3)) => {
                plain.push('.');
                group = None;
                continue;
            }
            ',' | '，' if has_digits && !in_fraction && matches!(group, None | Some(3)) => {
                group = Some(0);
                continue;
            }
            '-' | '−' | '－' | '▲' | '△' if plain.is_empty() => {
                plain.push('-');
                continue;
            }
            '+' | '¥' | '￥' | '\\' | '$' | '£' | '€' | ' ' if !has_digits => continue,
            '円' if has_digits => {
                ended = true;
                continue;
            }
            _ => return None,
        }
        group = group.map(|digits| digits + 1);
    }
    let whole = plain.ends_with(|c: char| c.is_ascii_digit()) && matches!(group, None | Some(3));
    whole.then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEN: Currency = Currency {
        exponent: 0,
        fractions: Fractions::Refuse,
    };
    const POUND: Currency = Currency {
        exponent: 2,
        fractions: Fractions::Refuse,
    };

    #[test]
    fn amounts_in_every_written_form() {
        let yen = |text: &str| amount(text, &YEN).map_err(|fault| fault.code);
        let read = [
            ("0", 0),
            ("1234", 1234),
            ("-1234", -1234),
            ("¥1,234", 1234),
            ("\\1,234", 1234),
            ("￥１，２３４", 1234),
            ("1,234,567円", 1_234_567),
            ("9800.00", 9800),
            ("１２３４", 1234),
            ("▲500", -500),
            ("-¥500", -500),
            ("¥-500", -500),
            ("1,000.00", 1000),
            ("007", 7),
            ("1000000000000", MAX_AMOUNT),
            ("-1000000000000", -MAX_AMOUNT),
        ];
        for (text, expected) in read {
            assert_eq!(yen(text), Ok(expected), "{text}");
        }
        let refused = [
            ("1234.5", "fraction"),
            ("0.001", "fraction"),
            ("1000000000001", "out_of_range"),
            ("-1000000000001", "out_of_range"),
            ("99999999999999999999999999", "out_of_range"),
            ("", "not_a_number"),
            ("-", "not_a_number"),
            ("1,23", "not_a_number"),
            ("12,3456", "not_a_number"),
            ("1,234,", "not_a_number"),
            ("1.2.3", "not_a_number"),
            ("1.", "not_a_number"),
            (".5", "not_a_number"),
            ("1e5", "not_a_number"),
            ("12円34", "not_a_number"),
            ("NaN", "not_a_number"),
            ("=1+1", "not_a_number"),
        ];
        for (text, code) in refused {
            assert_eq!(yen(text), Err(code), "{text}");
        }
    }

    #[test]
    fn minor_units_follow_the_currency() {
        let pence = |text: &str| amount(text, &POUND).map_err(|fault| fault.code);
        assert_eq!(pence("2.55"), Ok(255));
        assert_eq!(pence("2.5"), Ok(250));
        assert_eq!(pence("2"), Ok(200));
        assert_eq!(pence("2.550"), Ok(255));
        assert_eq!(pence("-11062.06"), Ok(-1_106_206));
        assert_eq!(pence("0.001"), Err("fraction"));
        let rounding = Currency {
            fractions: Fractions::Round,
            ..POUND
        };
        for (text, expected) in [("0.001", 0), ("0.005", 1), ("-0.005", -1), ("1.994", 199)] {
            assert_eq!(amount(text, &rounding), Ok(expected), "{text}");
        }
        let huge = amount(
            "9223372036854775807.99",
            &Currency {
                exponent: 0,
                ..rounding
            },
        );
        assert_eq!(huge.map_err(|fault| fault.code), Err("out_of_range"));
        assert_eq!(Currency::new("JPY").map(|c| c.exponent), Some(0));
        assert_eq!(Currency::new("KWD").map(|c| c.exponent), Some(3));
        assert_eq!(Currency::new("yen"), None);
    }

    #[test]
    fn pieces_and_rates_have_bounds() {
        assert_eq!(quantity("-80995"), Ok(-80_995));
        assert_eq!(quantity("1.0"), Ok(1));
        assert_eq!(quantity("1.5").map_err(|fault| fault.code), Err("fraction"));
        assert_eq!(
            quantity("1000001").map_err(|fault| fault.code),
            Err("out_of_range")
        );
        assert_eq!(percent("8"), Ok(800));
        assert_eq!(percent("10.0％"), Ok(1000));
        assert_eq!(percent("100"), Ok(10_000));
        assert_eq!(
            percent("101").map_err(|fault| fault.code),
            Err("out_of_range")
        );
        assert_eq!(
            percent("-8").map_err(|fault| fault.code),
            Err("out_of_range")
        );
        assert_eq!(basis_points("1000"), Ok(1000));
    }
}
