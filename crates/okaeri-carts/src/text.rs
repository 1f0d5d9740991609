//! Bytes → text: UTF-8, or CP932 as Japanese carts and Excel write it.

use crate::cp932;

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-31J: Shift_JIS with the extensions of NEC and IBM (①, ㈱, 髙).
    Cp932,
}

/// The encoding of a file that begins with `beginning`; `whole` when that is all of it.
///
/// Strict UTF-8 wins. So does UTF-8 with damaged lines, if at least half of the lines that could
/// tell are whole: text in CP932 is hardly ever valid UTF-8, while the reverse is common. Otherwise
/// it is the encoding in which fewer lines are broken.
pub(crate) fn guess(beginning: &[u8], whole: bool) -> Encoding {
    let cut = match beginning.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if !whole => beginning.get(..=end).unwrap_or_default(),
        _ => beginning,
    };
    if cut.starts_with(b"\xef\xbb\xbf") || std::str::from_utf8(cut).is_ok() {
        return Encoding::Utf8;
    }
    let (mut lines, mut broken_utf8, mut broken_cp932) = (0u32, 0u32, 0u32);
    let mut scratch = String::new();
    for line in cut
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_ascii())
    {
        scratch.clear();
        lines += 1;
        broken_utf8 += u32::from(std::str::from_utf8(line).is_err());
        broken_cp932 += u32::from(!cp932::decode(line, &mut scratch));
    }
    let damaged_utf8 = broken_utf8 <= lines / 2;
    if broken_cp932 < broken_utf8 && !damaged_utf8 {
        Encoding::Cp932
    } else {
        Encoding::Utf8
    }
}

/// What a file is that is no text, by its first bytes.
pub(crate) fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 5] = [
        (b"\x1f\x8b", "compressed (gzip)"),
        (b"PK\x03\x04", "an Excel workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
    ];
    let known = kinds.iter().find(|(magic, _)| bytes.starts_with(magic));
    known.map(|(_, what)| *what)
}
