// Import: drop a file, see what was taken in, and every refused row with its reason.
import { html, nothing } from "lit";
import { csvFile, download } from "../csv.ts";
import { define, View } from "../desk.ts";
import { head } from "../parts.ts";
import type { Loaded } from "../wire.gen.ts";
import { problemWords } from "../words.ts";

class Load extends View {
  static override properties = {
    ...View.properties,
    reading: { state: true },
    share: { state: true },
    loaded: { state: true },
    failure: { state: true },
    over: { state: true },
  };
  declare reading: string | undefined;
  declare share: number;
  declare loaded: Loaded | undefined;
  declare failure: unknown;
  declare over: boolean;

  async #load(file: File | undefined): Promise<void> {
    if (!file || this.reading) return;
    this.reading = file.name;
    this.share = 0;
    this.loaded = this.failure = undefined;
    try {
      this.loaded = await this.desk.load(file, (share) => {
        this.share = share;
      });
    } catch (cause) {
      this.failure = cause;
    } finally {
      this.reading = undefined;
    }
  }

  override render() {
    const { t, source } = this.desk;
    const l = t.load;
    const drop = (event: DragEvent) => {
      event.preventDefault();
      this.over = event.type === "dragover";
      if (event.type === "drop") void this.#load(event.dataTransfer?.files[0]);
    };
    return html`${head(t.views.load, l.says, l.todo)}
      <div class="drop ${this.over ? "over" : ""}" @dragover=${drop} @dragleave=${drop} @drop=${drop}>
        ${
          this.reading
            ? html`<p role="status">${l.reading(this.reading)}</p>
              ${this.share ? html`<progress max="1" .value=${this.share} aria-label=${l.reading(this.reading)}></progress>` : html`<progress aria-label=${l.reading(this.reading)}></progress>`}`
            : html`<p><strong>${l.drop}</strong></p>
              <label class="button main">${l.pick}<input class="unseen" type="file" accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.arrow,.arrows"
                @change=${(event: Event) => this.#load((event.target as HTMLInputElement).files?.[0])} /></label>`
        }
        <p class="small">${source.kind === "browser" ? l.local : l.remote}</p>
      </div>
      <div aria-live="polite">${this.#outcome()}</div>`;
  }

  #outcome() {
    const { t, f } = this.desk;
    const l = t.load;
    if (this.failure) {
      const { says, detail } = problemWords(t, this.failure);
      return html`<section class="card" role="alert"><p class="down">${says}</p><p class="small">${detail}</p></section>`;
    }
    const { loaded } = this;
    if (!loaded) return nothing;
    return html`<section class="card stack">
      <p class="says">${l.done(t.orders(f.count(loaded.orders)), f.count(loaded.lines))}</p>
      <dl class="pairs-list">
        <dt>${l.format}</dt><dd>${loaded.format}</dd>
        <dt>${l.rows}</dt><dd>${f.count(loaded.rows)}</dd>
        <dt>${l.replaced}</dt><dd>${f.count(loaded.replaced)}</dd>
        <dt>${l.stale}</dt><dd>${f.count(loaded.stale)}</dd>
      </dl>
      <div class="row"><button class="button main" @click=${() => this.desk.go({ view: "overview" })}>${l.see}</button></div>
      ${loaded.rejected_count ? this.#rejected(loaded) : html`<p class="up">${l.allGood}</p>`}
    </section>`;
  }

  #rejected(loaded: Loaded) {
    const { t, f } = this.desk;
    const l = t.load;
    const said = (code: string, reason: string) => l.reasons[code] ?? reason;
    const save = () =>
      download(
        csvFile(
          [l.row, l.column, l.reason],
          loaded.rejected.map((one) => [one.row, one.column, said(one.code, one.reason)]),
        ),
        "okaeri-rejected.csv",
      );
    return html`<div class="card-head"><h3 class="down">${l.rejected(f.count(loaded.rejected_count))}</h3>
        <button class="button" @click=${save}>${t.exportCsv}</button></div>
      <p class="small">${l.rejectedHint}</p>
      <div class="scroll"><table>
        <thead><tr><th scope="col" class="num">${l.row}</th><th scope="col">${l.column}</th><th scope="col">${l.reason}</th></tr></thead>
        <tbody>${loaded.rejected
          .slice(0, 200)
          .map(
            (one) =>
              html`<tr><td class="num">${f.count(one.row)}</td><td>${one.column}</td><td title=${one.reason}>${said(one.code, one.reason)}</td></tr>`,
          )}</tbody>
      </table></div>`;
  }
}

define("okaeri-load", Load);
