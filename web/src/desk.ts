// What the widget hands to its views: words, figures, the source and where to go.
import { LitElement, nothing } from "lit";
import type { Formats, Lang } from "./format.ts";
import { problem } from "./parts.ts";
import type { Choices } from "./report/controls.ts";
import type { Tables } from "./shape.ts";
import type { Source } from "./source.ts";
import type { Text } from "./text/ja.ts";
import type {
  Cell,
  CustomerSort,
  Filter,
  LifecycleBounds,
  Link,
  Loaded,
  Scope,
  Settings,
  Verdict,
} from "./wire.gen.ts";

export type ViewName =
  | "overview"
  | "months"
  | "cells"
  | "rfm"
  | "decile"
  | "customers"
  | "customer"
  | "review"
  | "cohort"
  | "f2"
  | "flow"
  | "products"
  | "pairs"
  | "load"
  | "settings"
  | "report";

/** Which part of a list is on show. */
export interface Leaf {
  sort: CustomerSort;
  ascending: boolean;
  offset: number;
}

/** Where the widget is. */
export type Route =
  | { view: Exclude<ViewName, "customers" | "customer" | "report" | "settings"> }
  | { view: "settings"; group?: string }
  | { view: "report"; page: string; choices?: Choices }
  | { view: "customers"; filter: Filter; leaf?: Leaf; scope?: Scope }
  | { view: "customer"; key: string };

/** The last file: being read, taken in, or refused. */
export interface Intake {
  name: string;
  /** How much of it has been read, as a share of 1; absent where nobody can tell. */
  share?: number;
  loaded?: Loaded;
  failure?: unknown;
}

/** All that a view needs. Made anew when any of it changes. */
export interface Desk {
  lang: Lang;
  t: Text;
  f: Formats;
  source: Source;
  asOf: string;
  /** The dashboard's tables. */
  tables: Tables;
  /** The matrix and the months on the same day a month earlier. */
  before: Tables;
  lifecycle: Required<LifecycleBounds>;
  /** How the shop's book is read; what is absent is the default. */
  settings: Settings;
  shop: string;
  intake: Intake | undefined;
  /** A product's name, or its code. */
  product(code: Cell): string;
  go(route: Route): void;
  /** Turns to another part of the list on show. */
  turn(leaf: Leaf): void;
  /** Sets what the reader chose on the report on show. */
  choose(choices: Choices): void;
  /** Opens a list of customers; `scope` says which orders make it. */
  open(filter: Filter, scope?: Scope): void;
  mail(filter: Filter): void;
  /** Says whether the contacts of a pair are one person, and asks everything anew. */
  judge(link: Link, verdict: Verdict): Promise<void>;
  /** Takes in a file and asks everything anew. What becomes of it is `intake`. */
  load(file: File): void;
  /** Replaces the shop's settings and asks everything anew. */
  configure(settings: Settings): Promise<void>;
  /** Tells the page around the widget of a problem. */
  report(cause: unknown): void;
}

/** A view: drawn into the widget's own shadow root, so that one style sheet serves all. */
export abstract class View extends LitElement {
  static override properties = { desk: { attribute: false }, failure: { state: true } };
  declare desk: Desk;
  declare failure: unknown;

  override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Does what may fail; the failure is shown by `problem`. */
  protected async attempt(act: () => Promise<void>): Promise<void> {
    this.failure = undefined;
    try {
      await act();
    } catch (cause) {
      this.failure = cause;
      this.desk.report(cause);
    }
  }

  /** What failed last, with a way to try again. */
  protected problem(again?: () => void) {
    return this.failure ? problem(this.desk.t, this.failure, again) : nothing;
  }
}

/** Defines an element once, also when a page loads two copies of the widget. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
