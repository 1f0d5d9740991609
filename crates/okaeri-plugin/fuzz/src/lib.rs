//! What the fuzz targets share: a shop that is asked everything after whatever was loaded.

use okaeri_plugin::{Instance, frame};
use serde_json::{Value, json};

/// A shop under test.
#[derive(Default)]
pub struct Shop(Instance);

impl Shop {
    /// Carries out a call; the answer's header.
    ///
    /// # Panics
    /// When the answer is no frame or its header no reply: that is a finding.
    pub fn call(&mut self, header: &Value, payload: &[u8]) -> Value {
        let call = frame::join(header.to_string().as_bytes(), payload).expect("a short header");
        read(&self.0.call(&call))
    }

    /// Carries out the call in a frame that may be none.
    ///
    /// # Panics
    /// As [`Shop::call`].
    pub fn raw(&mut self, bytes: &[u8]) -> Value {
        read(&self.0.call(bytes))
    }

    /// Asks everything that can be asked of the facts so far.
    ///
    /// # Panics
    /// When an answer is an error although the call is a good one.
    pub fn ask_everything(&mut self) {
        for as_of in ["2025-01-01", "0001-01-01", "9999-12-31"] {
            self.ask(as_of, &json!({"kind": "dashboard", "top": 5}));
        }
        let as_of = "2025-01-01";
        self.ask(as_of, &json!({"kind": "dashboard"}));
        self.ask(as_of, &json!({"kind": "rfm", "mode": "threshold"}));
        self.ask(as_of, &json!({"kind": "review"}));
        let list = self.ask(
            as_of,
            &json!({"kind": "customers", "sort": "key", "limit": 3}),
        );
        for customer in list["customers"].as_array().into_iter().flatten() {
            self.ask(as_of, &json!({"kind": "customer", "key": customer["key"]}));
        }
        self.call(&json!({"call": "shards", "count": 7}), b"");
        self.call(&json!({"call": "partial", "as_of": as_of}), b"");
    }

    fn ask(&mut self, as_of: &str, question: &Value) -> Value {
        let reply = self.call(
            &json!({"call": "ask", "as_of": as_of, "question": question}),
            b"",
        );
        assert!(
            reply.get("error").is_none(),
            "{question} as of {as_of}: {reply}"
        );
        reply["answer"].clone()
    }

    /// Loads the payload, loads it once more in two calls, and asks everything.
    ///
    /// # Panics
    /// When a file says something else in pieces.
    pub fn live_with(&mut self, load: &Value, payload: &[u8]) {
        let whole = self.call(load, payload);
        if load["format"] == "csv" || load["format"] == "ndjson" {
            let cut = payload.first().map_or(0, |byte| payload.len() * usize::from(*byte) / 255);
            let (first, rest) = payload.split_at(cut);
            let mut piece = load.clone();
            piece["more"] = json!(true);
            let mut other = Shop::default();
            let began = other.call(&piece, first);
            if began.get("error").is_none() {
                assert_eq!(other.call(load, rest), whole, "cut at {cut}");
            }
        }
        let mut more = load.clone();
        more["more"] = json!(true);
        self.call(&more, payload);
        self.call(load, payload);
        self.ask_everything();
    }
}

fn read(answer: &[u8]) -> Value {
    let (header, _) = frame::split(answer).expect("an answer is a frame");
    let reply: Value = serde_json::from_slice(header).expect("a reply is JSON");
    assert!(
        reply.get("answer").is_some() != reply.get("error").is_some(),
        "{reply}"
    );
    reply
}
