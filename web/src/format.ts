// How figures are written for a person, in one language and one currency.
import { firstDayOf, isoOf } from "./calendar.ts";

export type Lang = "ja" | "en";

/** Writes figures; made once per language and currency. */
export interface Formats {
  /** `12,345` */
  count(value: number): string;
  /** Minor units of an amount as a person types it: 12.5 dollars are 1250. */
  minor(amount: number): number;
  /** Minor units as money: `¥12,345` */
  money(minor: number): string;
  /** Money in little room: `123万円`, `¥1.2M` */
  moneyShort(minor: number): string;
  /** A share of 1 with one decimal: `28.4%` */
  share(value: number): string;
  /** A share of 1 without decimals: `28%` */
  percent(value: number): string;
  /** A difference with its sign: `+1,234` */
  delta(value: number): string;
  /** A difference of shares in points: `+1.2` */
  points(value: number): string;
  /** A relative change with its sign: `+12%` */
  change(value: number): string;
  /** Two decimals: lift */
  ratio(value: number): string;
  /** `2025年1月`, `Jan 2025` */
  month(month: number): string;
  /** `25/1`: for axes */
  monthShort(month: number): string;
  /** `2025年1月31日`, `31 Jan 2025` of `YYYY-MM-DD` */
  day(iso: string): string;
  /** The same in a table: `2025/01/31`, `31 Jan 2025` */
  dayShort(iso: string): string;
}

// Japanese locales write the yen sign at full width, which tears figures apart.
const narrow = (text: string) => text.replace("￥", "¥");

const LOCALE: Record<Lang, string> = { ja: "ja-JP", en: "en-GB" };

/** Formats of a language and an ISO 4217 currency. */
export function formats(lang: Lang, currency: string): Formats {
  const locale = LOCALE[lang];
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const money = number({ style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const short = number({
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    maximumSignificantDigits: 3,
    useGrouping: true,
  });
  const scale = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 0);
  const count = number({ maximumFractionDigits: 0 });
  const share = number({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = number({ style: "percent", maximumFractionDigits: 0 });
  const delta = number({ signDisplay: "exceptZero", maximumFractionDigits: 0 });
  const points = number({
    signDisplay: "exceptZero",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const change = number({
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: 1,
  });
  const ratio = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const month = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: lang === "ja" ? "long" : "short",
    timeZone: "UTC",
  });
  const day = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: lang === "ja" ? "long" : "short",
    day: "numeric",
    timeZone: "UTC",
  });
  const at = (iso: string) => new Date(`${iso}T00:00:00Z`);
  return {
    count: (value) => count.format(value),
    minor: (amount) => Math.round(amount * scale),
    money: (minor) => narrow(money.format(minor / scale)),
    moneyShort: (minor) => narrow(short.format(minor / scale)),
    share: (value) => share.format(value),
    percent: (value) => percent.format(value),
    delta: (value) => delta.format(value),
    points: (value) => points.format(value * 100),
    change: (value) => change.format(value),
    ratio: (value) => ratio.format(value),
    month: (m) => month.format(at(isoOf(firstDayOf(m)))),
    monthShort: (m) => `${String(Math.floor(m / 12) % 100).padStart(2, "0")}/${(m % 12) + 1}`,
    day: (iso) => (iso ? day.format(at(iso.slice(0, 10))) : "–"),
    dayShort: (iso) =>
      lang === "ja" ? iso.slice(0, 10).replaceAll("-", "/") : day.format(at(iso)),
  };
}
