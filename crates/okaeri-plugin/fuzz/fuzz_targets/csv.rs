//! A cart's CSV file: its cart told by the header, and read by a column mapping. The mapping is
//! what stands before two record separators, if they are there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use okaeri_plugin_fuzz::Shop;
use serde_json::json;

fuzz_target!(|bytes: &[u8]| {
    let mut load = json!({"call": "load", "format": "csv"});
    let mut file = bytes;
    if let Some(at) = bytes.windows(2).position(|pair| pair == b"\x1e\x1e") {
        load["mapping"] = json!(String::from_utf8_lossy(&bytes[..at]));
        file = &bytes[at + 2..];
    }
    Shop::default().live_with(&load, file);
});
