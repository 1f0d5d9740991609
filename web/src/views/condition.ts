// A form that makes one condition: what it is about, then its bounds.
import { html, nothing } from "lit";
import { dayIn } from "../calendar.ts";
import { define, View } from "../desk.ts";
import type { Condition } from "../wire.gen.ts";
import { cellName, conditionWords } from "../words.ts";

const ABOUT = ["orders", "amount", "last_day", "cells", "decile", "f2", "mailable"] as const;
type About = (typeof ABOUT)[number];

const BANDS = [1, 2, 3] as const;

class ConditionForm extends View {
  static override properties = { ...View.properties, about: { state: true } };
  declare about: About | undefined;

  override render() {
    const c = this.desk.t.customers;
    return html`<form class="row" @submit=${this.#submit}>
      <select aria-label=${c.add} .value=${this.about ?? ""} @change=${this.#choose}>
        <option value="">＋ ${c.add}</option>
        ${ABOUT.map((about) => html`<option value=${about}>${c.fields[about]}</option>`)}
      </select>
      ${this.about ? html`${this.#fields(this.about)}<button class="button">${c.apply}</button>` : nothing}
    </form>`;
  }

  #choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.about = ABOUT.find((about) => about === value);
  };

  #fields(about: About) {
    const { t } = this.desk;
    const c = t.customers;
    const number = (name: string, [before, after]: string[]) =>
      html`<label class="bound">${before}<input name=${name} type="number" min="0" step="any" size="8" />${after}</label>`;
    const day = (name: string, [before, after]: string[]) =>
      html`<label class="bound">${before}<input name=${name} inputmode="numeric" size="10" placeholder=${t.dayAs("2025", "01", "31")}
        @change=${this.#checkDay} />${after}</label>`;
    switch (about) {
      case "orders":
      case "amount":
        return html`${number("min", c.min)}${number("max", c.max)}`;
      case "last_day":
        return html`${day("min", c.from)}${day("max", c.to)}`;
      default:
        return this.#options(this.#choices(about));
    }
  }

  #choices(about: About): Condition[] {
    switch (about) {
      case "cells":
        return BANDS.flatMap((freq) => BANDS.map((rec) => ({ in: "cells", freq, rec }) as const));
      case "decile":
        return Array.from({ length: 10 }, (_, i) => ({ in: "decile", decile: i + 1 }) as const);
      case "f2":
        return [true, false].map((converted) => ({ in: "f2", converted }) as const);
      default:
        return [{ in: "mailable" }];
    }
  }

  #options(choices: Condition[]) {
    const words = (one: Condition) =>
      one.in === "cells"
        ? cellName(this.desk, one.freq ?? 0, one.rec ?? 0)
        : conditionWords(this.desk, one);
    return html`<select name="choice" aria-label=${this.desk.t.customers.add}>
      ${choices.map((one) => html`<option value=${JSON.stringify(one)}>${words(one)}</option>`)}
    </select>`;
  }

  #checkDay = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const isWrong = input.value !== "" && !dayIn(input.value);
    input.setCustomValidity(isWrong ? this.desk.t.noDay : "");
    input.reportValidity();
  };

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const condition = this.#condition((name) => String(fields.get(name) ?? "").trim());
    if (!condition) return;
    this.about = undefined;
    this.dispatchEvent(new CustomEvent<Condition>("add", { detail: condition }));
  };

  /** What the form says; nothing while it has no bound. */
  #condition(field: (name: string) => string): Condition | undefined {
    const [least, most] = [field("min"), field("max")];
    if (field("choice")) return JSON.parse(field("choice")) as Condition;
    if (!least && !most) return undefined;
    if (this.about === "last_day") {
      return { in: "last_day", from: dayIn(least) ?? null, to: dayIn(most) ?? null };
    }
    const about = this.about === "amount" ? "amount" : "orders";
    const written = (text: string) =>
      !text
        ? null
        : about === "amount"
          ? this.desk.f.minor(Number(text))
          : Math.round(Number(text));
    return { in: about, min: written(least), max: written(most) };
  }
}

define("okaeri-condition", ConditionForm);
