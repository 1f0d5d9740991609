// Import: drop a file, see what was taken in, and every refused row with its reason.
import { html, nothing } from "lit";
import { csvFile, download } from "../csv.ts";
import { define, View } from "../desk.ts";
import { head, problem } from "../parts.ts";
import type { Loaded, Rejected } from "../wire.gen.ts";

const SHOWN = 200;

class Load extends View {
  static override properties = { ...View.properties, over: { state: true } };
  declare over: boolean;

  get #isReading(): boolean {
    const { intake } = this.desk;
    return Boolean(intake && !intake.loaded && !intake.failure);
  }

  #take(file: File | undefined): void {
    if (file && !this.#isReading) this.desk.load(file);
  }

  #drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    this.over = event.type === "dragover";
    if (event.type === "drop") this.#take(event.dataTransfer?.files[0]);
  };

  override render() {
    const { t, source } = this.desk;
    const l = t.load;
    const pick = ({ target }: Event) => {
      const input = target as HTMLInputElement;
      this.#take(input.files?.[0]);
      // The same file, mended, may be chosen again.
      input.value = "";
    };
    return html`${head(t.views.load, l.says, l.todo)}
      <div class="drop ${this.over ? "over" : ""}" @dragover=${this.#drop} @dragleave=${this.#drop} @drop=${this.#drop}>
        ${
          this.#isReading
            ? this.#reading()
            : html`<p><strong>${l.drop}</strong></p>
              <label class="button main">${l.pick}<input class="unseen" type="file" accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.arrow,.arrows,.gz" @change=${pick} /></label>`
        }
        <p class="small">${source.kind === "browser" ? l.local : l.remote}</p>
      </div>
      <div aria-live="polite">${this.#outcome()}</div>`;
  }

  #reading() {
    const l = this.desk.t.load;
    const { name = "", share } = this.desk.intake ?? {};
    const words = share === 1 ? l.taking(name) : l.reading(name);
    // Once the file is read, how long the module takes cannot be told.
    const known = share !== undefined && share < 1;
    return html`<p role="status">${words}</p>
      ${known ? html`<progress max="1" .value=${share} aria-label=${words}></progress>` : html`<progress aria-label=${words}></progress>`}`;
  }

  #outcome() {
    const { t, f, intake } = this.desk;
    const l = t.load;
    if (intake?.failure) return html`<section class="card">${problem(t, intake.failure)}</section>`;
    const loaded = intake?.loaded;
    if (!loaded) return nothing;
    const counted = [
      [l.replaced, loaded.replaced],
      [l.stale, loaded.stale],
      [l.others, loaded.others],
    ] as const;
    return html`<section class="card stack">
      <p class="says">${l.done(intake.name, t.orders(f.count(loaded.orders)), f.count(loaded.lines))}</p>
      <dl class="pairs-list">
        <dt>${l.format}</dt><dd>${l.formats[loaded.format] ?? loaded.format}</dd>
        <dt>${l.rows}</dt><dd>${f.count(loaded.rows)}</dd>
        ${counted.map(([words, count]) => (count ? html`<dt>${words}</dt><dd>${f.count(count)}</dd>` : nothing))}
      </dl>
      <div class="row"><button class="button main" @click=${() => this.desk.go({ view: "overview" })}>${l.see}</button></div>
      ${loaded.rejected_count ? this.#rejected(loaded) : html`<p class="up">${l.allGood}</p>`}
    </section>`;
  }

  #rejected({ rejected, rejected_count: count }: Loaded) {
    const { t, f } = this.desk;
    const l = t.load;
    const said = (one: Rejected) => l.reasons[one.code] ?? one.reason;
    const save = () => {
      const lines = rejected.map((one) => [one.row, one.column, said(one), one.reason]);
      download(csvFile([l.row, l.column, l.reason, l.detail], lines), "okaeri-rejected.csv");
    };
    const shown = rejected.slice(0, SHOWN);
    return html`<div class="card-head"><h3 class="down">${l.rejected(f.count(count))}</h3>
        <button class="button" @click=${save}>${t.exportCsv}</button></div>
      <p class="small">${l.rejectedHint}</p>
      <div class="scroll"><table>
        <thead><tr><th scope="col" class="num">${l.row}</th><th scope="col">${l.column}</th><th scope="col">${l.reason}</th><th scope="col">${l.detail}</th></tr></thead>
        <tbody>${shown.map(
          (one) =>
            html`<tr><td class="num">${one.row ? f.count(one.row) : "–"}</td><td>${one.column}</td><td>${said(one)}</td><td class="soft">${one.reason}</td></tr>`,
        )}</tbody>
      </table></div>
      ${count > shown.length ? html`<p class="small">${l.rejectedShown(f.count(shown.length), f.count(rejected.length), f.count(count))}</p>` : nothing}`;
  }
}

define("okaeri-load", Load);
