//! Orders as a JSON array, and facts as lines of JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use okaeri_plugin_fuzz::Shop;
use serde_json::json;

fuzz_target!(|bytes: &[u8]| {
    Shop::default().live_with(&json!({"call": "load", "format": "json"}), bytes);
    Shop::default().live_with(&json!({"call": "load", "format": "ndjson"}), bytes);
});
