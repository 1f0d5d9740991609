// The send dialog: write, see what the module makes of it and who is left out, then send.
import { html, nothing } from "lit";
import type { Sending } from "../api.ts";
import { previewHtml } from "../assets.ts";
import { define, View } from "../desk.ts";
import { exportCustomers } from "../export.ts";
import type { DryRun } from "../source.ts";
import type { Filter, LeftOut, PlanRequest } from "../wire.gen.ts";
import { filterWords } from "../words.ts";

// Mails that a dry run shows; a server shows fewer.
const SAMPLES = 20;

class Mail extends View {
  static override properties = {
    ...View.properties,
    filter: { attribute: false },
    plan: { state: true },
    at: { state: true },
    busy: { state: true },
    sure: { state: true },
    sent: { state: true },
    withHtml: { state: true },
  };
  declare filter: Filter;
  declare plan: DryRun | undefined;
  declare at: number;
  declare busy: boolean;
  declare sure: boolean;
  declare sent: Sending | undefined;
  declare withHtml: boolean;
  #last: HTMLInputElement | HTMLTextAreaElement | undefined;

  constructor() {
    super();
    this.at = 0;
    this.busy = this.sure = this.withHtml = false;
  }

  override firstUpdated(): void {
    this.querySelector("dialog")?.showModal();
  }

  get #request(): PlanRequest {
    const fields = new FormData(this.querySelector("form") as HTMLFormElement);
    const field = (name: string) => String(fields.get(name) ?? "");
    return {
      as_of: this.desk.asOf,
      campaign: field("campaign"),
      filter: this.filter,
      template: {
        subject: field("subject"),
        text: field("text"),
        html: this.withHtml ? field("html") : null,
      },
      limit: SAMPLES,
    };
  }

  async #do(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    await this.attempt(act);
    this.busy = false;
  }

  #dry = (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    return this.#do(async () => {
      this.plan = await this.desk.source.dryRun(this.#request);
      this.at = 0;
      await this.updateComplete;
      // On a narrow screen it stands below the form.
      this.querySelector("[data-plan]")?.scrollIntoView({ block: "nearest" });
    });
  };

  #send = (): Promise<void> =>
    this.#do(async () => {
      this.sent = await this.desk.source.send?.(this.#request);
    });

  #insert(field: string): void {
    const input = this.#last ?? this.querySelector<HTMLTextAreaElement>("textarea");
    input?.setRangeText(
      `{{ ${field} }}`,
      input.selectionStart ?? 0,
      input.selectionEnd ?? 0,
      "end",
    );
    input?.focus();
    this.#touched();
  }

  /** What was checked is no longer what is written. */
  #touched = (): void => {
    this.plan = this.failure = undefined;
    this.sure = false;
  };

  /** Closes as Escape does, so that the focus goes back to where it came from. */
  #close = (): void => this.querySelector("dialog")?.close();

  #openLeftOut({ customers }: LeftOut): void {
    this.#close();
    this.desk.open([{ in: "keys", keys: customers }]);
  }

  override render() {
    const { t } = this.desk;
    const m = t.mail;
    const step = this.sent ? 2 : this.plan ? 1 : 0;
    const keep = (event: Event) => {
      this.#last = event.target as HTMLTextAreaElement;
    };
    const closed = () => this.dispatchEvent(new CustomEvent("close"));
    return html`<dialog aria-labelledby="mail-title" @close=${closed}>
      <div class="dialog-head">
        <div><h2 id="mail-title">${m.title}</h2><p class="small">${m.to(filterWords(this.desk, this.filter))}</p></div>
        <ol class="steps">${m.steps.map((words, i) => html`<li aria-current=${i === step ? "step" : nothing}>${words}</li>`)}</ol>
        <button class="button" @click=${this.#close}>${t.close}</button>
      </div>
      <div class="dialog-body">
        <form class="stack" id="mail-form" @submit=${this.#dry} @input=${this.#touched}>
          <label class="field"><span>${m.campaign}</span><input name="campaign" required value="okaeri-${this.desk.asOf}" /><small>${m.campaignHint}</small></label>
          <label class="field"><span>${m.subject}</span><input name="subject" required .defaultValue=${m.defaultSubject} @focus=${keep} /></label>
          <div class="row small">${m.insert}: ${Object.entries(m.fields).map(
            ([field, words]) =>
              html`<button type="button" class="link" @click=${() => this.#insert(field)}>${words}</button>`,
          )}</div>
          <label class="field"><span>${m.text}</span><textarea name="text" required .defaultValue=${m.defaultText} @focus=${keep}></textarea></label>
          <label><input type="checkbox" .checked=${this.withHtml} @change=${() => {
            this.withHtml = !this.withHtml;
          }} /> ${m.html}</label>
          ${this.withHtml ? html`<label class="field"><span>HTML</span><textarea name="html" .defaultValue=${m.html_default} @focus=${keep}></textarea></label>` : nothing}
        </form>
        <div class="stack" aria-live="polite">${this.#checked()}</div>
      </div>
      <div class="dialog-foot">
        <span class="small">${this.sent ? nothing : m.nothingSent}</span>
        <div class="row">
          <button class="button ${this.plan ? "" : "main"}" form="mail-form" ?disabled=${this.busy}>${this.busy ? m.drying : m.dry}</button>
          ${this.#sending()}
        </div>
      </div>
    </dialog>`;
  }

  #sending() {
    const { t, f, source } = this.desk;
    const m = t.mail;
    if (!this.plan || this.sent) return nothing;
    if (!source.send) {
      return html`<button class="button main" @click=${() => this.attempt(() => exportCustomers(this.desk, [...this.filter, { in: "mailable" }], "mail"))}>${m.exportMailable}</button>`;
    }
    const who = t.people(f.count(this.plan.to_send));
    return html`<label><input type="checkbox" .checked=${this.sure} @change=${() => {
      this.sure = !this.sure;
    }} /> ${m.confirm(who)}</label>
      <button class="button main" ?disabled=${!this.sure || this.busy || !this.plan.to_send} @click=${this.#send}>${m.send(who)}</button>`;
  }

  #checked() {
    const { t, f, source } = this.desk;
    const m = t.mail;
    if (this.failure) return this.problem();
    if (this.sent) {
      return html`<p class="says">${m.sent(f.count(this.sent.added))}</p>
        <dl class="pairs-list">${Object.entries(this.sent.counts).map(
          ([state, count]) =>
            html`<dt>${m.states[state] ?? state}</dt><dd class="num">${f.count(count)}</dd>`,
        )}</dl>
        <p class="small">${m.sentHint}</p>`;
    }
    const { plan } = this;
    if (!plan) return html`<p class="soft">${m.before}</p>`;
    const delivery = plan.samples[this.at];
    const count = plan.samples.length;
    const already = Object.values(plan.counts).reduce((sum, n) => sum + n, 0);
    return html`<p class="says" data-plan>${plan.to_send ? m.result(t.people(f.count(plan.matched)), t.people(f.count(plan.to_send))) : m.nobody}</p>
      ${
        plan.left_out.length
          ? html`<div><h3>${m.leftOut}</h3><dl class="pairs-list">${plan.left_out.map(
              (left) => html`<dt>${m.reason[left.reason]}</dt><dd>${this.#leftOut(left)}</dd>`,
            )}</dl></div>`
          : nothing
      }
      ${already ? html`<p class="small">${m.already(f.count(already))}</p>` : nothing}
      ${
        delivery
          ? html`<div class="row"><h3>${m.preview}</h3>
              <button class="button" aria-label=${t.customers.prev} ?disabled=${this.at === 0} @click=${() => {
                this.at -= 1;
              }}>‹</button>
              <span class="small">${m.previewOf(this.at + 1, f.count(count))}</span>
              <button class="button" aria-label=${t.customers.next} ?disabled=${this.at >= count - 1} @click=${() => {
                this.at += 1;
              }}>›</button></div>
            <article class="letter"><header><strong>${delivery.content.subject}</strong><br /><small>${delivery.to}</small></header>
              <pre tabindex="0">${delivery.content.text}</pre>
              ${delivery.content.html ? html`<iframe title=${m.preview} sandbox="" .srcdoc=${previewHtml(delivery.content.html)}></iframe>` : nothing}
            </article>
            ${delivery.content.html ? html`<p class="small">${m.htmlNote}</p>` : nothing}
            <p class="small">${source.send ? m.previewServer : m.previewBrowser}</p>`
          : nothing
      }
      ${source.send ? nothing : html`<p class="small">${m.local}</p>`}`;
  }

  /** Who is left out for one reason; the answer names so many of them that a list can be opened. */
  #leftOut(left: LeftOut) {
    const { t, f } = this.desk;
    const [all, named] = [left.count, left.customers.length];
    return html`<button class="link" @click=${() => this.#openLeftOut(left)}>${t.people(f.count(all))}</button>
      ${named < all ? html`<small>${t.mail.firstOf(f.count(named))}</small>` : nothing}`;
  }
}

define("okaeri-mail", Mail);
