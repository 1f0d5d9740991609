// The bytes face of okaeri.wasm: frames in, frames out. With worker.ts the only file that touches
// WebAssembly. The server calls the same file the same way, so both give the same bytes.

/** Version of calls and answers that this widget speaks. */
export const ABI_VERSION = 1;

interface Exports {
  memory: WebAssembly.Memory;
  okaeri_abi(): number;
  okaeri_alloc(len: number): number;
  okaeri_free(ptr: number, len: number): void;
  okaeri_call(ptr: number, len: number): bigint;
}

const EMPTY = new Uint8Array(0);

/** A frame: length of the JSON header as u32 little endian, the header, the payload. */
export function frame(header: unknown, payload: Uint8Array = EMPTY): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + json.length + payload.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  bytes.set(payload, 4 + json.length);
  return bytes;
}

/** The text of a frame's header. */
export function headerText(bytes: Uint8Array): string {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return new TextDecoder().decode(bytes.subarray(4, 4 + length));
}

/** One instance of the module: one shop's facts. */
export class Instance {
  readonly #exports: Exports;

  private constructor(exports: Exports) {
    this.#exports = exports;
  }

  /** Starts an instance. The module's imports belong to its JS face, which is not used here. */
  static async start(code: Response): Promise<Instance> {
    // Only a file of the right type may be compiled while it arrives; older servers send another.
    const isWasm = code.headers.get("content-type")?.startsWith("application/wasm");
    const module = isWasm
      ? await WebAssembly.compileStreaming(code)
      : await WebAssembly.compile(await code.arrayBuffer());
    const imports: WebAssembly.Imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = () => {
        throw new Error(`the bytes face called its import ${name}`);
      };
    }
    const { exports } = await WebAssembly.instantiate(module, imports);
    const instance = new Instance(exports as unknown as Exports);
    const abi = instance.#exports.okaeri_abi();
    if (abi !== ABI_VERSION) {
      throw new Error(`okaeri.wasm speaks version ${abi}, this widget ${ABI_VERSION}`);
    }
    return instance;
  }

  /** Calls the module. */
  call(request: Uint8Array): Uint8Array<ArrayBuffer> {
    const { memory, okaeri_alloc, okaeri_call, okaeri_free } = this.#exports;
    const at = okaeri_alloc(request.length) >>> 0;
    new Uint8Array(memory.buffer, at, request.length).set(request);
    const answer = BigInt.asUintN(64, okaeri_call(at, request.length));
    const from = Number(answer >> 32n);
    const length = Number(answer & 0xffff_ffffn);
    const reply = new Uint8Array(memory.buffer, from, length).slice();
    okaeri_free(from, length);
    return reply;
  }
}
