// The bar on top of every view: shop, place and day.
import { html, nothing } from "lit";
import "./day.ts";
import type { Source } from "./source.ts";
import type { Text } from "./text/ja.ts";

/** The bar on top. */
export function top(
  t: Text,
  shop: string,
  source: Source | undefined,
  asOf: string,
  pick: (day: string) => void,
) {
  const isLocal = source?.kind === "browser";
  return html`<div class="top">
    <span class="brand">${MARK}${t.brand}${shop ? html`<span class="shop">${shop}</span>` : nothing}</span>
    <span class="spring"></span>
    ${
      source
        ? html`<span class="badge ${isLocal ? "good" : ""}">${isLocal ? t.inBrowser : t.onServer}</span>`
        : nothing
    }
    <okaeri-day .t=${t} .value=${asOf} @pick=${(event: CustomEvent<string>) => pick(event.detail)}></okaeri-day>
  </div>`;
}

// A noren, the shop curtain that greets those who return.
const MARK = html`<svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
  <rect x="1" y="3" width="20" height="2.4" rx="1.2" fill="currentColor"></rect>
  <path
    d="M3 7h5v11.2a.8.8 0 0 1-.8.8H3.8a.8.8 0 0 1-.8-.8zM9 7h4v9.2a.8.8 0 0 1-.8.8H9.8a.8.8 0 0 1-.8-.8zM14 7h5v11.2a.8.8 0 0 1-.8.8h-3.4a.8.8 0 0 1-.8-.8z"
    fill="currentColor"
  ></path>
</svg>`;
