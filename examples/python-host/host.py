"""A host of Okaeri in Python: loads the module, feeds it a table, prints its answer.

Written from two pages alone: crates/okaeri-plugin/ABI.md and crates/okaeri-plugin/ARROW.md.

    python host.py [okaeri.wasm [expected.txt]]
"""

import io
import json
import pathlib
import struct
import sys

import pyarrow as pa
from wasmtime import Engine, Linker, Module, Store

ROOT = pathlib.Path(__file__).resolve().parents[2]
ABI = 1


class CallFailed(Exception):
    """The module answered with an error."""


class Okaeri:
    """One instance of the module: one shop's facts."""

    def __init__(self, path):
        engine = Engine()
        module = Module.from_file(engine, str(path))
        self.store = Store(engine)
        linker = Linker(engine)
        # The imports belong to the JavaScript face. The bytes face calls none of them.
        linker.define_unknown_imports_as_traps(module)
        exports = linker.instantiate(self.store, module).exports(self.store)
        self.memory = exports["memory"]
        self.alloc = exports["okaeri_alloc"]
        self.free = exports["okaeri_free"]
        self.run = exports["okaeri_call"]
        abi = exports["okaeri_abi"](self.store)
        if abi != ABI:
            raise SystemExit(f"{path} speaks ABI {abi}, this host {ABI}: take them from one release")

    def call(self, header, payload=b""):
        """Carries out one call; gives the answer, its notes and its payload."""
        head = json.dumps(header).encode()
        frame = struct.pack("<I", len(head)) + head + payload
        pointer = unsigned(self.alloc(self.store, len(frame)))
        if pointer == 0:
            raise MemoryError("the module has no memory for the call")
        self.memory.write(self.store, frame, pointer)
        # The module takes the call's buffer over; the answer's is ours to free.
        packed = self.run(self.store, pointer, len(frame)) & (2**64 - 1)
        pointer, length = packed >> 32, packed & (2**32 - 1)
        if pointer == 0:
            raise MemoryError("the module has no memory for the answer")
        answer = bytes(self.memory.read(self.store, pointer, pointer + length))
        self.free(self.store, pointer, length)
        (size,) = struct.unpack_from("<I", answer)
        reply = json.loads(answer[4 : 4 + size])
        if "error" in reply:
            error = reply["error"]
            raise CallFailed(f"{error['code']} at {error.get('at') or 'the call'}: {error['message']}")
        return reply["answer"], reply["notes"], answer[4 + size :]


def unsigned(pointer):
    """WebAssembly's i32 comes signed into Python."""
    return pointer & (2**32 - 1)


def orders():
    """Order lines under the shop's own column names; times are the shop's wall clock."""
    rows = [
        # number, day and time, buyer's address, product, pieces, unit price, state
        (1001, "2025-01-10 09:30:00", "sato@example.jp", "TEA-1", 2, 1200, "shipped"),
        (1001, "2025-01-10 09:30:00", "sato@example.jp", "CUP-2", 1, 3000, "shipped"),
        (1002, "2025-01-11 20:05:00", "ito@example.jp", "TEA-1", 1, 1200, "completed"),
        (1003, "2025-02-02 12:00:00", "Sato@example.jp", "TEA-1", 3, 1200, "open"),
        (1004, "2025-02-14 08:15:00", "kato@example.jp", "CHOCO", 1, 2500, "cancelled"),
        (1005, "2025-03-01 23:59:00", "ito@example.jp", "CUP-2", 1, 3000, "open"),
        (1006, "next week", "mori@example.jp", "TEA-1", 1, 1200, "open"),
    ]
    names = ["number", "ordered_at", "email", "product", "pieces", "unit_price", "status"]
    return pa.table(dict(zip(names, map(list, zip(*rows)))))


def stream(table):
    """The table as an Arrow IPC stream."""
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def story(path):
    """Loads the table, asks for the summary, and gives the lines to print."""
    shop = Okaeri(path)
    load = {
        "call": "load",
        "format": "arrow_lines",
        "columns": {"order_id": "number", "quantity": "pieces"},
    }
    loaded, _, _ = shop.call(load, stream(orders()))
    yield f"{loaded['rows']} rows: {loaded['orders']} orders, {loaded['lines']} lines"
    for refused in loaded["rejected"]:
        yield f"row {refused['row']}, column {refused['column']}: {refused['reason']}"

    question = {"call": "ask", "as_of": "2025-03-31", "question": {"kind": "summary"}}
    answer, notes, _ = shop.call(question)
    for name, table in answer["tables"].items():
        yield f"{name} on {answer['as_of']}"
        for row in table["rows"]:
            for column, value in zip(table["columns"], row):
                yield f"  {column}: {value}"
    for note in notes:
        yield f"note: {note['message']} ({note['count']})"


def main(path=ROOT / "dist" / "okaeri.wasm", expected=None):
    try:
        text = "".join(f"{line}\n" for line in story(path))
    except CallFailed as error:
        sys.exit(f"error: {error}")
    print(text, end="")
    if expected and text != pathlib.Path(expected).read_text():
        sys.exit(f"error: {expected} says otherwise")


if __name__ == "__main__":
    main(*sys.argv[1:])
