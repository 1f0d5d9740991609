// Days and months as the answers count them: days since 1970-01-01, and `year * 12 + month - 1`.
// Nothing here reads a clock but `todayIn`.

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
}

/** `YYYY-MM-DD` of a day. */
export function isoOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Month of `YYYY-MM-DD`. */
export function monthOf(iso: string): number {
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

/** First day of a month. */
export function firstDayOf(month: number): number {
  return Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);
}

/** Last day of a month. */
export function lastDayOf(month: number): number {
  return firstDayOf(month + 1) - 1;
}

/** The same day some months earlier; the month's last day where it is shorter. */
export function monthBefore(iso: string, months = 1): string {
  const month = monthOf(iso) - months;
  const day = firstDayOf(month) + Number(iso.slice(8, 10)) - 1;
  return isoOf(Math.min(day, lastDayOf(month)));
}

/** Whether `text` is a day that exists. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    isoOf(dayOf(text)) === text
  );
}

/** A day as people type it, as `YYYY-MM-DD`: year first, then month and day; nothing else. */
export function dayIn(text: string): string | undefined {
  const typed = text.normalize("NFKC").trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ??
    /^(\d{4})\s*[^\d\s]\s*(\d{1,2})\s*[^\d\s]\s*(\d{1,2})\s*日?$/.exec(typed);
  const [year = "", month = "", day = ""] = parts?.slice(1) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(iso) ? iso : undefined;
}

/** The clock's day in a time zone. */
export function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(new Date());
}
