//! The JS face: the same calls with objects instead of bytes.
//!
//! TypeScript types come from the protocol (`web/src/wire.gen.ts`). Objects come in as JSON, by
//! the reader that the bytes face has: a second reader of the same types would add a tenth to the
//! module. Answers go out likewise, as the objects that their JSON is. Nothing is decided here:
//! every function ends in the instance that the bytes face calls.

use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Reply};
use okaeri_protocol::plan::PlanRequest;
use okaeri_protocol::request::{Call, Format, Load};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{frame, resident};

/// Orders that cross at a time, so that their text never fills the memory.
const ORDERS_AT_ONCE: u32 = 10_000;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Call, Delivery, Order, PlanRequest, Reply } from "./wire.gen";

/** What a call answers; `payload` is empty except for calls about shards. */
export interface Answered {
  reply: Reply;
  payload: Uint8Array;
}

/** What became of a plan's deliveries: how many the hook answered with each word. */
export interface Delivered {
  /** The plan without its deliveries, or the error that ended it. */
  reply: Reply;
  /** Deliveries by the hook's answer; `error` when it threw. */
  outcomes: Record<string, number>;
}

/** Carries out one call. Never throws. */
export function call(call: Call, payload?: Uint8Array): Answered;
/** Carries out the call in a frame of bytes (ABI.md). Never throws. */
export function callBytes(frame: Uint8Array): Uint8Array;
/** Adds orders; the answer is `loaded`. Never throws. */
export function loadOrders(orders: readonly Order[]): Reply;
/**
 * Plans and hands every delivery to `hook`, whose answer is counted (`undefined` as `done`).
 * The hook may call the module, and must not be asynchronous: let it queue what takes time.
 */
export function deliver(request: PlanRequest, hook: (delivery: Delivery) => string | void): Delivered;
"#;

#[wasm_bindgen(js_name = "call", skip_typescript)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "an optional argument crosses by value only"
)]
pub fn call(call: JsValue, payload: Option<Vec<u8>>) -> JsValue {
    let (reply, payload) = match json(&call).and_then(|header| frame::header(header.as_bytes())) {
        Ok(call) => resident::answer(call, payload.as_deref().unwrap_or_default()),
        Err(error) => (Reply::Error { error }, Vec::new()),
    };
    let payload = Uint8Array::from(payload.as_slice());
    object(&[("reply", to_js(&reply)), ("payload", payload.into())]).into()
}

#[wasm_bindgen(js_name = "callBytes", skip_typescript)]
pub fn call_bytes(frame: &[u8]) -> Vec<u8> {
    resident::call(frame)
}

#[wasm_bindgen(js_name = "loadOrders", skip_typescript)]
pub fn load_orders(orders: &Array) -> JsValue {
    let count = orders.length();
    let mut from = 0_u32;
    loop {
        let to = count.min(from.saturating_add(ORDERS_AT_ONCE));
        let more = to < count;
        let reply = match json(&orders.slice(from, to)) {
            Ok(text) => {
                let load = Load {
                    format: Format::Json,
                    more,
                    ..Load::default()
                };
                resident::answer(Call::Load(load), text.as_bytes()).0
            }
            Err(error) => Reply::Error { error },
        };
        if !more || matches!(reply, Reply::Error { .. }) {
            return to_js(&reply);
        }
        from = to;
    }
}

#[wasm_bindgen(js_name = "deliver", skip_typescript)]
pub fn deliver(request: JsValue, hook: &Function) -> JsValue {
    let mut outcomes = Outcomes::default();
    // The request's fields beside the name of the call are a plan call.
    let call = Object::assign(&object(&[("call", "plan".into())]), &Object::from(request));
    let reply = match json(&call).and_then(|header| frame::header(header.as_bytes())) {
        Ok(Call::Plan(request)) => deliver_pages(*request, hook, &mut outcomes),
        Ok(_) => Reply::Error {
            error: bad_call("the request is of another call".to_owned()),
        },
        Err(error) => Reply::Error { error },
    };
    object(&[("reply", to_js(&reply)), ("outcomes", to_js(&outcomes))]).into()
}

/// How many deliveries the hook answered with each word.
type Outcomes = okaeri_protocol::Named<u64>;

/// Asks for the plan page by page, from the request's first delivery to the last, and hands each
/// delivery over. The reply is the last page's, without its deliveries.
fn deliver_pages(mut request: PlanRequest, hook: &Function, outcomes: &mut Outcomes) -> Reply {
    request.limit = request.limit.max(1);
    loop {
        let (mut reply, _) = resident::answer(Call::Plan(Box::new(request.clone())), &[]);
        let Reply::Answer {
            answer: Answer::Plan(plan),
            ..
        } = &mut reply
        else {
            return reply;
        };
        let page = std::mem::take(&mut plan.deliveries);
        for delivery in &page {
            let outcome = match hook.call1(&JsValue::NULL, &to_js(delivery)) {
                Ok(answer) if answer.is_undefined() => "done".to_owned(),
                Ok(answer) => said(&answer),
                Err(_) => "error".to_owned(),
            };
            if let Some(count) = outcomes.get_or_default(&outcome) {
                *count = count.saturating_add(1);
            }
        }
        let length = u32::try_from(page.len()).unwrap_or(u32::MAX);
        request.offset = request.offset.saturating_add(length);
        if length == 0 || u64::from(request.offset) >= plan.to_send {
            return reply;
        }
    }
}

fn bad_call(message: String) -> CallError {
    CallError {
        code: ErrorCode::BadCall,
        message,
        at: None,
        ..CallError::default()
    }
}

/// The JSON of an object.
fn json(value: &JsValue) -> Result<String, CallError> {
    JSON::stringify(value)
        .map_err(|error| bad_call(said(&error)))
        .and_then(|text| {
            text.as_string()
                .ok_or_else(|| bad_call("expected an object".to_owned()))
        })
}

/// The words of a JS value: its own text, or `message` of an error.
fn said(value: &JsValue) -> String {
    value
        .as_string()
        .or_else(|| {
            value
                .dyn_ref::<js_sys::Error>()
                .map(|error| error.message().into())
        })
        .unwrap_or_else(|| format!("{value:?}"))
}

/// A plain JS object. Only a number beyond 2^53 has none; the error then says so.
fn to_js(value: &impl Serialize) -> JsValue {
    let json = frame::json(value).filter(|json| json.is_exact).or_else(|| {
        let message = "a number is beyond 2^53, the greatest that JavaScript holds; ask with \
                       `callBytes`";
        frame::json(&Reply::Error {
            error: CallError {
                code: ErrorCode::TooLarge,
                message: message.to_owned(),
                at: None,
                ..CallError::default()
            },
        })
    });
    json.and_then(|json| JSON::parse(&json.text).ok())
        .unwrap_or_default()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // A new plain object takes every property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
