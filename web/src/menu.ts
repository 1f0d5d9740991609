// The menu: views and reports by group. Groups fold; on a narrow screen the whole menu does, and
// only the group of the page on show is unfolded.
import { html, LitElement, nothing } from "lit";
import { define, type Route, type ViewName } from "./desk.ts";
import type { Lang } from "./format.ts";
import { GROUPS, type Group, PAGES } from "./report/registry.ts";
import type { Text } from "./text/ja.ts";

type Plain = Exclude<ViewName, "customer" | "report">;

const VIEWS: Record<Group, readonly Plain[]> = {
  shop: ["overview", "months"],
  people: ["cells", "rfm", "decile", "customers", "review"],
  repeat: ["cohort", "f2", "flow"],
  goods: ["products", "pairs"],
  subscription: [],
  gift: [],
  forecast: [],
  segments: [],
  facts: ["load", "settings"],
};
// As in the style sheet, where the menu goes above the figures.
const NARROW_REM = 56;

interface Entry {
  name: string;
  words: string;
  route: Route;
}

class Menu extends LitElement {
  static override properties = {
    t: { attribute: false },
    lang: { attribute: false },
    route: { attribute: false },
    go: { attribute: false },
    narrow: { state: true },
    unfolded: { state: true },
    turned: { state: true },
  };
  declare t: Text;
  declare lang: Lang;
  declare route: Route;
  declare go: (route: Route) => void;
  declare narrow: boolean;
  /** On a narrow screen: whether the menu is unfolded. */
  declare unfolded: boolean;
  /** Groups that the reader folded or unfolded. */
  declare turned: ReadonlyMap<Group, boolean>;
  #watch = new ResizeObserver(([entry]) => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    if (entry) this.narrow = entry.contentRect.width <= NARROW_REM * rem;
  });

  constructor() {
    super();
    this.narrow = this.unfolded = false;
    this.turned = new Map();
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.parentElement) this.#watch.observe(this.parentElement);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  /** The entry on show; a customer's page belongs to the list. */
  get #current(): string {
    const { route } = this;
    return route.view === "report"
      ? `report ${route.page}`
      : route.view === "customer"
        ? "customers"
        : route.view;
  }

  #entries(group: Group): Entry[] {
    const views = VIEWS[group].map((name) => ({
      name,
      words: this.t.views[name],
      route: (name === "customers" ? { view: name, filter: [] } : { view: name }) as Route,
    }));
    const pages = PAGES.filter((page) => page.group === group).map((page) => ({
      name: `report ${page.name}`,
      words: page[this.lang],
      route: { view: "report", page: page.name } as const,
    }));
    return [...views, ...pages];
  }

  override render() {
    const { t, narrow } = this;
    const current = this.#current;
    const groups = GROUPS.map((group) => [group, this.#entries(group)] as const);
    const now = groups.flatMap(([, entries]) => entries).find(({ name }) => name === current);
    const isOpen = !narrow || this.unfolded;
    return html`<nav class="menu ${narrow ? "narrow" : ""}" aria-label=${t.menu}>
      ${
        narrow
          ? html`<button class="button fold" aria-expanded=${this.unfolded} @click=${() => {
              this.unfolded = !this.unfolded;
            }}>${now?.words ?? t.menu}<span aria-hidden="true" class="chevron"></span></button>`
          : nothing
      }
      ${isOpen ? groups.map(([group, entries]) => (entries.length ? this.#group(group, entries, current) : nothing)) : nothing}
    </nav>`;
  }

  #group(group: Group, entries: readonly Entry[], current: string) {
    const { t, narrow } = this;
    const isHere = entries.some(({ name }) => name === current);
    const isOpen = this.turned.get(group) ?? (!narrow || isHere);
    const turn = () => {
      this.turned = new Map(this.turned).set(group, !isOpen);
    };
    const choose = (route: Route) => {
      this.unfolded = false;
      this.go(route);
    };
    return html`<section>
      <button class="group" aria-expanded=${isOpen} @click=${turn}>${t.groups[group]}<span aria-hidden="true" class="chevron"></span></button>
      ${
        isOpen
          ? html`<ul aria-label=${t.groups[group]}>${entries.map(
              ({ name, words, route }) =>
                html`<li><button aria-current=${name === current ? "page" : nothing} @click=${() => choose(route)}>${words}</button></li>`,
            )}</ul>`
          : nothing
      }
    </section>`;
  }
}

define("okaeri-menu", Menu);
