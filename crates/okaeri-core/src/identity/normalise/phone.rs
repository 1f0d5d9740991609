//! Phone numbers.

use super::unified;

/// ITU-T E.164: a number has at most fifteen digits.
const DIGITS_MAX: usize = 15;
/// Longer than any number that somebody typed with its access codes.
const TYPED_MAX: usize = 20;

/// The key of a phone number: E.164 with its plus, so `090-1111-2222` is `+819011112222`.
///
/// A Japanese number has ten digits, or eleven when it begins with 050, 060, 070, 080 or 090.
/// Never a key: free and shared numbers (0120, 0800, 0570), too few or too many digits, and
/// numbers made up to fill the field: one digit repeated, or digits that run up or down
/// (`000-0000-0000`, `090-0000-0000`, `03-1234-5678`).
pub fn phone_key(typed: &str, key: &mut String) -> bool {
    key.clear();
    let mut digits = [0u8; TYPED_MAX];
    let Some((length, plus)) = read(typed, &mut digits) else {
        return false;
    };
    let digits = digits.get(..length).unwrap_or_default();
    let (foreign, national) = match digits {
        [b'0', b'0', b'8', b'1', rest @ ..] => (false, rest),
        [b'8', b'1', rest @ ..] if plus || length >= 11 => (false, rest),
        _ if plus => (true, digits),
        [b'0', rest @ ..] => (false, rest),
        _ => return false,
    };
    // `+81 (0)90…` keeps the zero that only calls within the country have.
    let national = match national {
        [b'0', rest @ ..] if !foreign => rest,
        rest => rest,
    };
    let valid = if foreign {
        (8..=DIGITS_MAX).contains(&national.len()) && !is_made_up(national)
    } else {
        is_japanese(national)
    };
    if !valid {
        return false;
    }
    key.push_str(if foreign { "+" } else { "+81" });
    key.extend(national.iter().map(|digit| char::from(*digit)));
    true
}

/// The digits of `typed` and whether a plus leads them; `None` when there are too many.
fn read(typed: &str, digits: &mut [u8; TYPED_MAX]) -> Option<(usize, bool)> {
    let (mut length, mut plus) = (0, false);
    let mut take = |c: char| -> Option<()> {
        match c {
            '0'..='9' => {
                *digits.get_mut(length)? = c as u8;
                length += 1;
            }
            '+' if length == 0 => plus = true,
            _ => {}
        }
        Some(())
    };
    if typed.is_ascii() {
        typed.chars().try_for_each(&mut take)?;
    } else {
        unified(typed).try_for_each(&mut take)?;
    }
    Some((length, plus))
}

/// Whether these are the digits after the leading zero of a number that can be one person's.
fn is_japanese(national: &[u8]) -> bool {
    let length_fits = match national {
        // 0800 is free of charge like 0120; 0570 is shared by a company's callers.
        [b'8', b'0', b'0', ..] | [b'1', b'2', b'0', ..] | [b'5', b'7', b'0', ..] => false,
        [b'5'..=b'9', b'0', ..] => national.len() == 10,
        [b'1'..=b'9', ..] => national.len() == 9,
        _ => false,
    };
    length_fits && !is_made_up(national)
}

/// One digit repeated or a run, either throughout or in the eight digits of the subscriber.
fn is_made_up(digits: &[u8]) -> bool {
    let subscriber = digits
        .get(digits.len().saturating_sub(8)..)
        .unwrap_or_default();
    let steps = |step: u8| {
        // Nine is followed by zero, as on a keypad.
        subscriber.windows(2).all(|pair| match pair {
            [a, b] => (a - b'0' + step) % 10 == b - b'0',
            _ => false,
        })
    };
    steps(0) || steps(1) || steps(9)
}
