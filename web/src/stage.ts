// The view of a route. All but the first are fetched when they are first shown.
import { html } from "lit";
import { html as staticHtml, unsafeStatic } from "lit/static-html.js";
import type { Desk, Route, ViewName } from "./desk.ts";
import { pageOf } from "./report/registry.ts";
import "./views/overview.ts";

const FETCH: Record<Exclude<ViewName, "overview" | "report">, () => Promise<unknown>> = {
  months: () => import("./views/months.ts"),
  cells: () => import("./views/cells.ts"),
  rfm: () => import("./views/rfm.ts"),
  decile: () => import("./views/decile.ts"),
  customers: () => import("./views/customers.ts"),
  customer: () => import("./views/customer.ts"),
  review: () => import("./views/review.ts"),
  cohort: () => import("./views/cohort.ts"),
  f2: () => import("./views/f2.ts"),
  flow: () => import("./views/flow.ts"),
  products: () => import("./views/products.ts"),
  pairs: () => import("./views/pairs.ts"),
  load: () => import("./views/load.ts"),
  settings: () => import("./views/settings.ts"),
};

/** Fetches a view's code, once. */
export function fetchView(route: Route): Promise<unknown> {
  if (route.view === "report") return pageOf(route.page)?.load() ?? Promise.resolve();
  return route.view === "overview" ? Promise.resolve() : FETCH[route.view]();
}

/** Fetches the mail dialog's code. */
export const fetchMail = (): Promise<unknown> => import("./views/mail.ts");

/** A route, drawn. */
export function stage(desk: Desk, route: Route) {
  switch (route.view) {
    case "overview":
      return html`<okaeri-overview .desk=${desk}></okaeri-overview>`;
    case "months":
      return html`<okaeri-months .desk=${desk}></okaeri-months>`;
    case "cells":
      return html`<okaeri-cells .desk=${desk}></okaeri-cells>`;
    case "rfm":
      return html`<okaeri-rfm .desk=${desk}></okaeri-rfm>`;
    case "decile":
      return html`<okaeri-decile .desk=${desk}></okaeri-decile>`;
    case "cohort":
      return html`<okaeri-cohort .desk=${desk}></okaeri-cohort>`;
    case "f2":
      return html`<okaeri-f2 .desk=${desk}></okaeri-f2>`;
    case "flow":
      return html`<okaeri-flow .desk=${desk}></okaeri-flow>`;
    case "products":
      return html`<okaeri-products .desk=${desk}></okaeri-products>`;
    case "pairs":
      return html`<okaeri-pairs .desk=${desk}></okaeri-pairs>`;
    case "customers":
      return html`<okaeri-customers .desk=${desk} .filter=${route.filter} .leaf=${route.leaf} .scope=${route.scope ?? "all"}></okaeri-customers>`;
    case "customer":
      return html`<okaeri-customer .desk=${desk} .key=${route.key}></okaeri-customer>`;
    case "review":
      return html`<okaeri-review .desk=${desk}></okaeri-review>`;
    case "load":
      return html`<okaeri-load .desk=${desk}></okaeri-load>`;
    case "settings":
      return html`<okaeri-settings .desk=${desk} .group=${route.group}></okaeri-settings>`;
    case "report": {
      const page = pageOf(route.page);
      if (!page) return html``;
      // The name is one of our own list.
      const tag = unsafeStatic(`okaeri-report-${page.name}`);
      return staticHtml`<${tag} .desk=${desk} .choices=${route.choices}></${tag}>`;
    }
  }
}
