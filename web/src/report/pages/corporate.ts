// Who buys in bulk, who may, and whom to ask before a season.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/corporate.ts";
import { seasonOf } from "../../text/reports/gifts.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, count, money, named, reasons } from "../cells.ts";
import { type Control, lengthOf, type Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Corporate {
  corporate: string;
  customers: number;
  amount: number;
}
interface Status {
  before: string;
  status: string;
  move: string;
  customers: number;
}
interface Reason {
  reason: string;
  corporate: number;
}

const STATUSES = ["general", "semi_large", "large", "special"] as const;

class CorporatePage extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "gift";

  protected override question(params: Params): Question {
    return { kind: "corporate", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [lengthOf(w.limit, w.rows)];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("corporate").length;
  }

  #people = (n: number): string => this.desk.t.people(this.desk.f.count(n));

  protected override says(answer: Answered) {
    const rows = answer.rows<Corporate>("corporate");
    const sum = (list: Corporate[], of: "customers" | "amount") =>
      list.reduce((all, row) => all + row[of], 0);
    const bulk = rows.filter(({ corporate }) => corporate === "yes");
    if (!sum(bulk, "customers")) return this.w.saysNone;
    const moved = (move: string) =>
      answer
        .rows<Status>("corporate_status")
        .filter((row) => row.move === move)
        .reduce((all, row) => all + row.customers, 0);
    return this.w.says(
      this.#people(sum(bulk, "customers")),
      this.desk.f.share(over(sum(bulk, "amount"), sum(rows, "amount"))),
      this.#people(moved("promotion")),
      this.#people(moved("demotion")),
    );
  }

  protected override todo(answer: Answered) {
    const asked = answer.rows<{ season: string }>("early_reservations");
    const [first] = asked;
    // A list that is full leaves people out.
    const people = (n: number, listed: number) =>
      listed < this.number("limit", answer) ? this.#people(n) : this.w.atLeast(this.#people(n));
    if (first) {
      const season = asked.filter((row) => row.season === first.season);
      return this.w.todo(
        people(season.length, asked.length),
        seasonOf(this.desk.lang, first.season),
      );
    }
    const potential = answer.rows("corporate_potential").length;
    return potential ? this.w.todoPotential(people(potential, potential)) : this.w.todoNone;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const moves = answer.rows<Status>("corporate_status");
    // General customers who stay so are so many that nothing else would have a colour.
    const most = Math.max(
      ...moves
        .filter((row) => row.before !== "general" || row.status !== "general")
        .map((row) => row.customers),
      1,
    );
    const heat = heatTable(desk, {
      caption: w.caption,
      heads: [w.before],
      columns: STATUSES.map((status) => w.statuses[status] ?? status),
      most,
      lines: STATUSES.map((before) => ({
        name: w.statuses[before] ?? before,
        cells: STATUSES.map((status) => {
          const row = moves.find((one) => one.before === before && one.status === status);
          const isAll = before === "general" && status === "general";
          return {
            value: isAll ? null : (row?.customers ?? 0),
            words: f.count(row?.customers ?? 0),
            open: answer.opens(
              row?.customers ?? 0,
              "corporate_status",
              [before, status, row?.move ?? ""],
              "customers",
              `${w.statuses[before]} → ${w.statuses[status]}`,
            ),
          };
        }),
      })),
    });
    const bars = answer
      .rows<Reason>("corporate_reasons")
      .toSorted((a, b) => b.corporate - a.corporate)
      .map((row) => {
        const name = w.reasonOf[row.reason] ?? row.reason;
        return {
          name,
          value: row.corporate,
          open: answer.opens(row.corporate, "corporate_reasons", [row.reason], "corporate", name),
        };
      });
    return [
      { title: w.picture, hint: w.pictureHint, body: heat },
      {
        title: w.reasonsPicture,
        hint: w.reasonsHint,
        body: whiskers(desk, {
          label: w.reasonsChart,
          bars,
          write: (n) => desk.t.people(f.count(Math.round(n))),
        }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const amount: Column = money("amount", w.amount);
    const customer: Column = { name: "customer", label: w.customer, format: "customer" };
    const season: Column = {
      name: "season",
      label: w.season,
      format: "text",
      write: (value, row) => w.name(seasonOf(desk.lang, value), String(row.year)),
    };
    const lists: Sheet[] = [
      {
        table: "early_reservations",
        title: w.reservations,
        hint: w.reservationsHint,
        keys: ["customer", "season", "year"],
        columns: [
          customer,
          season,
          {
            name: "tier",
            label: w.tier,
            format: "text",
            write: (value) => w.tierOf(String(value).slice(1)),
          },
          named("size", w.size, w.sizes),
          count("destinations", w.destinationsBefore),
          count("orders", w.orders),
          amount,
        ],
      },
      {
        table: "corporate_customers",
        title: w.list,
        keys: ["customer"],
        columns: [
          customer,
          named("status", w.status, w.statuses),
          named("before", w.before, w.statuses),
          reasons("reasons", w.reasons, w.reasonOf, this.kit),
          count("destinations", w.destinations),
          count("orders", w.orders),
          amount,
        ],
      },
      {
        table: "corporate_potential",
        title: w.potential,
        keys: ["customer", "season", "year"],
        columns: [
          customer,
          named("why", w.why, w.whys),
          season,
          count("destinations_before", w.destinationsBefore),
          count("destinations", w.destinations),
          amount,
        ],
      },
    ];
    return [
      ...lists.filter(({ table }) => answer.rows(table).length > 0),
      {
        table: "corporate_reasons",
        title: w.reasonTable,
        keys: ["reason"],
        columns: [
          named("reason", w.reasons, w.reasonOf),
          count("customers", w.customers, "customers"),
          count("corporate", w.corporate, "corporate"),
          amount,
        ],
      },
    ];
  }
}

page("corporate", CorporatePage);
