// A segment as rows, and its text: what the builder shows and what it writes. The language has more
// than rows can show; what they cannot show stays text.
import { isDay } from "../../calendar.ts";
import type { SegmentAttributes, SegmentType, SegmentValues } from "../../wire.gen.ts";

export type Join = "and" | "or";

/** One condition. Values are as they are written: texts between quotes, an empty one is missing. */
export interface Term {
  not: boolean;
  name: string;
  /** What goes between parentheses; absent without them. Names are empty where none is written. */
  given?: readonly (readonly [name: string, value: string])[];
  operator: string;
  values: readonly string[];
}

/** Conditions between parentheses. */
export interface Group {
  not: boolean;
  join: Join;
  terms: readonly Term[];
}

export type Member = Term | Group;

/** A segment as rows, some of which are groups. */
export interface Rows {
  join: Join;
  members: readonly Member[];
}

export const isGroup = (member: Member): member is Group => "terms" in member;

const TWO = ["BETWEEN", "NOT BETWEEN"];
const MANY = ["IN", "NOT IN"];
const NONE = ["IS NULL", "IS NOT NULL"];

/** How many values an operator takes. */
export function takes(operator: string): "one" | "two" | "many" | "nothing" {
  if (TWO.includes(operator)) return "two";
  if (MANY.includes(operator)) return "many";
  return NONE.includes(operator) ? "nothing" : "one";
}

/** A text as it is written. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What is between the quotes, or the word itself. */
export const unquoted = (value: string): string =>
  value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value;

const isMissing = (value: string): boolean => unquoted(value).trim() === "";

/** Whether all its values are there. */
export function isWhole(term: Term): boolean {
  const kind = takes(term.operator);
  if (kind === "nothing") return true;
  return term.values.length > 0 && !term.values.some(isMissing);
}

function written(term: Term): string {
  const given = term.given
    ?.filter(([, value]) => !isMissing(value))
    .map(([name, value]) => (name ? `${name}: ${value}` : value));
  const subject = given ? `${term.name}(${given.join(", ")})` : term.name;
  const not = term.not ? "NOT " : "";
  const { operator, values } = term;
  switch (takes(operator)) {
    case "nothing":
      return `${not}${subject} ${operator}`;
    case "two":
      return `${not}${subject} ${operator} ${values.slice(0, 2).join(" AND ")}`;
    case "many":
      return `${not}${subject} ${operator} (${values.join(", ")})`;
    default:
      return `${not}${subject} ${operator} ${values[0]}`;
  }
}

const WORD = { and: " AND ", or: " OR " };

/** The text of rows; those that are not whole are left out. */
export function textOf({ join, members }: Rows): string {
  const texts = members.flatMap((member) => {
    if (!isGroup(member)) return isWhole(member) ? written(member) : [];
    const terms = member.terms.filter(isWhole);
    if (!terms.length) return [];
    const inside = terms.map(written).join(WORD[member.join]);
    // AND binds closer than OR, so that it needs no parentheses there.
    const isBare = join === "or" && member.join === "and" && terms.length > 1 && !member.not;
    return isBare ? inside : `${member.not ? "NOT " : ""}(${inside})`;
  });
  return texts.join(WORD[join]);
}

// A token: spaces, a text, a sign, a day, a number with what sticks to it, a word.
const TOKEN =
  /\s+|'(?:[^']|'')*'|[<>!]=|<>|[=<>(),:]|\d{4}-\d{2}-\d{2}|[+-]?\d+(?:\.\d+)?\w*|[A-Za-z_]\w*/y;
const KEYWORDS = ["and", "or", "not", "in", "between", "contains", "is", "null"];
const SIGNS = ["=", "!=", ">", ">=", "<", "<="];

class Lost extends Error {}
/** What is written cannot be read. */
const wrong = () => new Lost("wrong");
/** What is written cannot be shown. */
const deep = () => new Lost("deep");

function tokensOf(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (!token) throw wrong();
    if (token.trim()) found.push(token.startsWith("'") ? token : token.toLowerCase());
  }
  return found;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  #skip(token: string): boolean {
    const isHere = this.#tokens[this.#at] === token;
    if (isHere) this.#at += 1;
    return isHere;
  }

  #expect(token: string): void {
    if (!this.#skip(token)) throw wrong();
  }

  rows(): Rows {
    const any = this.#any(this.#member);
    if (this.#at < this.#tokens.length) throw wrong();
    const [only] = any;
    if (only && any.length === 1) return { join: "and", members: only };
    const members = any.map((all): Member => {
      const [first] = all;
      return first && all.length === 1 ? first : { not: false, join: "and", terms: flat(all) };
    });
    return { join: "or", members };
  }

  /** Members between ANDs, between ORs. */
  #any(one: () => Member): Member[][] {
    const any: Member[][] = [];
    do {
      const all: Member[] = [];
      do all.push(one());
      while (this.#skip("and"));
      any.push(all);
    } while (this.#skip("or"));
    return any;
  }

  #member = (): Member => {
    const not = this.#skip("not");
    if (this.#tokens[this.#at] === "not") throw deep();
    if (!this.#skip("(")) return this.#term(not);
    const any = this.#any(this.#member);
    this.#expect(")");
    const [only = []] = any;
    if (any.length === 1) return { not, join: "and", terms: flat(only) };
    if (any.some((all) => all.length > 1)) throw deep();
    return { not, join: "or", terms: flat(any.flat()) };
  };

  #term(not: boolean): Term {
    const name = this.#word();
    const given = this.#skip("(") ? this.#given() : undefined;
    return { not, name, ...(given ? { given } : {}), ...this.#test() };
  }

  #word(): string {
    const token = this.#tokens[this.#at] ?? "";
    if (!/^[a-z_]/.test(token) || KEYWORDS.includes(token)) throw wrong();
    this.#at += 1;
    return token;
  }

  #value = (): string => {
    const token = this.#tokens[this.#at] ?? "";
    if (!/^['\w+-]/.test(token) || KEYWORDS.includes(token)) throw wrong();
    this.#at += 1;
    return token;
  };

  #list<T>(one: () => T): T[] {
    const found: T[] = [];
    do found.push(one());
    while (this.#skip(","));
    this.#expect(")");
    return found;
  }

  #given(): [string, string][] {
    if (this.#skip(")")) return [];
    return this.#list(() => {
      const first = this.#value();
      return this.#skip(":") ? [first, this.#value()] : ["", first];
    });
  }

  #test(): Pick<Term, "operator" | "values"> {
    const sign = (this.#tokens[this.#at] ?? "").replace("<>", "!=");
    if (SIGNS.includes(sign)) {
      this.#at += 1;
      return { operator: sign, values: [this.#value()] };
    }
    if (this.#skip("is")) {
      const operator = this.#skip("not") ? "IS NOT NULL" : "IS NULL";
      this.#expect("null");
      return { operator, values: [] };
    }
    const not = this.#skip("not") ? "NOT " : "";
    if (this.#skip("between")) {
      const low = this.#value();
      this.#expect("and");
      return { operator: `${not}BETWEEN`, values: [low, this.#value()] };
    }
    if (this.#skip("in")) {
      this.#expect("(");
      return { operator: `${not}IN`, values: this.#list(this.#value) };
    }
    if (this.#skip("contains")) return { operator: `${not}CONTAINS`, values: [this.#value()] };
    if (not) throw wrong();
    return { operator: "=", values: ["true"] };
  }
}

/** Conditions without groups among them: rows have one level of groups. */
function flat(members: readonly Member[]): Term[] {
  return members.map((member) => {
    if (isGroup(member)) throw deep();
    return member;
  });
}

/** The rows of a text; `wrong` where it cannot be read, `deep` where rows cannot show it. */
export function rowsOf(text: string, known: SegmentAttributes): Rows | "wrong" | "deep" {
  if (!text.trim()) return { join: "and", members: [] };
  try {
    const { join, members } = new Reader(text).rows();
    const fitted = (term: Term) => shown(term, known);
    return {
      join,
      members: members.map((member) =>
        isGroup(member) ? { ...member, terms: member.terms.map(fitted) } : fitted(member),
      ),
    };
  } catch (cause) {
    if (cause instanceof Lost) return cause.message === "deep" ? "deep" : "wrong";
    throw cause;
  }
}

/** The same, with names for what is given by its place; thrown when no field could show it. */
function shown(term: Term, { attributes }: SegmentAttributes): Term {
  const attribute = attributes.find(({ name }) => name === term.name);
  if (!attribute || attribute.is_function !== (term.given !== undefined)) throw wrong();
  if (!attribute.operators.includes(term.operator)) throw wrong();
  const values = term.values.map((value) => shownValue(value, attribute.values));
  if (!term.given) return { ...term, values };
  const parameters = attribute.parameters ?? [];
  const given = term.given.map(([name, value], place) => {
    const parameter = name
      ? parameters.find((one) => one.name === name)
      : parameters[term.given?.slice(0, place).some(([before]) => before) ? -1 : place];
    if (!parameter) throw wrong();
    return [parameter.name, shownValue(value, parameter.values)] as const;
  });
  if (new Set(given.map(([name]) => name)).size < given.length) throw wrong();
  return { ...term, values, given };
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

function shownValue(value: string, { of, choices = [] }: SegmentValues): string {
  const isText = value.startsWith("'");
  const fits: Record<SegmentType, () => boolean> = {
    number: () => NUMBER.test(value),
    money: () => NUMBER.test(value),
    share: () => NUMBER.test(value),
    day: () => dayValue(value) !== undefined,
    yearly: () => dayValue(value) !== undefined,
    text: () => isText,
    list: () => isText,
    year: () => /^\d{4}$/.test(value) || choices.some(({ name }) => name === value),
    flag: () => value === "true" || value === "false",
    choice: () => isText,
  };
  if (!fits[of]()) throw wrong();
  if (of !== "choice") return value;
  const meant = unquoted(value).toLowerCase();
  const choice = choices.find(({ name }) => name.toLowerCase() === meant);
  if (!choice) throw wrong();
  return quoted(choice.name);
}

export type Unit = "d" | "w" | "m" | "y";

/** A day: one of the calendar, or so many units from the day of the figures, before it below 0. */
export type DayValue = { on: string } | { count: number; unit: Unit };

/** A written day. */
export function dayValue(value: string): DayValue | undefined {
  if (isDay(value)) return { on: value };
  const named = { today: 0, yesterday: -1, tomorrow: 1 }[value];
  if (named !== undefined) return { count: named, unit: "d" };
  const [, offset, unit] = /^([+-]\d{1,6})([dwmy])$/.exec(value) ?? [];
  if (offset) return { count: Number(offset), unit: unit as Unit };
  const [, count, name = ""] = /^(\d{1,6})_(day|week|month|year)s?_ago$/.exec(value) ?? [];
  return count ? { count: -Number(count), unit: name.charAt(0) as Unit } : undefined;
}

/** A day as it is written. */
export function writtenDay(day: DayValue): string {
  if ("on" in day) return day.on;
  if (day.count === 0) return "today";
  if (day.count === -1 && day.unit === "d") return "yesterday";
  return `${day.count > 0 ? "+" : ""}${day.count}${day.unit}`;
}
