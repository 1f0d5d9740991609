//! Sequences of calls. Pieces are parted by two record separators; a piece that starts with `{`
//! is a header up to the end of the line and a payload, any other is a frame as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use okaeri_plugin::frame;
use okaeri_plugin_fuzz::Shop;

fuzz_target!(|bytes: &[u8]| {
    let mut shop = Shop::default();
    for piece in pieces(bytes) {
        if piece.first() != Some(&b'{') {
            shop.raw(piece);
            continue;
        }
        let end = piece
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(piece.len());
        let (header, rest) = piece.split_at(end);
        if let Some(call) = frame::join(header, rest.get(1..).unwrap_or_default()) {
            shop.raw(&call);
        }
    }
});

fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    for (at, pair) in bytes.windows(2).enumerate() {
        if pair == b"\x1e\x1e" && at >= start {
            pieces.push(&bytes[start..at]);
            start = at + 2;
        }
    }
    pieces.push(&bytes[start..]);
    pieces
}
