// Who is in a segment: its sentence, its size, each condition alone, a few customers, and what can
// be done with them.
import { html, nothing } from "lit";
import type { Desk } from "../../desk.ts";
import { over } from "../../shape.ts";
import { words } from "../../text/reports/segments.ts";
import { vars } from "../../vars.ts";
import type { Bilingual, Filter, Segment } from "../../wire.gen.ts";
import { saySegment } from "../../words.ts";

/** Opens the customers of a segment. */
export function openSegment(desk: Desk, text: string, sentence?: Bilingual | null): () => void {
  return () => desk.open(segmentFilter(text, sentence));
}

/** The filter of a segment, whose chip has its sentence. */
export function segmentFilter(text: string, sentence?: Bilingual | null): Filter {
  if (sentence) saySegment(text, sentence);
  return [{ in: "segment", text }];
}

/** A count that opens whom it counts. */
export const counted = (desk: Desk, customers: number, open: () => void) =>
  customers
    ? html`<button class="link num" @click=${open}>${desk.f.count(customers)}</button>`
    : html`<span class="num">${desk.f.count(customers)}</span>`;

/** Everything that an answer says. */
export function foundCard(
  desk: Desk,
  segment: Segment,
  acts: { isBusy: boolean; isStale: boolean; isExporting: boolean; exported: () => void },
) {
  const { t, f, lang } = desk;
  const w = words[lang];
  const { text, sentence, customers, of, share, amount, mailable } = segment;
  const filter = () => segmentFilter(text, sentence);
  const nobody = customers === 0;
  const isIdle = nobody || acts.isStale;
  const figures = [
    [w.customers, t.people(f.count(customers)), w.of(t.people(f.count(of)))],
    [w.share, share === null ? "–" : f.share(share), ""],
    [w.amount, f.money(amount), nobody ? "" : w.each(f.money(Math.round(amount / customers)))],
    [w.mailable, t.people(f.count(mailable)), nobody ? "" : f.percent(over(mailable, customers))],
  ];
  return html`<section class="card" aria-busy=${acts.isBusy}>
    <div class="card-head"><h3>${w.found}</h3><div class="tools">
      <button class="button" ?disabled=${isIdle} @click=${() => desk.open(filter())}>${w.open}</button>
      <button class="button" ?disabled=${isIdle || acts.isExporting} @click=${acts.exported}>${acts.isExporting ? t.customers.exporting(t.people(f.count(customers))) : t.exportCsv}</button>
      <button class="button main" ?disabled=${isIdle} @click=${() => desk.mail(filter())}>${t.send}</button></div></div>
    ${acts.isStale ? html`<p class="stale-note">${w.stale}</p>` : nothing}
    <p class="seg-sentence" role="status">${sentence?.[lang] ?? text}</p>
    <dl class="seg-figures">${figures.map(
      ([name, value, small]) =>
        html`<div><dt>${name}</dt><dd>${value}${small ? html`<small>${small}</small>` : nothing}</dd></div>`,
    )}</dl>
    ${segment.conditions.length > 1 ? alone(desk, segment) : nothing}
    ${segment.sample.length ? sample(desk, segment) : html`<p class="soft">${t.customers.none}</p>`}
  </section>`;
}

/** How many each condition has without the others. */
function alone(desk: Desk, { conditions, of }: Segment) {
  const { f, lang } = desk;
  const w = words[lang];
  return html`<h3>${w.alone}</h3><div class="scroll"><table class="seg-alone">
    <caption class="unseen">${w.alone}</caption>
    <thead><tr><th scope="col">${w.condition}</th><th scope="col" class="num">${w.customers}</th>
      <th scope="col" class="num">${w.share}</th><td></td></tr></thead>
    <tbody>${conditions.map(
      ({ text, sentence, customers }) => html`<tr><th scope="row">${sentence[lang]}</th>
        <td class="num">${counted(desk, customers, openSegment(desk, text, sentence))}</td>
        <td class="num">${f.share(over(customers, of))}</td>
        <td class="wide"><span class="bar" ${vars({ "--v": over(customers, of) })}></span></td></tr>`,
    )}</tbody></table></div>`;
}

function sample(desk: Desk, segment: Segment) {
  const { t, f, lang } = desk;
  const c = t.customers;
  const w = words[lang];
  const title = w.sample(String(segment.sample.length));
  return html`<h3>${title}</h3><div class="scroll"><table>
    <caption class="unseen">${title}</caption>
    <thead><tr><th scope="col">${c.name}</th><th scope="col" class="num">${c.orders}</th>
      <th scope="col" class="num">${c.amount}</th><th scope="col" class="num">${c.first}</th>
      <th scope="col" class="num">${c.last}</th><th scope="col">${c.mail}</th></tr></thead>
    <tbody>${segment.sample.map(
      (row) => html`<tr><th scope="row"><span class="person">
        <button class="link" @click=${() => desk.go({ view: "customer", key: row.key })}>${row.name || c.nameless}</button>
        <small>${t.list([row.prefecture, row.email ?? row.phone])}</small></span></th>
        <td class="num">${f.count(row.orders)}</td><td class="num">${f.money(row.amount)}</td>
        <td class="num">${f.dayShort(row.first_day)}</td><td class="num">${f.dayShort(row.last_day)}</td>
        <td><span class="badge ${row.mailable ? "good" : "plain"}">${row.mailable ? c.mailYes : c.mailNo}</span></td></tr>`,
    )}</tbody></table></div>`;
}
