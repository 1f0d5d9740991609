// Saved segments: a server keeps them with versions and sizes by day; without one they are kept
// beside the source, until the page is closed.
import { Problem } from "../../api.ts";
import { ask, type Source } from "../../source.ts";
import type { Segment } from "../../wire.gen.ts";

/** A saved segment, as the server has it. */
export interface Saved {
  id: string;
  name: string;
  text: string;
  version: number;
  author: string;
  /** Milliseconds UTC. */
  created_at: number;
  updated_at: number;
}

/** What it was. */
export interface Version {
  version: number;
  name: string;
  text: string;
  author: string;
  /** Milliseconds UTC. */
  at: number;
}

/** How large a version of it was on a day. */
export interface SizeOfDay {
  day: string;
  version: number;
  customers: number;
  amount: number;
}

/** Where saved segments are. */
export interface Shelf {
  list(): Promise<Saved[]>;
  add(name: string, text: string): Promise<Saved>;
  /** Refused when somebody has changed it since `saved` was read. */
  change(saved: Saved, name: string, text: string): Promise<Saved>;
  remove(id: string): Promise<void>;
  /** Newest first. */
  versions(id: string): Promise<Version[]>;
  /** By day. */
  history(id: string): Promise<SizeOfDay[]>;
  /** Who is in it on a day; the size is noted for its history. */
  count(saved: Saved, asOf: string): Promise<Segment>;
}

type Call = NonNullable<Source["call"]>;

function serverShelf(call: Call): Shelf {
  const at = (id: string) => `segments/${encodeURIComponent(id)}`;
  return {
    list: async () => (await call<{ segments: Saved[] }>("GET", "segments")).segments,
    add: (name, text) => call("POST", "segments", { name, text }),
    change: ({ id, version }, name, text) => call("PUT", at(id), { name, text, version }),
    remove: (id) => call("DELETE", at(id)),
    versions: async (id) =>
      (await call<{ versions: Version[] }>("GET", `${at(id)}/versions`)).versions,
    history: async (id) => (await call<{ days: SizeOfDay[] }>("GET", `${at(id)}/history`)).days,
    count: async ({ id }, asOf) =>
      (await call<{ segment: Segment }>("GET", `${at(id)}?as_of=${asOf}&limit=0`)).segment,
  };
}

class SessionShelf implements Shelf {
  readonly #source: Source;
  readonly #kept = new Map<string, { versions: Version[]; created_at: number }>();
  readonly #sizes = new Map<string, SizeOfDay[]>();
  #next = 1;

  constructor(source: Source) {
    this.#source = source;
  }

  #one(id: string): Saved | undefined {
    const kept = this.#kept.get(id);
    const newest = kept?.versions[0];
    if (!kept || !newest) return undefined;
    const { at, ...rest } = newest;
    return { id, ...rest, created_at: kept.created_at, updated_at: at };
  }

  async list(): Promise<Saved[]> {
    const all = [...this.#kept.keys()].flatMap((id) => this.#one(id) ?? []);
    return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  #write(id: string, name: string, text: string): Saved {
    const versions = this.#kept.get(id)?.versions ?? [];
    const others = [...this.#kept].filter(([other]) => other !== id);
    if (others.some(([, { versions: theirs }]) => theirs[0]?.name === name)) {
      throw new Problem("name_taken", name);
    }
    const [newest] = versions;
    const at = Date.now();
    if (newest?.name !== name || newest.text !== text) {
      versions.unshift({ version: versions.length + 1, name, text, author: "", at });
    }
    this.#kept.set(id, { versions, created_at: this.#kept.get(id)?.created_at ?? at });
    return this.#one(id) as Saved;
  }

  add = async (name: string, text: string) => {
    const saved = this.#write(String(this.#next), name, text);
    this.#next += 1;
    return saved;
  };
  change = async ({ id }: Saved, name: string, text: string) => this.#write(id, name, text);
  remove = async (id: string) => {
    this.#kept.delete(id);
    this.#sizes.delete(id);
  };
  versions = async (id: string) => [...(this.#kept.get(id)?.versions ?? [])];
  history = async (id: string) =>
    (this.#sizes.get(id) ?? []).toSorted((a, b) =>
      a.day === b.day ? a.version - b.version : a.day < b.day ? -1 : 1,
    );

  async count({ id, text, version }: Saved, asOf: string): Promise<Segment> {
    const question = { kind: "segment", text, limit: 0 } as const;
    const segment = await ask(this.#source, asOf, question, "segment");
    if (segment.errors?.length) return segment;
    const { customers, amount } = segment;
    const others = (this.#sizes.get(id) ?? []).filter(
      (size) => size.day !== asOf || size.version !== version,
    );
    this.#sizes.set(id, [...others, { day: asOf, version, customers, amount }]);
    return segment;
  }
}

const SHELVES = new WeakMap<Source, Shelf>();

/** The shelf of a source. */
export function shelfOf(source: Source): Shelf {
  const shelf =
    SHELVES.get(source) ?? (source.call ? serverShelf(source.call) : new SessionShelf(source));
  SHELVES.set(source, shelf);
  return shelf;
}
