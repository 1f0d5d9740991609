// Calls dist/okaeri.wasm by both faces: `node tests/module.mjs okaeri.wasm okaeri.js`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const [wasm, glue] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(wasm));
const js = await import(pathToFileURL(glue).href);
js.initSync({ module });

const ORDER = {
  order_id: "1",
  ordered_at: "2025-01-31T10:00:00+09:00",
  buyer: { email: "a@example.com", mail_consent: true },
  lines: [{ product: "tea", quantity: 2, unit_price: 500 }],
};

/** The bytes face with every import trapped. */
function bytes() {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => assert.fail(`the bytes face called ${name}`);
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  const reply = (packed) => {
    const [at, length] = [Number(BigInt.asUintN(64, packed) >> 32n), Number(packed & 0xffffffffn)];
    const frame = new Uint8Array(exports.memory.buffer, at, length).slice();
    exports.okaeri_free(at, length);
    const header = new DataView(frame.buffer).getUint32(0, true);
    return JSON.parse(new TextDecoder().decode(frame.subarray(4, 4 + header)));
  };
  const call = (header, payload = new Uint8Array()) => {
    const sent = frame(header, payload);
    const at = exports.okaeri_alloc(sent.length);
    new Uint8Array(exports.memory.buffer, at, sent.length).set(sent);
    return reply(exports.okaeri_call(at, sent.length));
  };
  return { exports, call, reply };
}

function frame(header, payload = new Uint8Array()) {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const sent = new Uint8Array(4 + json.length + payload.length);
  new DataView(sent.buffer).setUint32(0, json.length, true);
  sent.set(json, 4);
  sent.set(payload, 4 + json.length);
  return sent;
}

test("the module imports nothing but its own glue", () => {
  const from = new Set(WebAssembly.Module.imports(module).map((entry) => entry.module));
  assert.deepEqual([...from], ["./okaeri_bg.js"]);
});

test("the bytes face answers with every import trapped", () => {
  const { exports, call } = bytes();
  assert.equal(exports.okaeri_abi(), 1);
  assert.equal(call({ call: "about" }).answer.abi, 1);
  const orders = new TextEncoder().encode(JSON.stringify([ORDER]));
  assert.equal(call({ call: "load", format: "json" }, orders).answer.orders, 1);
  const asked = call({ call: "ask", as_of: "2025-02-01", question: { kind: "summary" } });
  assert.equal(asked.answer.is, "tables");
});

test("pointers and lengths of no buffer are answered by errors", () => {
  const { exports, call, reply } = bytes();
  for (const [at, length] of [[0, 0], [0, 4], [1, 4], [-1, -1], [1 << 20, 1 << 30]]) {
    exports.okaeri_free(at, length);
    assert.equal(reply(exports.okaeri_call(at, length)).error.code, "bad_call");
  }
  assert.equal(exports.okaeri_alloc(-1), 0);
  assert.equal(call({ call: "about" }).answer.is, "about");
});

test("the JS face answers with objects, and alike", () => {
  assert.equal(js.call({ call: "about" }).reply.answer.is, "about");
  assert.equal(js.call({ call: "fly" }).reply.error.code, "bad_call");
  assert.equal(js.call(undefined).reply.error.code, "bad_call");
  js.call({ call: "reset" });
  const many = Array.from({ length: 20_001 }, (_, n) => ({ ...ORDER, order_id: `${n}` }));
  assert.equal(js.loadOrders(many).answer.orders, 20_001);
  const ask = { call: "ask", as_of: "2025-02-01", question: { kind: "summary" } };
  const header = (sent) => {
    const length = new DataView(sent.buffer, sent.byteOffset).getUint32(0, true);
    return JSON.parse(new TextDecoder().decode(sent.subarray(4, 4 + length)));
  };
  assert.deepEqual(js.call(ask).reply, header(js.callBytes(frame(ask))));
  js.call({ call: "reset" });
});

test("a hook gets every delivery, and what it answers is counted", () => {
  const orders = ["a", "b", "c"].map((name) => ({
    ...ORDER,
    order_id: name,
    buyer: { email: `${name}@example.com`, mail_consent: true },
  }));
  assert.equal(js.loadOrders(orders).answer.orders, 3);
  const template = { subject: "おかえり", text: "{{ customer.email }}" };
  const request = { as_of: "2025-02-01", campaign: "c", template, limit: 1 };
  const to = [];
  const { reply, outcomes } = js.deliver(request, (delivery) => {
    to.push(delivery.to);
    if (delivery.to.startsWith("a")) throw new Error("no");
    return delivery.to.startsWith("b") ? "queued" : undefined;
  });
  assert.equal(reply.answer.to_send, 3);
  assert.deepEqual(to.sort(), ["a@example.com", "b@example.com", "c@example.com"]);
  assert.deepEqual(outcomes, { done: 1, error: 1, queued: 1 });
  assert.equal(js.deliver({ campaign: 1 }, () => {}).reply.error.code, "bad_call");
});
