// The builder: a segment as rows of conditions, some of them in groups. It keeps nothing but the
// values that the shop knows; each change is told as `build` with the new rows.
import { html, nothing } from "lit";
import { type Desk, define, View } from "../../desk.ts";
import { choice } from "../../parts.ts";
import { ask } from "../../source.ts";
import { words } from "../../text/reports/segments.ts";
import type {
  SegmentAttribute,
  SegmentAttributes,
  SegmentParameter,
  SegmentWord,
} from "../../wire.gen.ts";
import { choicesField, field } from "./fields.ts";
import { capital, firstTerm, grouped, valuesFor } from "./names.ts";
import {
  type Group,
  isGroup,
  isWhole,
  type Join,
  type Member,
  quoted,
  type Rows,
  type Term,
  takes,
  unquoted,
} from "./tree.ts";

/** Where a condition is: which member, and which of a group's. */
type Place = readonly [member: number, term?: number];

class Builder extends View {
  static override properties = {
    ...View.properties,
    known: { attribute: false },
    rows: { attribute: false },
    listed: { state: true },
  };
  declare known: SegmentAttributes;
  declare rows: Rows;
  /** Values that the shop knows, by the text that asks for them. */
  declare listed: ReadonlyMap<string, readonly SegmentWord[]>;
  #facts: Desk["tables"] | undefined;

  constructor() {
    super();
    this.listed = new Map();
  }

  override willUpdate(): void {
    if (this.#facts === this.desk.tables) return;
    this.#facts = this.desk.tables;
    this.listed = new Map();
  }

  get #w() {
    return words[this.desk.lang];
  }

  #tell(rows: Rows): void {
    this.dispatchEvent(new CustomEvent<Rows>("build", { detail: rows }));
  }

  /** Puts a member in a place, or takes it away. */
  #put(at: number, member: Member | undefined): void {
    const members = this.rows.members.flatMap((one, i) => (i === at ? (member ?? []) : one));
    this.#tell({ ...this.rows, members });
  }

  #putTerm([at, inside]: Place, term: Term | undefined): void {
    const group = this.rows.members[at];
    if (!group || !isGroup(group)) {
      this.#put(at, term);
      return;
    }
    const terms = group.terms.flatMap((one, i) => (i === inside ? (term ?? []) : one));
    this.#put(at, terms.length ? { ...group, terms } : undefined);
  }

  #new(): Term {
    const [first] = this.known.attributes;
    return first ? firstTerm(first) : { not: false, name: "", operator: "=", values: [] };
  }

  #add(member: Member): void {
    this.#tell({ ...this.rows, members: [...this.rows.members, member] });
    this.#focus(".rows > li:last-child select.attribute");
  }

  /** The reader goes on in a new row, or near one that is gone. */
  #focus(selector: string): void {
    setTimeout(() => this.querySelector<HTMLElement>(selector)?.focus());
  }

  override render() {
    const w = this.#w;
    const { join, members } = this.rows;
    const group = (): Group => ({
      not: false,
      join: join === "and" ? "or" : "and",
      terms: [this.#new(), this.#new()],
    });
    return html`${members.length > 1 ? this.#join(join, w.joinAll, (next) => this.#tell({ ...this.rows, join: next })) : nothing}
      <ol class="rows" aria-label=${w.rows}>${members.map((member, i) =>
        isGroup(member)
          ? html`<li>${this.#group(member, i)}</li>`
          : html`<li>${this.#term(member, [i], w.rowName(String(i + 1)))}</li>`,
      )}</ol>
      <div class="row">
        <button type="button" class="button" @click=${() => this.#add(this.#new())}>＋ ${w.addRow}</button>
        <button type="button" class="button" @click=${() => this.#add(group())}>＋ ${w.addGroup}</button>
      </div>${this.#lists()}`;
  }

  #join(join: Join, label: string, take: (join: Join) => void) {
    const w = this.#w;
    const options = [
      ["and", w.joins.and],
      ["or", w.joins.or],
    ] as const;
    return html`<div class="row join"><span aria-hidden="true">${label}</span>${choice(label, options, join, take)}</div>`;
  }

  #not(isNot: boolean, take: (not: boolean) => void) {
    const w = this.#w;
    return html`<button type="button" class="button not" aria-pressed=${isNot} title=${w.notHint} @click=${() => take(!isNot)}>${w.not}</button>`;
  }

  #remove(label: string, act: () => void) {
    return html`<button type="button" class="button remove" aria-label=${label} title=${label} @click=${() => {
      act();
      this.#focus(".rows select.attribute, .row > .button");
    }}>×</button>`;
  }

  #group(group: Group, at: number) {
    const w = this.#w;
    const name = w.groupName(String(at + 1));
    const put = (part: Partial<Group>) => this.#put(at, { ...group, ...part });
    return html`<fieldset class="seg-group ${group.not ? "is-not" : ""}"><legend class="unseen">${name}</legend>
      <div class="row">${this.#join(group.join, w.joinGroup, (join) => put({ join }))}
        ${this.#not(group.not, (not) => put({ not }))}
        ${this.#remove(w.remove(name), () => this.#put(at, undefined))}</div>
      <ol class="rows">${group.terms.map(
        (term, i) => html`<li>${this.#term(term, [at, i], w.rowName(`${at + 1}-${i + 1}`))}</li>`,
      )}</ol>
      <button type="button" class="link" @click=${() => put({ terms: [...group.terms, this.#new()] })}>＋ ${w.addRow}</button>
    </fieldset>`;
  }

  #term(term: Term, place: Place, name: string) {
    const { lang } = this.desk;
    const w = this.#w;
    const attribute = this.known.attributes.find((one) => one.name === term.name);
    const put = (part: Partial<Term>) => this.#putTerm(place, { ...term, ...part });
    const choose = ({ target }: Event) => {
      const wanted = (target as HTMLSelectElement).value;
      const next = this.known.attributes.find((one) => one.name === wanted);
      if (next) this.#putTerm(place, firstTerm(next, term.not));
    };
    const isMissing = !isWhole(term);
    return html`<div class="term ${term.not ? "is-not" : ""}" role="group" aria-label=${name}>
      <div class="term-fields"><select class="attribute" aria-label=${w.attribute} @change=${choose}>${grouped(
        this.known,
      ).map(
        ([group, attributes]) =>
          html`<optgroup label=${w.groups[group]}>${attributes.map(
            (one) =>
              html`<option value=${one.name} .selected=${one.name === term.name}>${capital(one.label[lang], lang)}</option>`,
          )}</optgroup>`,
      )}</select>
        ${attribute ? html`${this.#given(term, attribute, put)}${this.#operator(term, attribute, put)}${this.#values(term, attribute, put)}` : nothing}
        ${isMissing ? html`<small class="missing">${w.missing}</small>` : nothing}</div>
      <div class="term-tools">${this.#not(term.not, (not) => put({ not }))}
        ${this.#remove(w.remove(name), () => this.#putTerm(place, undefined))}</div></div>`;
  }

  /** What goes between a function's parentheses. */
  #given(term: Term, attribute: SegmentAttribute, put: (part: Partial<Term>) => void) {
    const { desk } = this;
    return (attribute.parameters ?? []).map((parameter) => {
      const value = term.given?.find(([name]) => name === parameter.name)?.[1] ?? "";
      const take = (next: string) => {
        const others = term.given?.filter(([name]) => name !== parameter.name) ?? [];
        const order = attribute.parameters?.map(({ name }) => name) ?? [];
        const given = next ? [...others, [parameter.name, next] as const] : others;
        put({ given: given.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)) });
      };
      const { before, after, values } = parameter;
      const blank = this.#w.blanks[parameter.name];
      // Of an empty list, its blank says all.
      const isBare = !value && blank !== undefined;
      const [head, tail] = isBare ? ["", ""] : [before[desk.lang].trim(), after[desk.lang].trim()];
      const unit = values.of === "number" ? { ...values, unit: null } : values;
      const label =
        this.#w.parameters[parameter.name] ??
        ([head, tail].filter(Boolean).join(" … ") || parameter.name);
      const asking = `${attribute.name}(${parameter.name}: '`;
      const said = this.#said(asking, value, parameter);
      return html`<span class="given">${head || nothing}${field(desk, {
        label,
        value,
        values: unit,
        isOptional: !parameter.is_required,
        blank,
        list: values.is_listed ? this.#listId(asking) : undefined,
        said,
        take,
        enter: values.is_listed ? () => void this.#look(asking) : undefined,
      })}${tail || nothing}</span>`;
    });
  }

  /** The name of what a code means. */
  #said(asking: string, value: string, { name }: SegmentParameter): string {
    if (!value) return "";
    const word = this.listed.get(asking)?.find(({ text }) => text === value);
    const said = word?.label[this.desk.lang];
    if (said && said !== unquoted(value)) return said;
    const product = name === "id" ? this.desk.product(unquoted(value)) : "";
    return product === unquoted(value) ? "" : product;
  }

  #operator(
    term: Term,
    { values, operators }: SegmentAttribute,
    put: (part: Partial<Term>) => void,
  ) {
    // Of yes and no, the value says enough.
    if (values.of === "flag" && term.operator === "=") return nothing;
    const { lang } = this.desk;
    const { operators: known } = this.known;
    const choose = ({ target }: Event) => {
      const operator = (target as HTMLSelectElement).value;
      put({ operator, values: valuesFor(operator, term.values, values) });
    };
    const { day, number } = this.#w.operators;
    const own = { day, number, money: number, share: number }[values.of as string];
    const label = (text: string) =>
      own?.[text] ?? known.find((one) => one.text === text)?.label[lang] ?? text;
    return html`<select class="operator" aria-label=${this.#w.operator} @change=${choose}>${operators.map(
      (one) => html`<option value=${one} .selected=${one === term.operator}>${label(one)}</option>`,
    )}</select>`;
  }

  #values(term: Term, attribute: SegmentAttribute, put: (part: Partial<Term>) => void) {
    const { desk } = this;
    const w = this.#w;
    const { values } = attribute;
    const kind = takes(term.operator);
    if (kind === "nothing") return nothing;
    if (kind === "many" && values.of === "choice") {
      const take = (next: string[]) => put({ values: next });
      return choicesField(desk, { label: w.value, values, chosen: term.values, take });
    }
    const asking = `${attribute.name} ${values.of === "list" ? "CONTAINS" : "="} '`;
    const set = (at: number, next: string) => {
      const list = term.values.map((one, i) => (i === at ? next : one));
      // An emptied field of several is one less.
      const isLess = kind === "many" && list.length > 1 && unquoted(next).trim() === "";
      put({ values: isLess ? list.filter((_, i) => i !== at) : list });
    };
    const fields = term.values.map((value, i) =>
      field(desk, {
        label: term.values.length > 1 ? w.valueOf(String(i + 1)) : w.value,
        value,
        values,
        list: values.is_listed ? this.#listId(asking) : undefined,
        take: (next) => set(i, next),
        enter: values.is_listed ? () => void this.#look(asking) : undefined,
      }),
    );
    const more = () =>
      put({
        values: [...term.values, values.of === "text" ? quoted("") : (term.values.at(-1) ?? "")],
      });
    return html`${fields.map((one, i) => html`${i && kind === "two" ? html`<span aria-hidden="true">〜</span>` : nothing}${one}`)}
      ${kind === "many" ? html`<button type="button" class="button more" aria-label=${w.addValue} title=${w.addValue} @click=${more}>＋</button>` : nothing}`;
  }

  #listId = (asking: string): string => `seg-${asking.replace(/\W+/g, "-")}`;

  /** The values that the shop knows, as lists for fields. */
  #lists() {
    const { lang } = this.desk;
    return [...this.listed].map(
      ([asking, list]) =>
        html`<datalist id=${this.#listId(asking)}>${list.map(
          ({ text, label }) =>
            html`<option value=${unquoted(text)}>${label[lang] === unquoted(text) ? nothing : label[lang]}</option>`,
        )}</datalist>`,
    );
  }

  async #look(asking: string): Promise<void> {
    if (this.listed.has(asking)) return;
    this.listed = new Map(this.listed).set(asking, []);
    await this.attempt(async () => {
      const question = { kind: "segment_words", text: asking } as const;
      const { words: found } = await ask(
        this.desk.source,
        this.desk.asOf,
        question,
        "segment_words",
      );
      const values = found.filter(({ kind }) => kind === "value");
      this.listed = new Map(this.listed).set(asking, values);
    });
  }
}

define("okaeri-segment-builder", Builder);
