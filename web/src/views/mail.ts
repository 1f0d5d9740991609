// The send dialog: write, see what the module makes of it and who is left out, then send.
import { html, nothing } from "lit";
import type { Sent } from "../api.ts";
import { previewHtml } from "../assets.ts";
import { define, View } from "../desk.ts";
import { exportCustomers } from "../export.ts";
import type { Filter, Plan, PlanRequest } from "../wire.gen.ts";
import { filterWords, problemWords } from "../words.ts";

class Mail extends View {
  static override properties = {
    ...View.properties,
    filter: { attribute: false },
    plan: { state: true },
    at: { state: true },
    failure: { state: true },
    busy: { state: true },
    sure: { state: true },
    sent: { state: true },
    withHtml: { state: true },
  };
  declare filter: Filter;
  declare plan: Plan | undefined;
  declare at: number;
  declare failure: unknown;
  declare busy: boolean;
  declare sure: boolean;
  declare sent: Sent | undefined;
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

  #request(limit: number): PlanRequest {
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
      limit,
    };
  }

  async #do(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.failure = undefined;
    try {
      await act();
    } catch (cause) {
      this.failure = cause;
    } finally {
      this.busy = false;
    }
  }

  #dry = (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    return this.#do(async () => {
      this.plan = await this.desk.source.plan(this.#request(20));
      this.at = 0;
    });
  };

  #send = (): Promise<void> =>
    this.#do(async () => {
      this.sent = await this.desk.source.send?.(this.#request(20));
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
    this.plan = undefined;
    this.sure = false;
  };

  override render() {
    const { t } = this.desk;
    const m = t.mail;
    const step = this.sent ? 2 : this.plan ? 1 : 0;
    const keep = (event: Event) => {
      this.#last = event.target as HTMLTextAreaElement;
    };
    const close = () => this.dispatchEvent(new CustomEvent("close"));
    return html`<dialog aria-labelledby="mail-title" @close=${close}>
      <div class="dialog-head">
        <div><h2 id="mail-title">${m.title}</h2><p class="small">${m.to(filterWords(this.desk, this.filter))}</p></div>
        <ol class="steps">${m.steps.map((words, i) => html`<li aria-current=${i === step ? "step" : nothing}>${words}</li>`)}</ol>
        <button class="button" @click=${close}>${t.close}</button>
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
      return html`<button class="button main" @click=${() => exportCustomers(this.desk, this.filter, "mail")}>${t.exportCsv}</button>`;
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
    if (this.failure) {
      const { says, detail } = problemWords(t, this.failure);
      return html`<div role="alert"><p class="down">${says}</p><p class="small">${detail}</p></div>`;
    }
    if (this.sent) {
      return html`<p class="says">${m.sent(f.count(this.sent.added))}</p>
        <dl class="pairs-list">${Object.entries(this.sent.counts).map(
          ([state, count]) =>
            html`<dt>${m.states[state] ?? state}</dt><dd class="num">${f.count(count)}</dd>`,
        )}</dl>
        <p class="small">${m.sentHint}</p>`;
    }
    const { plan } = this;
    if (!plan) return html`<p class="soft">${m.previewWhy}</p>`;
    const delivery = plan.deliveries[this.at];
    const count = plan.deliveries.length;
    return html`<p class="says" data-plan>${plan.to_send ? m.result(t.people(f.count(plan.matched)), t.people(f.count(plan.to_send))) : m.nobody}</p>
      ${
        plan.left_out.length
          ? html`<div><h3>${m.leftOut}</h3><dl class="pairs-list">${plan.left_out.map(
              (left) =>
                html`<dt>${m.reason[left.reason]}</dt><dd class="num">${t.people(f.count(left.count))}</dd>`,
            )}</dl></div>`
          : nothing
      }
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
            <p class="small">${m.previewWhy}</p>`
          : nothing
      }
      ${source.send ? nothing : html`<p class="small">${m.local}</p>`}`;
  }
}

define("okaeri-mail", Mail);
