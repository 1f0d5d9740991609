// Recipients of gifts who later order themselves: measured, and opened by nobody.
import { words } from "../../text/reports/gift-recipients.ts";
import type { Question } from "../../wire.gen.ts";
import { count } from "../cells.ts";
import type { Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Recipients {
  recipients: number;
  buyers: number;
  rate: number | null;
  unknown_shipments: number;
}

class GiftRecipients extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "gift_recipients", ...params } as Question;
  }

  #found(answer: Answered): Recipients | undefined {
    return answer.rows<Recipients>("gift_recipients")[0];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !this.#found(answer)?.recipients;
  }

  #people = (n: number): string => this.w.people(this.desk.f.count(Math.round(n)));

  protected override says(answer: Answered) {
    const { recipients = 0, buyers = 0, rate } = this.#found(answer) ?? {};
    return this.w.says(
      this.#people(recipients),
      this.#people(buyers),
      this.desk.f.share(rate ?? 0),
    );
  }

  protected override todo() {
    return this.w.todo;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { recipients = 0, buyers = 0, rate } = this.#found(answer) ?? {};
    const bars = [
      { name: w.recipients, value: recipients },
      { name: w.buyers, value: buyers, colour: "repeat" as const, note: desk.f.share(rate ?? 0) },
    ];
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: whiskers(desk, { label: w.chart, bars, write: this.#people }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    return [
      {
        table: "gift_recipients",
        title: w.table,
        hint: w.tableHint,
        keys: [],
        columns: [
          count("recipients", w.recipients),
          count("buyers", w.buyers),
          { name: "rate", label: w.rate, format: "percent" },
          count("shipments", w.shipments),
          count("unknown_shipments", w.unknown),
        ],
      },
    ];
  }
}

page("gift-recipients", GiftRecipients);
