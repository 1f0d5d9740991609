//! CP932 (Windows-31J), as the WHATWG Encoding Standard defines `Shift_JIS`.
//!
//! `cp932.bin` is the standard's index jis0208 laid out by pointer: 11,280 code points of the
//! basic plane, first the low byte of each, then the high byte of each, which packs a fifth better
//! than side by side; 0 where there is none and for the user-defined ones, which are computed. A
//! test compares every sequence with an independent decoder.

static TABLE: &[u8; 22_560] = include_bytes!("cp932.bin");
/// Pointers that users give characters of their own (外字): the private use area from U+E000.
const USER_DEFINED: std::ops::RangeInclusive<u16> = 8836..=10_715;

/// Appends `bytes` as text; false, with what came before, at a sequence that stands for nothing.
pub(crate) fn decode(bytes: &[u8], out: &mut String) -> bool {
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        let decoded = match byte {
            0x00..=0x80 => Some(char::from(byte)),
            0xa1..=0xdf => char::from_u32(0xff61 + u32::from(byte - 0xa1)),
            0x81..=0x9f | 0xe0..=0xfc => rest.next().and_then(|trail| pair(byte, *trail)),
            _ => None,
        };
        match decoded {
            Some(character) => out.push(character),
            None => return false,
        }
    }
    true
}

/// The character of two bytes.
fn pair(lead: u8, trail: u8) -> Option<char> {
    let row = lead.checked_sub(if lead < 0xa0 { 0x81 } else { 0xc1 })?;
    let cell = match trail {
        0x40..=0x7e => trail - 0x40,
        0x80..=0xfc => trail - 0x41,
        _ => return None,
    };
    let pointer = u16::from(row) * 188 + u16::from(cell);
    if USER_DEFINED.contains(&pointer) {
        return char::from_u32(0xe000 + u32::from(pointer - USER_DEFINED.start()));
    }
    let pointer = usize::from(pointer);
    let low = TABLE.get(pointer)?;
    let high = TABLE.get(TABLE.len() / 2 + pointer)?;
    let code = u16::from_le_bytes([*low, *high]);
    char::from_u32(u32::from(code)).filter(|_| code != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sequence_decodes_as_the_standard_says() {
        let mut sequences: Vec<Vec<u8>> = (0..=255).map(|byte| vec![byte]).collect();
        sequences.extend((0..=255).flat_map(|a| (0..=255).map(move |b| vec![a, b])));
        for sequence in sequences {
            let mut text = String::new();
            let ours = decode(&sequence, &mut text).then_some(text);
            let standard = encoding_rs::SHIFT_JIS
                .decode_without_bom_handling_and_without_replacement(&sequence)
                .map(std::borrow::Cow::into_owned);
            assert_eq!(ours, standard, "{sequence:02x?}");
        }
    }
}
