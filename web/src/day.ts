// A day that is typed as the reader writes it, or picked from the browser's calendar. A date input
// alone would show it as the browser's language has it, not the page's.
import { html, LitElement } from "lit";
import { dayIn } from "./calendar.ts";
import { define } from "./desk.ts";
import type { Text } from "./text/ja.ts";

class DayField extends LitElement {
  static override properties = { value: {}, label: {}, hint: {}, t: { attribute: false } };
  /** `YYYY-MM-DD`, or empty. */
  declare value: string;
  /** What day it is; the day of the figures when absent. */
  declare label: string | undefined;
  declare hint: string | undefined;
  declare t: Text;

  constructor() {
    super();
    this.value = "";
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override render() {
    const { t, value } = this;
    return html`<label title=${this.hint ?? t.asOfHint}
        >${this.label ?? t.asOf}<input
          class="typed"
          inputmode="numeric"
          autocomplete="off"
          size="10"
          placeholder=${t.dayAs("2025", "01", "31")}
          .value=${this.#written(value)}
          @change=${this.#typed}
      /></label>
      <span class="picker">
        <input
          type="date"
          tabindex="-1"
          aria-hidden="true"
          .value=${value}
          @change=${(event: Event) => this.#pick((event.target as HTMLInputElement).value)}
        />
        <button class="button" type="button" aria-label=${t.pickDay} @click=${this.#open}>
          ${CALENDAR}
        </button>
      </span>`;
  }

  #written(iso: string): string {
    const [year = "", month = "", day = ""] = iso.split("-");
    return iso ? this.t.dayAs(year, month, day) : "";
  }

  #typed = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const day = dayIn(input.value);
    input.setCustomValidity(day ? "" : this.t.noDay);
    if (day) {
      // Written another way the same day would not be drawn anew.
      input.value = this.#written(day);
      this.#pick(day);
    } else input.reportValidity();
  };

  #pick(day: string): void {
    if (day && day !== this.value) this.dispatchEvent(new CustomEvent("pick", { detail: day }));
  }

  #open = (): void => {
    this.querySelector<HTMLInputElement>("input[type=date]")?.showPicker();
  };
}

const CALENDAR = html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
  <path
    d="M2 4.5h12M4.8 1.5v2M11.2 1.5v2M2 3h12v11H2z"
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    stroke-linejoin="round"
  ></path>
</svg>`;

define("okaeri-day", DayField);
