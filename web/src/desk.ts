// What the widget hands to its views: words, figures, the source and where to go.
import { LitElement } from "lit";
import type { Formats, Lang } from "./format.ts";
import type { Tables } from "./shape.ts";
import type { Progress, Source } from "./source.ts";
import type { Text } from "./text/ja.ts";
import type { Cell, Filter, LifecycleBounds, Loaded } from "./wire.gen.ts";

export type ViewName =
  | "overview"
  | "months"
  | "cells"
  | "rfm"
  | "decile"
  | "customers"
  | "customer"
  | "cohort"
  | "f2"
  | "flow"
  | "products"
  | "pairs"
  | "load";

/** Where the widget is. */
export type Route =
  | { view: Exclude<ViewName, "customers" | "customer"> }
  | { view: "customers"; filter: Filter }
  | { view: "customer"; key: string };

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
  shop: string;
  /** A product's name, or its code. */
  product(code: Cell): string;
  go(route: Route): void;
  open(filter: Filter): void;
  mail(filter: Filter): void;
  /** Takes in a file and asks everything anew. */
  load(file: File, progress: Progress): Promise<Loaded>;
}

/** A view: drawn into the widget's own shadow root, so that one style sheet serves all. */
export abstract class View extends LitElement {
  static override properties = { desk: { attribute: false } };
  declare desk: Desk;

  override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Defines an element once, also when a page loads two copies of the widget. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
