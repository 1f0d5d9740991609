// Written by `cargo xtask gen` from crates/okaeri-protocol. Do not edit.

/** What a module is. */
export interface About {
  /** [`crate::ABI_VERSION`]. */
  abi: number;
  /** Contracts held. */
  contracts: number;
  /** Events held. */
  events: number;
  /** Order lines held. */
  lines: number;
  /** Facts held. */
  orders: number;
  /** Version of Okaeri. */
  version: string;
}

/** An answer, told by `"is"`. */
export type Answer =
  /** Nothing to say beyond success. */
  | { is: "done" }
  /** See [`About`]. */
  | { is: "about" } & About
  /** See [`Loaded`]. */
  | { is: "loaded" } & Loaded
  /** See [`Tables`]. */
  | { is: "tables" } & Tables
  /** See [`Customers`]. */
  | { is: "customers" } & Customers
  /** See [`CustomerPage`]. */
  | { is: "customer" } & CustomerPage
  /** See [`Review`]. */
  | { is: "review" } & Review
  /** See [`Withdrawn`]. */
  | { is: "withdrawn" } & Withdrawn
  /** See [`Plan`]. */
  | { is: "plan" } & Plan
  /** See [`Shards`]. */
  | { is: "shards" } & Shards
  /** See [`Standings`]. */
  | { is: "standings" } & Standings
  /** See [`Segment`]. */
  | { is: "segment" } & Segment
  /** See [`SegmentOverlap`]. */
  | { is: "segment_overlap" } & SegmentOverlap
  /** See [`SegmentWords`]. */
  | { is: "segment_words" } & SegmentWords
  /** See [`SegmentAttributes`]. */
  | { is: "segment_attributes" } & SegmentAttributes;

/** Whose the later orders of a customer are. */
export type Attribution =
  /** The medium's that brought the first order. */
  | "first"
  /** Each order's own medium's. */
  | "order";

/** What a basket is. */
export type BasketUnit =
  /** All that a customer bought within a window (期間併買). */
  | "customer"
  /** An order. */
  | "order";

/** A text in both languages. */
export interface Bilingual {
  /** English. */
  en: string;
  /** Japanese. */
  ja: string;
}

/** A step of a discount by pieces (まとめ買い割引). */
export interface BundleStep {
  /** What is taken off, in percent of the price. */
  percent: number;
  /** Pieces of one product in an order from which it holds, 2 to 6. */
  pieces: number;
}

/** Who ordered, as the order itself says. */
export interface Buyer {
  /** The rest of the address, building included. */
  address?: string | null;
  /** `YYYY-MM-DD`. */
  birth?: string | null;
  /** Company, for 法人. */
  company?: string | null;
  /** The cart's own customer number (会員ID). */
  customer_id?: string | null;
  /** As typed. */
  email?: string | null;
  /** Consent to advertising mail (特定電子メール法), where the cart says. */
  mail_consent?: boolean | null;
  /** Family and given name with a space between, where known apart. */
  name?: string | null;
  /** The name in kana, likewise. */
  name_kana?: string | null;
  /** As typed. */
  phone?: string | null;
  /** Postcode as typed. */
  postal?: string | null;
  /** 都道府県. */
  prefecture?: string | null;
}

/** One call. An instance of the module holds one shop. */
export type Call =
  /** What this module is. Answer: `About`. */
  | { call: "about" }
  /**
   * Sets the shop's settings. Facts loaded before stay; local times were read in the zone that
   * was set when they were loaded. Answer: `Done`.
   */
  | {
    call: "configure";
    /** All settings; what is absent is the default. */
    settings: Settings;
  }
  /** Adds facts; the payload is the data. Answer: `Loaded`. */
  | { call: "load" } & Load
  /** Takes back the load under way, if there is one. Answer: `Done`. */
  | { call: "cancel" }
  /**
   * Asks one question. Answer: as the question says. A shard is told the standings of the whole
   * shop that the question needs (see `Standings`) in the payload, one after the other; with
   * them, the payload of the answer to `customers` has the places of the list (ABI.md).
   */
  | {
    /**
     * The day on whose evening the question is answered (基準日): facts after it do not exist,
     * and days since the last order count up to it.
     */
    as_of: string;
    call: "ask";
    /**
     * Another day to compare with. An answer of tables then has each table of that day too,
     * under its name and `_before`; other answers take no comparison.
     */
    compare?: string | null;
    /** What to answer. */
    question: Question;
    /** Which orders count. */
    scope?: Scope;
  }
  /**
   * Who would be sent what. Answer: `Plan`. Standings and places as in `Ask`; they are those of
   * the question `customers` with the plan's filter.
   */
  | { call: "plan" } & PlanRequest
  /**
   * Tells each order's shard, so that people who must not be parted stay together. The payload
   * may be an earlier answer: who has orders in it stays where they are, unless people of
   * different shards are now linked. Answer: `Shards`; the payload has one byte for each
   * order, in the order in which they were first loaded.
   */
  | {
    call: "shards";
    /** How many shards, 1 to 255. */
    count: number;
  }
  /**
   * What a shard must be told of the whole shop to answer a question, or to make its share of
   * it, by name. Answer: `Standings`.
   */
  | {
    call: "standings";
    /** The question. */
    question: Question;
  }
  /**
   * This instance's share of an answer. The payload is the standings that the question needs,
   * one after the other. Answer: `Done`; the payload is a partial. With `standing`, its share of
   * that one.
   */
  | {
    /** As in `Ask`. */
    as_of: string;
    call: "partial";
    /** What will be finished from it; a dashboard has all that any table needs. */
    question?: Question;
    /** As in `Ask`. */
    scope?: Scope;
    /** One of the standings that the question needs. */
    standing?: string | null;
  }
  /**
   * Merges partials and finishes a question over all of them. The payload is the partials one
   * after the other. Answer: `Tables`; with `standing`, `Done` with that one as payload, as
   * shards are told it with `ask`, `plan` and `partial`.
   */
  | {
    call: "finish";
    /** Lengths of the partials of the day to compare with; they come after the others. */
    compare?: number[];
    /** Length of each partial in the payload, in bytes. */
    parts: number[];
    /** What to answer. */
    question: Question;
    /** The standing that the partials are of. */
    standing?: string | null;
  }
  /** Forgets all facts and settings. Answer: `Done`. */
  | { call: "reset" };

/** Why a call failed. */
export interface CallError {
  /** Where in the call, as a path such as `question.top` or `row 12`. */
  at?: string | null;
  /** What a program branches on. */
  code: ErrorCode;
  /** What a person reads: lowercase, says what to do. */
  message: string;
  /**
   * Where in the text that `at` names: the first UTF-16 code unit, and one past the last. Texts
   * of segments have it.
   */
  span?: [number, number] | null;
  /** What could stand there instead, or what there is to choose from. */
  suggestion?: string | null;
}

/**
 * One value of a table.
 *
 * A product code that is a whole number of at most 15 digits without leading zeros crosses as a
 * number and sorts as one; any other code crosses as text and sorts after the numbers.
 */
export type Cell =
  /** A count, an amount in minor units, a day or month number, a numeric code. */
  | number
  /** A rate. */
  | number
  /** A code, a name, a day as `YYYY-MM-DD`. */
  | string
  /** Not known, or does not apply. */
  | null;

/** How a delivery travels. */
export type Channel =
  /** E-mail. */
  | "mail";

/** How long a period of a cohort is. */
export type CohortPeriod =
  /** A number of days from each customer's own first order. */
  | "days"
  /** A month of the calendar. */
  | "months";

/** One condition. It names the table whose cell it opens and uses that table's numbers. */
export type Condition =
  /** A cell of the lifecycle matrix; an absent axis is any. */
  | {
    /** 1 新規, 2 有望, 3 常連. */
    freq?: number | null;
    in: "cells";
    /** 1 稼働, 2 うとうと, 3 休眠. */
    rec?: number | null;
  }
  /** A cell of the RFM table; an absent axis is any. */
  | {
    /** 1 to 5. */
    f?: number | null;
    in: "rfm";
    /** 1 to 5. */
    m?: number | null;
    /** Quantiles or thresholds. */
    mode?: RfmMode;
    /** 1 to 5. */
    r?: number | null;
  }
  /** A tenth by amount, 1 to 10. */
  | {
    /** 1 is the tenth that spent most. */
    decile: number;
    in: "decile";
  }
  /** Number of orders, both ends included. */
  | {
    in: "orders";
    /** At most. */
    max?: number | null;
    /** At least. */
    min?: number | null;
  }
  /** Sum of the order amounts, both ends included. */
  | {
    in: "amount";
    /** At most. */
    max?: number | null;
    /** At least. */
    min?: number | null;
  }
  /** Number of distinct shops. */
  | {
    in: "shops";
    /** Exactly. */
    n_shops: number;
  }
  /** Bought in a month (`year * 12 + month - 1`, as the months table counts). */
  | {
    in: "months";
    /** Only those for whom it was the first order (`true`) or a repeat order (`false`). */
    is_new?: boolean | null;
    /** The month. */
    month: number;
  }
  /** First order in month `cohort`; with `k`, bought again `k` months later. */
  | {
    /** Month of the first order. */
    cohort: number;
    in: "cohort";
    /** Months after it. */
    k?: number | null;
  }
  /** Day of the last order, both ends included. */
  | {
    /** From. */
    from?: string | null;
    in: "last_day";
    /** To. */
    to?: string | null;
  }
  /** Whether there was a second order, and within how many days (both ends included). */
  | {
    /** `false`: no second order yet; the days are then ignored. */
    converted: boolean;
    /** At most so many days. */
    days_max?: number | null;
    /** At least so many days. */
    days_min?: number | null;
    in: "f2";
  }
  /** Ever bought a product; with `repeated`, in two or more orders (or not). */
  | {
    in: "products";
    /** Product code. */
    product: Cell;
    /** In two or more distinct orders. */
    repeated?: boolean | null;
  }
  /** Primary products of the first orders; an absent one is any, `-1` is "no such order". */
  | {
    in: "flow";
    /** Of the first order. */
    p1?: Cell | null;
    /** Of the second. */
    p2?: Cell | null;
    /** Of the third. */
    p3?: Cell | null;
  }
  /** Ever bought both products. */
  | {
    /** One product. */
    a: Cell;
    /** The other. */
    b: Cell;
    in: "pairs_customer";
  }
  /** Can be sent advertising mail: an address, consent, no withdrawal. */
  | { in: "mailable" }
  /** Name, kana, e-mail, phone or key contains the words (normalised). */
  | {
    /** What is looked for. */
    contains: string;
    in: "text";
  }
  /** Whom a row of a report counts. */
  | {
    in: "report";
    /**
     * The row's first columns, as many as tell it; `null` is any. For a column of numbers also a
     * range as text, both ends in it: `"4000..4999"`.
     */
    key?: Cell[];
    /** The column whose number is opened; without it, everybody in the row. */
    measure?: string | null;
    /** The report. */
    question: Question;
    /** Its table. */
    table: string;
  }
  /** Who is in a segment. */
  | {
    /**
     * Id of a saved segment. The server puts its text in before the module is asked, which
     * knows no saved segments; beside a text it is only a remark.
     */
    id?: string | null;
    in: "segment";
    /** Its text, in the language of segments. */
    text?: string | null;
  }
  /** Exactly these customers. */
  | {
    in: "keys";
    /** Keys as lists of customers give them. */
    keys: string[];
  };

/** A contact as it stood on orders. */
export interface Contact {
  /** As typed. */
  buyer: Buyer;
  /** Orders with exactly this contact. */
  orders: number;
}

/** A rendered message. */
export interface Content {
  /** HTML body. */
  html?: string | null;
  /** Subject line, without line breaks. */
  subject: string;
  /** Plain text body. */
  text: string;
}

/** A subscription contract (定期). */
export interface Contract {
  /** Whose it is. */
  buyer?: Buyer;
  /** Why, in the shop's words. */
  cancel_reason?: string | null;
  /** When it was cancelled. */
  cancelled_at?: Moment | null;
  /** Unique within the shop. */
  contract_id: string;
  /** Days between deliveries. */
  cycle_days?: number | null;
  /** The next planned delivery, `YYYY-MM-DD`. */
  next_ship_date?: string | null;
  /** The shop whose customer number it is, as orders name it. */
  shop?: string | null;
  /** When it began. */
  started_at?: Moment | null;
  /** Where it stands. */
  status?: ContractStatus;
}

/** Where a subscription stands. */
export type ContractStatus =
  /** Deliveries go on. */
  | "active"
  /** Resting, to be resumed. */
  | "paused"
  /** Payment failed. */
  | "failed"
  /** Ended by the customer or the shop. */
  | "cancelled"
  /** Ended as agreed. */
  | "completed";

/** What the flow of contracts counts. */
export type ContractUnit =
  /** Each contract by itself (定期推移表). */
  | "contract"
  /** All contracts of a customer as one (フロー離脱率). */
  | "customer";

/** Who buys in bulk (ギフト大口・法人). */
export interface CorporateSettings {
  /** Destinations in percent of the same season of the year before that promise one. */
  growth_percent?: number;
  /** Words of payment methods that mean an invoice. */
  invoice_words?: string[];
  /** Destinations of 12 months from which a customer is 準大口, 大口 and 特別. */
  ladder?: [number, number, number];
  /** Destinations of one order. */
  order_destinations?: number;
  /** With a company's name: pieces that make an order large. */
  order_pieces?: number;
  /** With a company's name: average orders that make an order large. */
  order_times?: number;
  /** Destinations in a first season, or after growth, that promise a large customer. */
  potential_destinations?: number;
  /** Mail domains of free mail and carriers, with all below them. */
  private_domains?: string[];
  /** Reasons that make a corporate customer. */
  reasons?: number;
  /** Amount of 12 months from which a customer is 特別, in minor units. */
  special_amount?: number;
  /** Destinations of 12 months. */
  year_destinations?: number;
  /** Average orders in 12 months that make one without reasons. */
  year_times?: number;
}

/** What is one purchase of a customer. */
export type CountMode =
  /** All orders of a day together; the first of them stands for it. */
  | "days"
  /** Every order. */
  | "orders";

/** What may be spent on a new customer (許容CPA). */
export interface CpaSettings {
  /** Days from the first order within which a customer is to pay, up to 720 (回収期間). */
  horizon_days?: number;
  /** Fixed cost of serving a customer, in minor units. */
  service_cost?: number;
  /** Share of the margin that is to be profit, in basis points. */
  target_profit_share?: number;
}

/** A level of CPM, the lowest first. */
export type CpmLevel =
  /** 初回. */
  | "first"
  /** よちよち. */
  | "toddler"
  /** コツコツ. */
  | "steady"
  /** 流行. */
  | "trend"
  /** 優良. */
  | "loyal";

/** Where the bounds of CPM come from. */
export type CpmPreset =
  /** LTV-Lab: 90, 210 and 240 days, 70,000 yen. */
  | "ltv_lab"
  /**
   * The same days; the amount is seven average orders of the shop (MakeRepeater), in whole
   * thousands.
   */
  | "seven_aov"
  /** Days of 3, 7 and 8 purchase cycles of the shop; the amount as `seven_aov`. */
  | "fit"
  /** The settings' own bounds or rules. */
  | "own";

/** A rule of CPM; all of it must hold. */
export interface CpmRule {
  /** Least amount of all orders, in minor units. */
  amount?: number;
  /** The level that it gives. */
  level?: CpmLevel;
  /** Least number of orders. */
  orders?: number;
  /** Least days from the first order to the last. */
  tenure_days?: number;
}

/** How CPM groups are cut (CPM分析). */
export interface CpmSettings {
  /** For `own`: amount from which one is more than コツコツ, in minor units; exactly so much is. */
  amount?: number;
  /** For `own`: days since the last order from which a customer has lapsed (離脱). */
  lapse_days?: number;
  /** For `own`: tenure from which one above the amount is 優良 and no 流行 any more. */
  loyal_days?: number;
  /** Where the bounds come from. */
  preset?: CpmPreset;
  /**
   * For `own`: rules in place of the two tenures and the amount. The first that holds wins;
   * whoever holds none is 初回.
   */
  rules?: CpmRule[];
  /**
   * For `own`: tenure in days (first order to last) from which a repeater is no よちよち any
   * more.
   */
  steady_days?: number;
  /** Percent of 新規→入門以上, 入門→安定以上 and 安定→流行・優良 that the shop aims at. */
  targets?: [number, number, number];
  /** How many months earlier the transitions begin (推移率). */
  transition_months?: number;
}

/** What each of several curves is of: a trait of the purchase from which days count. */
export type CurvesBy =
  /** Its primary product. */
  | "product"
  /** Its month. */
  | "month"
  /** Its shop. */
  | "shop";

/** What a shop knows of a customer beside the orders: one row of a customer file. */
export interface Customer {
  /** Keys and contact, as in an order. */
  contact: Buyer;
  /** When the customer was registered. */
  registered_at?: Moment | null;
  /** The shop whose customer number it is, as orders name it. */
  shop?: string | null;
  /** The shop's own labels. */
  tags?: string[];
}

/** What is expected of a customer. Bounds are of 95 %. */
export interface CustomerForecast {
  /** The chance that the customer is still with the shop. */
  alive: number;
  /** Purchases within the horizon, later ones worth less (DET). */
  discounted_purchases: number;
  /** How far ahead, in days. */
  horizon_days: number;
  /** The chance that the customer never buys again. */
  never: number;
  /** If there is a next purchase: the day that it comes before as likely as after. */
  next_day: string | null;
  /** It comes no later. */
  next_high: string | null;
  /** It comes no sooner. */
  next_low: string | null;
  /** Purchases within the horizon. */
  purchases: number;
  /** At most so many. */
  purchases_high: number;
  /** At least so many. */
  purchases_low: number;
  /** All later purchases without end, later ones worth less (DERT); absent without interest. */
  residual_purchases?: number | null;
  /** Their worth: the residual lifetime value. */
  residual_value?: number | null;
  /** Their worth. */
  value: number;
  /** At most so much. */
  value_high: number;
  /** At least so much. */
  value_low: number;
}

/** Where a customer number names one person. */
export type CustomerNumbers =
  /** Within the `shop` that the order names; orders that name none share one space. */
  | "shop"
  /** Everywhere: all shops of the book number their customers together. */
  | "book";

/** One customer's whole history. */
export interface CustomerPage {
  /** Whom a person judged to be somebody else; side `a` is this customer. */
  apart: Link[];
  /** The day of the question. */
  as_of: string;
  /** Contacts under which the customer ordered, latest first. */
  contacts: Contact[];
  /** Subscription contracts, those first that began last. */
  contracts: Contract[];
  /** What the customer is due to buy again: its days of use are over, surest first. */
  due?: DueAgain[];
  /** Events up to the day, latest first. */
  events: Event[];
  /** Why these contacts are one person. */
  links: Link[];
  /** Orders, latest first; those that do not count are marked. */
  orders: OrderRow[];
  /** What the customer may want next, surest first. */
  recommended?: Recommended[];
  /** RFM scores by threshold. */
  rfm_threshold: [number, number, number];
  /** As in the list. */
  summary: CustomerRow;
  /** Every score with its reason. */
  why: Why[];
}

/** One customer in a list. */
export interface CustomerRow {
  /** Sum of their amounts. */
  amount: number;
  /** Row and column of the lifecycle matrix. */
  cell: [number, number];
  /** 1 is the tenth that spent most. */
  decile: number;
  /** Likewise. */
  email: string | null;
  /** `YYYY-MM-DD`. */
  first_day: string;
  /**
   * What is expected of the customer; on the customer's page, and in lists that are sorted by
   * it.
   */
  forecast?: CustomerForecast | null;
  /** Names the customer in further questions. */
  key: string;
  /** `YYYY-MM-DD`. */
  last_day: string;
  /** Can be sent advertising mail. */
  mailable: boolean;
  /** As on the latest order that has one. */
  name: string | null;
  /** Number of orders. */
  orders: number;
  /** Likewise. */
  phone: string | null;
  /** Likewise. */
  prefecture: string | null;
  /** Days from the last order to `as_of`. */
  recency_days: number;
  /** RFM scores by quantile. */
  rfm: [number, number, number];
}

/** What a list of customers is sorted by; ties by key. */
export type CustomerSort =
  /** Sum of the order amounts. */
  | "amount"
  /** Number of orders. */
  | "orders"
  /** Day of the first order. */
  | "first_day"
  /** Day of the last order. */
  | "last_day"
  /** What the customer is expected to be worth within the horizon of the settings. */
  | "forecast"
  /** The chance that the customer is still with the shop. */
  | "alive"
  /** The key itself. */
  | "key";

/** A page of a list of customers. */
export interface Customers {
  /** Sum of their amounts. */
  amount: number;
  /** The day of the question. */
  as_of: string;
  /** This page. */
  customers: CustomerRow[];
  /** Those of them who can be sent advertising mail. */
  mailable: number;
  /** Customers who match. */
  total: number;
}

/** One message to one customer. */
export interface Delivery {
  /** Why this customer is in: the conditions that held, in the words of the filter. */
  because: string[];
  /** How. */
  channel: Channel;
  /** Rendered. */
  content: Content;
  /** Key of the customer. */
  customer: string;
  /** `campaign/customer`: the same for every plan of the campaign. */
  key: string;
  /** Address. */
  to: string;
}

/** What becomes of a rank that is not kept. */
export type Demotion =
  /** It is kept all the same. */
  | "never"
  /** The customer falls to the rank below, but not below what is earned. */
  | "one_step"
  /** The customer falls to the rank that the orders within the window earn. */
  | "to_earned";

/**
 * A product that a customer is due to buy again: it was last bought as long ago as it lasts, but
 * not three times as long.
 */
export interface DueAgain {
  /** Days that it lasts: the median of gaps between purchases of it. */
  cycle_days: number;
  /** Days since then. */
  days: number;
  /** How many gaps say so. */
  gaps: number;
  /** The day of the last purchase of it. */
  last_day: string;
  /** Its name, if known. */
  name: string | null;
  /** Whether they are the customer's own, of which there are two or more; else everybody's. */
  own: boolean;
  /** Product code. */
  product: Cell;
}

/** Kinds of errors. */
export type ErrorCode =
  /** The frame or its JSON is malformed, or names something unknown. */
  | "bad_call"
  /** The payload is not what `format` says, or cannot be read at all. */
  | "bad_data"
  /** The file's columns are of no known cart; a mapping is needed. */
  | "unknown_format"
  /** A setting is out of its range. */
  | "bad_setting"
  /** A template cannot be rendered. */
  | "bad_template"
  /** There is no such customer. */
  | "not_found"
  /** More than this instance can hold. */
  | "too_large";

/** Something that happened to a customer outside an order. Appended, never replaced. */
export interface Event {
  /** When. */
  at: Moment;
  /** The contract that it concerns. */
  contract_id?: string | null;
  /** The cart's customer number, if known. */
  customer_id?: string | null;
  /** The delivery that caused it. */
  delivery_key?: string | null;
  /** More of it, by kind: a coupon's code, a reason, a medium. No personal data. */
  detail?: string | null;
  /** The address concerned, if known. */
  email?: string | null;
  /** Unique within the shop: the same event sent twice counts once. */
  event_id: string;
  /**
   * Kinds in use: `consent_given`, `consent_withdrawn`, `mail_sent`, `mail_opened`,
   * `mail_clicked`, `mail_bounced`, `mail_complained`; of contracts `contract_skipped`,
   * `contract_paused`, `contract_resumed`, `cycle_changed` (`detail`: the new days),
   * `payment_failed`, `payment_recovered`, `card_expires` (`detail`: `YYYY-MM`),
   * `cancel_page_viewed`; of customers `complaint`, `coupon_issued` (`detail`: its code),
   * `line_blocked`, `returned`, `page_viewed`. Others are kept.
   */
  kind: string;
  /** The shop whose customer number it is, as orders name it. */
  shop?: string | null;
}

/** Any fact: one line of an NDJSON file, told apart by `"fact"`. */
export type Fact =
  /** See [`Order`]. */
  | { fact: "order" } & Order
  /** See [`Customer`]. */
  | { fact: "customer" } & Customer
  /** See [`Contract`]. */
  | { fact: "contract" } & Contract
  /** See [`Event`]. */
  | { fact: "event" } & Event
  /** See [`Judgement`]. */
  | { fact: "judgement" } & Judgement;

/** Conditions on customers; all must hold. An empty filter is everybody. */
export type Filter = Condition[];

/** How the products of an order count in a flow. */
export type FlowMode =
  /** The primary product alone: all customers of a step add up. */
  | "primary"
  /** Each product of the order. */
  | "sets";

/** Which model of purchases and leaving. */
export type ForecastModel =
  /** The one that does best in the holdout. */
  | "best"
  /** BG/NBD: one leaves after repeat purchases only. */
  | "bg_nbd"
  /** MBG/NBD: one may leave after the first purchase too. */
  | "mbg_nbd"
  /** Pareto/NBD: one leaves at any time. */
  | "pareto_nbd"
  /** BG/BB: one buys or not in each period, by months unless told otherwise. */
  | "bg_bb";

/** By what periods purchases are counted. */
export type ForecastPeriod =
  /** Calendar months. */
  | "month"
  /** Quarters of a year. */
  | "quarter"
  /** Years. */
  | "year";

/** What forecasts look at, unless a question says otherwise. */
export interface ForecastSettings {
  /** Yearly interest by which later purchases are worth less, in basis points. */
  discount_rate?: number;
  /** How far ahead. */
  horizon_days?: number;
  /** Gone: what is earned of an amount is `margin.gross_margin`, as everywhere. */
  margin?: number | null;
}

/** What a payload is. */
export type Format =
  /** An Arrow IPC stream, one row an order line (ARROW.md). */
  | "arrow_lines"
  /** An Arrow IPC stream, one row a customer (ARROW.md). */
  | "arrow_customers"
  /** A JSON array of orders. */
  | "json"
  /** One fact a line. */
  | "ndjson"
  /** A cart's CSV file as it is. */
  | "csv";

/** A season of the shop's own: either the days of orders, or a weekday that gifts are for. */
export interface GiftSeason {
  /** First day of orders as `[month, day]`. */
  from?: [number, number] | null;
  /** Its name. */
  name?: string;
  /** Last day of orders; before `from` it is in the next year. */
  to?: [number, number] | null;
  /**
   * `[month, n, weekday]`: the n-th weekday of a month, 0 for Sunday. Orders count from 30 to
   * 3 days before it.
   */
  weekday?: [number, number, number] | null;
}

/** How gifts are told (ギフト判定): a shipment's score is the sum of what is known of it. */
export interface GiftSettings {
  /** Percent from which it is 併用; below, 自家需要. */
  both_percent?: number;
  /** Days after the first gift within which an order for own use is a conversion (自家需要転換). */
  conversion_days?: number;
  /** Who buys in bulk (法人・大口). */
  corporate?: CorporateSettings;
  /** Score from which a shipment is a gift. */
  gift_score?: number;
  /** Percent of gifts among a customer's shipments from which it is ギフト専用. */
  only_percent?: number;
  /** Orders without any mark of a gift after which a destination is the orderer's own; 0: never. */
  own_orders?: number;
  /** Codes of products for gifts, beside those whose names have a gift word. */
  products?: string[];
  /** Seasons of the shop's own, beside the common ones. */
  seasons?: GiftSeason[];
  /** Months up to the day of the question whose shipments tell what kind of sender a customer is. */
  sender_months?: number;
  /** Score from which it is uncertain and listed for review. */
  uncertain_score?: number;
  /** What evidence adds to the score. */
  weights?: GiftWeights;
}

/** What evidence adds to the score of a shipment. */
export interface GiftWeights {
  /** It goes to another place than the orderer's. */
  address?: number;
  /** The cart's mark, のし, wrapping or a message card; counts once. */
  explicit?: number;
  /** Taken off where the destination is as good as the orderer's own. */
  own?: number;
  /** A product for gifts. */
  product?: number;
  /** Ordered in the peak of a season. */
  season?: number;
  /** The order has several destinations. */
  several?: number;
  /** The recipient has another family name. */
  surname?: number;
  /** A gift word in the buyer's note. */
  word?: number;
}

/** How orders are resolved to people. */
export type IdentityRule =
  /**
   * `customer_id` when there are such numbers and no e-mail addresses, `tiers` when there are
   * such numbers or names in kana, else `email_else_phone`.
   */
  | "auto"
  /** The cart's customer number alone. */
  | "customer_id"
  /** The normalised e-mail address alone. */
  | "email"
  /** Next Engine's rule: e-mail, or the phone where there is no e-mail. */
  | "email_else_phone"
  /** Orders that share an e-mail or a phone, however many steps apart. */
  | "email_and_phone"
  /** The evidence tiers of GLOSSARY.md, with blockers and a review list. */
  | "tiers";

/**
 * A person's word on whether two contacts are one customer. It outweighs all other evidence; of
 * several words about the same pair, the latest counts.
 */
export interface Judgement {
  /** One contact, as answers show it. Meant are all contacts with the same keys. */
  a: Buyer;
  /** The shop whose customer number `a` has, if answers show one. */
  a_shop?: string | null;
  /** When it was said. */
  at: Moment;
  /** The other. */
  b: Buyer;
  /** Likewise of `b`. */
  b_shop?: string | null;
  /** The word. */
  verdict: Verdict;
}

/** Customers who match and get nothing. */
export interface LeftOut {
  /** How many. */
  count: number;
  /** Keys of the first hundred of them. */
  customers: string[];
  /** The reason. */
  reason: LeftOutReason;
}

/** Why a customer gets nothing. */
export type LeftOutReason =
  /** No address is known. */
  | "no_address"
  /** The address cannot be mailed (malformed, or a mall's masked alias). */
  | "bad_address"
  /** No consent to advertising mail is on record. */
  | "no_consent"
  /** Consent was withdrawn. */
  | "withdrawn"
  /** Another customer of this plan has the same address. */
  | "same_address";

/** Bounds of the lifecycle matrix (ライフサイクルの9つのセグメント): purchases x days since the last. */
export interface LifecycleBounds {
  /** Last day since the last order on which a customer is still 稼働. */
  active_days?: number;
  /** Orders from which a customer is 常連. */
  constant_orders?: number;
  /** Last day on which a customer is うとうと; after it, 休眠. */
  drowsy_days?: number;
  /** Orders from which a customer is 有望 (the row below is 新規). */
  promising_orders?: number;
}

/** One line of an order. */
export interface Line {
  /** Line total after line discounts; `quantity x unit_price` when absent. */
  amount?: number | null;
  /** The line alone was cancelled. */
  cancelled?: boolean;
  /** 定期回数: 1 for the contract's first delivery. */
  contract_count?: number | null;
  /** 定期 contract that made this line. */
  contract_id?: string | null;
  /** Only goods count; other kinds are kept and left out of the analyses. */
  kind?: LineKind;
  /** Product name as shown on the order. */
  name?: string | null;
  /** Product code: what the analyses group by. */
  product: string;
  /** Pieces. */
  quantity: number;
  /** `shipment_id` of its destination. */
  shipment_id?: string | null;
  /** Variant (SKU), where products have them. */
  sku?: string | null;
  /** Consumption tax in basis points: 10 % = 1000. */
  tax_rate?: number | null;
  /** Cost of one piece, for margin. */
  unit_cost?: number | null;
  /** Price of one piece. */
  unit_price: number;
}

/** What a line stands for. */
export type LineKind =
  /** Something sold. */
  | "goods"
  /** Postage. */
  | "shipping"
  /** Payment fee, wrapping charge and the like. */
  | "fee"
  /** Discount, with a negative amount. */
  | "discount"
  /** Tax. */
  | "tax"
  /** Points, with a negative amount. */
  | "points"
  /** Put in for nothing (同梱物). */
  | "enclosed";

/** One line of an order. */
export interface LineRow {
  /** Line total. */
  amount: number;
  /** Product name, if known. */
  name: string | null;
  /** Product code. */
  product: string;
  /** Pieces. */
  quantity: number;
}

/** Evidence that two contacts are one person, or may be. */
export interface Link {
  /** One contact. */
  a: Side;
  /** The other. */
  b: Side;
  /** What kept a review pair apart, such as `birth_differs`. */
  blocked_by?: string | null;
  /** What agrees, such as `email`. */
  evidence: string;
  /** 0 customer number or a person's judgement, 1 e-mail, 2 phone and kana, 3 kana and address, 4 for review. */
  tier: number;
}

/**
 * Adds facts. One load may come in several calls, and one file of `json`, `ndjson` or `csv` in
 * several pieces, cut anywhere. All rows of an order within one load are one version of it, and a
 * later load replaces the order. A load whose call fails is taken back as a whole.
 */
export interface Load {
  /**
   * Our column name → the payload's, for `arrow_lines` and `arrow_customers`. What is not
   * named is looked for under our own name.
   */
  columns?: Record<string, string>;
  /** What the payload is. */
  format: Format;
  /**
   * Only what identity needs is kept, to find the shards of a shop. The payload of the answer
   * has for each row (or fact) the number of its order as 32 bits: orders are numbered from 0
   * as they first come, a row without an order is 2^32 - 1.
   */
  keys?: boolean;
  /** About how many lines the load has in all, so that memory is taken once. */
  lines_hint?: number | null;
  /**
   * For `csv`: how its columns are read, as the TOML text of a column mapping. Without it the
   * cart is told by its header.
   */
  mapping?: string | null;
  /** More calls of this load follow. */
  more?: boolean;
  /** Only the rows of one shard are taken in. */
  shard?: ShardRows | null;
}

/** What became of a load, counted over all its calls so far. */
export interface Loaded {
  /** Contracts among them. */
  contracts: number;
  /** Events among them. */
  events: number;
  /** The format that was recognised, such as `next_engine`. */
  format: string;
  /** Lines taken in. */
  lines: number;
  /** Orders taken in, those that replaced an earlier version included. */
  orders: number;
  /** Customers, contracts, events that were not known, and judgements taken in. */
  others: number;
  /** The first thousand of them. */
  rejected: Rejected[];
  /** Rows refused. An order with a refused row is taken in without that row. */
  rejected_count: number;
  /** Orders that replaced an earlier version. */
  replaced: number;
  /** Rows (or JSON items) read. */
  rows: number;
  /** Orders passed over because a newer version was there. */
  stale: number;
  /**
   * Columns of an Arrow stream or of Okaeri's own CSV whose names are none of ours, so that
   * they were passed over: the first hundred. A misspelt name is here.
   */
  unread?: string[];
}

/** What of a customer's first order makes a group of LTV. */
export type LtvBy =
  /** Its month. */
  | "month"
  /** Its primary product. */
  | "product"
  /** The medium that brought it. */
  | "media"
  /** The first coupon code used. */
  | "coupon"
  /** For own use, or a gift. */
  | "gift"
  /** Where the buyer lived. */
  | "prefecture"
  /** 通常, or made by a contract (定期). */
  | "subscription";

/**
 * How customers are ranked by LTV (高LTV, 潜在LTV, 一般). Bounds are included; the rules are tried
 * in this order, and who cancelled a contract and has none left is 一般 before the last two.
 */
export interface LtvSettings {
  /** 高LTV: amount of the last 365 days, in minor units. */
  high_amount?: number;
  /** 高LTV: cycles of a contract that goes on, with `high_cycles_amount`. */
  high_cycles?: number;
  /** 高LTV: amount of the last 365 days beside those cycles. */
  high_cycles_amount?: number;
  /** 高LTV: forecast value, in minor units. */
  high_forecast?: number;
  /** 潜在LTV: forecast value, in minor units. Any contract that goes on is 潜在LTV too. */
  potential_forecast?: number;
  /** 潜在LTV: most days between orders, with `potential_recency_days`. */
  potential_interval_days?: number;
  /** 潜在LTV: most days since the last order. */
  potential_recency_days?: number;
}

/** What a margin is. */
export interface MarginSettings {
  /**
   * Gross margin in basis points of the price (6000 is 60 %), where no line of the shop tells
   * its cost.
   */
  gross_margin?: number;
  /**
   * Whether the points that orders were paid with are the shop's own expense; false where a
   * mall pays them.
   */
  points_by_shop?: boolean;
}

/** What was spent on a medium (広告費). */
export interface MediaCost {
  /** In minor units, spent evenly over these days. */
  cost: number;
  /** First day that the cost is of. */
  from: string;
  /** The medium, as orders name it. */
  media: string;
  /** Last day that the cost is of. */
  to: string;
}

/** One rank, and what it takes to rise to it. */
export interface MemberRank {
  /** Amount within the window, in minor units; absent: as `average_orders` says. */
  amount?: number | null;
  /** Amount within the window as so many average orders of the shop. */
  average_orders?: number;
  /** Amount that keeps it; by `keep_percent` when absent. */
  keep_amount?: number | null;
  /** Orders that keep it; by `keep_percent` when absent. */
  keep_orders?: number | null;
  /** Its name. */
  name?: string;
  /** Orders within the window. */
  orders?: number;
}

/** RFC 3339, or the shop's local time without an offset: 2025-01-31T10:00:00 */
export type Moment = string;

/** When a line of a customer's order is new. */
export type NewLine =
  /** It is in the customer's first order. */
  | "store_first"
  /** It is the customer's first purchase of the product (指定商品初回). */
  | "product_first"
  /** The customer placed no order for a while before. */
  | "window_new"
  /** It is in the customer's first order through that advertising medium. */
  | "media_first";

/** Something that a reader of the answer should know. */
export interface Note {
  /** For programs and translations, such as `left_out_cancelled`. */
  code: string;
  /** How many orders, customers or rows it concerns. */
  count: number;
  /** In English. */
  message: string;
}

/** One purchase act by one buyer. */
export interface Order {
  /** What the buyer paid. */
  billed_total?: number | null;
  /** Who ordered. */
  buyer?: Buyer;
  /** Coupon codes used. */
  coupons?: string[];
  /** ISO 4217; the shop's currency when absent. */
  currency?: string | null;
  /** Discounts on the whole order, as a positive number; line discounts are not in it. */
  discount_total?: number | null;
  /** Payment and cash-on-delivery fees. */
  fee_total?: number | null;
  /** What was ordered. */
  lines?: Line[];
  /** Advertising code or medium that brought the order (広告コード, utm). */
  media?: string | null;
  /** Free words of the buyer. */
  note?: string | null;
  /** Unique within the shop's book. An order that is sent again under this id replaces itself. */
  order_id: string;
  /** The number that the buyer sees, where it differs. */
  order_no?: string | null;
  /** When the buyer ordered. An order without it is rejected. */
  ordered_at?: Moment | null;
  /** The order of which this is a part or a copy. */
  parent_id?: string | null;
  /** As the cart names it. */
  payment_method?: string | null;
  /** Points paid with, in currency. */
  points_used?: number | null;
  /** What was paid back. */
  refunded_total?: number | null;
  /** Destinations. Empty when the cart does not say. */
  shipments?: Shipment[];
  /** Postage. */
  shipping_total?: number | null;
  /** Sales channel or store front, such as `rakuten`. */
  shop?: string | null;
  /** Where the order stands. */
  status?: OrderStatus;
  /** The shop's own labels. */
  tags?: string[];
  /** Whether unit prices and amounts include consumption tax. */
  tax_included?: boolean | null;
  /** Consumption tax of the order. */
  tax_total?: number | null;
  /** When the cart last changed the order; an older version never replaces a newer one. */
  updated_at?: Moment | null;
}

/** One order of a customer. */
export interface OrderRow {
  /** Amount of its goods. */
  amount: number;
  /** Whether any destination is marked as a gift. */
  is_gift: boolean;
  /** Lines. */
  lines: LineRow[];
  /** Order id. */
  order_id: string;
  /** Local time, `YYYY-MM-DDThh:mm:ss`. */
  ordered_at: string;
  /** 1 for the first counted order, 0 when it does not count. */
  seq: number;
  /** Destinations. */
  shipments: number;
  /** Shop, if the cart says. */
  shop: string | null;
  /** Status. */
  status: OrderStatus;
}

/** Where an order stands. */
export type OrderStatus =
  /** Not yet an order (a cart being filled, payment under way). Never counted. */
  | "draft"
  /** Ordered and not cancelled, whatever its shipping state. */
  | "open"
  /** Shipped in full. */
  | "shipped"
  /** Done. */
  | "completed"
  /** Cancelled by the shop, the buyer or the system. Not counted. */
  | "cancelled"
  /** Wholly returned. Not counted. */
  | "returned"
  /** Taken up into another order (同梱). Not counted, and not a cancellation. */
  | "merged";

/** Which orders a repeat analysis looks at, by how they came. */
export type OrderSubject =
  /** All of them (全て). */
  | "all"
  /** Those of which no contract made a line (通常). */
  | "one_time"
  /** Those of which a contract made a line (定期). */
  | "subscription";

/** A customer whose rank a person has set. */
export interface PinnedRank {
  /** The customer's key, as lists have it. */
  customer?: string;
  /** The rank's name. */
  rank?: string;
}

/** The deliveries due, and for everyone left out, why. */
export interface Plan {
  /** This page of them, ascending by customer key. */
  deliveries: Delivery[];
  /** Why the others get nothing. */
  left_out: LeftOut[];
  /** Customers who match the filter. Equals `to_send` and all counts of `left_out`. */
  matched: number;
  /** Deliveries in the whole plan. */
  to_send: number;
}

/** A group, a channel and a template. */
export interface PlanRequest {
  /** As in [`crate::request::Call::Ask`]. */
  as_of: string;
  /**
   * Names the campaign; part of every delivery's key, so that a campaign reaches a customer
   * once however often it is planned.
   */
  campaign: string;
  /** How. */
  channel?: Channel;
  /** Who. */
  filter?: Filter;
  /** How many deliveries to render. */
  limit?: number;
  /** First delivery to return; those before it are only counted. */
  offset?: number;
  /** What. */
  template: Template;
}

/**
 * A question. `top` keeps the tables with a row for each combination short: their first rows by
 * count, and for pairs the metrics; without it they are whole, in canonical order.
 */
export type Question =
  /** Every table below, in one pass. Answer: `Tables`. */
  | {
    kind: "dashboard";
    /** See [`Question`]. */
    top?: number | null;
  }
  /** Lines, orders, customers, revenue, first and last day. */
  | { kind: "summary" }
  /** Customers by number of orders, ten and more together. */
  | { kind: "counts" }
  /** Customers by the number of shops that they bought at. */
  | { kind: "shops" }
  /** Customers and amount by RFM score. */
  | {
    kind: "rfm";
    /** Quantiles, or the bounds of the settings. */
    mode?: RfmMode;
  }
  /** The lifecycle matrix. */
  | { kind: "cells" }
  /** Months: orders and revenue of new, repeat and guest. */
  | { kind: "months" }
  /** Products: orders of new and repeat, quantity, revenue, customers, repeaters. */
  | { kind: "products" }
  /** Retention and cumulative revenue by month of the first order. */
  | { kind: "cohort" }
  /** First to second order within 30 to 365 days, by month of the first order. */
  | { kind: "f2" }
  /** Days from the first to the second order. */
  | { kind: "f2hist" }
  /** First to second order by the product of the first. */
  | { kind: "f2prod" }
  /** Primary products of the first three orders. */
  | {
    kind: "flow";
    /** See [`Question`]. */
    top?: number | null;
  }
  /** Primary products of the first two orders. */
  | {
    kind: "flow12";
    /** See [`Question`]. */
    top?: number | null;
  }
  /** Products bought in the same order. */
  | {
    kind: "pairs_order";
    /** See [`Question`]. */
    top?: number | null;
  }
  /** Products bought by the same customer. */
  | {
    kind: "pairs_customer";
    /** See [`Question`]. */
    top?: number | null;
  }
  /** Tenths of the customers by amount. */
  | { kind: "decile" }
  /**
   * 定期フロー: contracts by the cycles that they completed, and what became of them. Tables
   * `statuses`, `cycles`, `cycles_by_month`, `reasons`, `skips`, `cycle_changes`.
   */
  | {
    /** The last cycle that has a row; 24 when absent. */
    cycles?: number | null;
    kind: "contract_flow";
    /** Only contracts that began in the last so many months; all when absent. */
    months?: number | null;
    /** Only contracts whose first delivery is of this product. */
    product?: Cell | null;
    /** What is counted. */
    unit?: ContractUnit;
  }
  /**
   * 定期継続: how long contracts last, so far and by sBG or BdW, and what is to come of them.
   * Tables `cycles`, `days`, `models`, `holdout`, `forecast`, `ages`, `by_product`; `decided` of
   * `cycles` opens by the table `decisions`.
   */
  | {
    /** Cycles that are forecast beyond those seen; 24 when absent. */
    ahead?: number | null;
    /** The last cycle that the models of the holdout know; half of those seen when absent. */
    cutoff?: number | null;
    /** Yearly interest in basis points; that of `settings.forecast` when absent. */
    discount_rate?: number | null;
    kind: "contract_retention";
    /** Only contracts that began in the last so many months; all when absent. */
    months?: number | null;
    /** Only contracts whose first delivery is of this product. */
    product?: Cell | null;
    /** Products that have a row; 5 when absent. */
    products?: number | null;
  }
  /**
   * Contracts by month (定期の解約率): active at its start, new, resumed, cancelled, paused,
   * completed, active at its end, in contracts and in amount a month. Table `months`.
   */
  | {
    kind: "contract_churn";
    /** Months up to that of the day; 24 when absent. */
    months?: number | null;
    /** Only contracts whose first delivery is of this product. */
    product?: Cell | null;
  }
  /**
   * 解約見込み: contracts that may be cancelled within 30 days, by rules and a fitted model.
   * Tables `bands`, `signals`, `top`, `quality`, `calibration`, `weights`.
   */
  | {
    kind: "churn_risk";
    /** Contracts that `top` lists; 100 when absent. */
    limit?: number | null;
  }
  /** Customers by LTV rank (高LTV, 潜在LTV, 一般), by the settings. Tables `ltv_ranks`, `ltv_reasons`. */
  | {
    /** Whether the rules on forecasts are tried; true when absent. */
    forecast?: boolean | null;
    kind: "ltv_ranks";
  }
  /**
   * What became of the customers who reached their n-th purchase (継続・離脱): gone on to the
   * next, still waiting, or lapsed; and the rate of those who went on within `lapse_days`, of
   * those whose days are over. Tables `steps`, `steps_by_cohort`.
   */
  | {
    /** What is one purchase. */
    count?: CountMode;
    kind: "steps";
    /** Days without an order after which a customer has lapsed; 60 when absent. */
    lapse_days?: number | null;
    /** Only customers whose first purchase has this primary product. */
    product?: Cell | null;
    /** The last step; 10 when absent. */
    steps?: number | null;
    /** Which orders are looked at: the n-th purchase is the n-th of these. */
    subject?: OrderSubject;
  }
  /**
   * From the n-th purchase to the next within a number of days (F2転換率, Fn). Table
   * `conversion` has for each n and window who reached n, whose window is over, who of these
   * went on within it, and the rate. Table `conversion_by_cohort` has the second purchase by
   * month of the first order; its rate is null until every member's window is over (`is_closed` 1).
   */
  | {
    /** What is one purchase. */
    count?: CountMode;
    kind: "conversion";
    /** Only customers whose first purchase has this primary product. */
    product?: Cell | null;
    /** The last n; 10 when absent. */
    steps?: number | null;
    /** The windows in days; 30, 60, 90, 120, 180 and 360 when absent. */
    within_days?: number[] | null;
  }
  /**
   * Days from the n-th purchase to the next (リードタイム), those still waiting counted as such.
   * Tables `curve` (who has gone on by a day, with a 95 % band; a row has the events since the
   * row before), `quantiles` (days by which 25, 50 and 75 % have gone on), `peak` (the day on
   * which the next purchase is likeliest, and `send_day` before it), and `lead_time`: closed
   * gaps alone, in bins of 30 days, which makes them look short.
   */
  | {
    /** A curve for each of the six largest groups; one of all when absent. */
    by?: CurvesBy | null;
    /** What is one purchase. */
    count?: CountMode;
    /** Only gaps of at most so many days. */
    days_max?: number | null;
    /**
     * Only gaps of at least so many days, of those still waiting so far. With table `gaps` it
     * opens a row of `curve`, which counts the days after the row before up to its own.
     */
    days_min?: number | null;
    /** `lead_time` has customers whose first order is on or after this day. */
    from?: string | null;
    /** The n from which days count, 0 for every purchase; 1 when absent. */
    from_order?: number | null;
    kind: "days_to_next";
    /** How many days before the peak to send; 7 when absent. */
    lead_days?: number | null;
    /** Only from purchases with this primary product. */
    product?: Cell | null;
    /** `lead_time` has next orders up to this day. */
    to?: string | null;
  }
  /**
   * Retention by month of the first order: who bought in the k-th period after it, and who
   * bought in it or later (`still`). Rates are null until the period is over for every member
   * (`is_closed` 1). Tables `cohorts`, and `cohorts_all` of who has had a period (`closed`).
   */
  | {
    kind: "cohorts";
    /** How long a period is. */
    period?: CohortPeriod;
    /** Days of a period by days; 30 when absent. */
    period_days?: number | null;
    /** The last k; 24 when absent. */
    periods?: number | null;
  }
  /**
   * Customers by level and whether they still buy (CPM分析). Tables `cpm` (the ten groups),
   * `cpm_bounds` and `cpm_rules` (how they are cut, and by what), `cpm_history` (the groups at
   * the last twelve month ends), `cpm_transitions` (group some months earlier x group now) and
   * `cpm_rates` (from a level, active then, to any higher).
   */
  | {
    kind: "cpm";
    /** Where the bounds come from; as the settings say when absent. */
    preset?: CpmPreset | null;
  }
  /**
   * Named groups of RFM scores. Tables `rfm_groups`, `rfm_segments` (the ten segments of the R
   * package `rfm`), `rfm_bounds`; with `since` also `rfm_moves` and `rfm_axis_moves`.
   */
  | {
    /** For bounds: what M is cut by; absent: the average order with a preset, else settings. */
    amount?: RfmAmount | null;
    kind: "rfm_groups";
    /** Quantiles, or bounds. */
    mode?: RfmMode;
    /** For bounds: which; those of the settings when absent. */
    preset?: RfmPreset | null;
    /** An earlier day to compare with. */
    since?: string | null;
  }
  /**
   * Tenths by amount of those who bought in a period. Tables `deciles`, and `large_single`: of
   * how many in each tenth one order is half of their amount or more.
   */
  | {
    /** Days of the period, its last included; 0: all orders. As in the settings when absent. */
    days?: number | null;
    kind: "decile_period";
  }
  /** Customers by number of orders and days since the last (LifeCycle Grids). Table `grid`. */
  | {
    /** Greatest days since the last order of each column but the last; likewise. */
    days?: number[] | null;
    /** In place of `days`: to where 75 % and 90 % of the gaps between purchases end. */
    fit?: boolean;
    kind: "lifecycle_grid";
    /** Least orders of each row but the first, up to 11; as in the settings when absent. */
    orders?: number[] | null;
  }
  /** Customers by member rank (会員ランク). Tables `member_ranks` and `member_rank_bounds`. */
  | { kind: "member_ranks" }
  /**
   * Who is expected to buy again, how often and for how much: a model of purchases and leaving,
   * chosen by a holdout, and one of amounts. Tables `forecast` (totals with bounds of 95 %, and
   * without end, given interest), `forecast_alive` (tenths of the chance to be still there),
   * `forecast_parameters`, `forecast_models`, `forecast_weeks`, `forecast_classes` (the holdout)
   * and `forecast_season`. What is absent is as in the settings.
   */
  | {
    /** Yearly interest in basis points. */
    discount_rate?: number | null;
    /** How far ahead. */
    horizon_days?: number | null;
    kind: "forecast";
    /** The part of an amount that is value, in basis points; all of it when absent. */
    margin?: number | null;
    /** Which model. */
    model?: ForecastModel;
    /**
     * Count periods in which somebody bought, once they are over, in place of purchases;
     * forecasts are of those that end within the horizon, and BG/BB takes part.
     */
    period?: ForecastPeriod | null;
    /** In place of `period`: a season of every year, with its early orders, by its name. */
    season?: string | null;
    /** Whether months may have factors, where these do better in the holdout; not by periods. */
    seasonal?: boolean;
  }
  /**
   * Products by new and repeat buyers (商品別 新規・リピート): buyers, orders, sales, 商品別リピート率,
   * and what a buyer is worth within a year. Table `product_repeat`.
   */
  | {
    /** Only purchases of so many days up to the day of the question; all when absent. */
    days?: number | null;
    kind: "product_repeat";
    /** Days from the first purchase of the product that LTV covers; 365 when absent. */
    ltv_days?: number | null;
    /** When an order's line is new. */
    new?: NewLine;
    /** For `window_new`: days without an order before; 365 when absent. */
    window_days?: number | null;
  }
  /**
   * Later purchases of one product by month of the first one (商品別LTV). Tables `product_ltv`,
   * `product_ltv_by_cohort`.
   */
  | {
    /** Days from the first purchase in which later ones count (継続基準日数); 365 when absent. */
    days?: number | null;
    kind: "product_ltv";
    /** Code of the product. */
    product: Cell;
    /** The last purchase counted, 2 to 20; 6 when absent. */
    purchases?: number | null;
  }
  /**
   * Products of the first order, by what their customers did next (入口商品). Tables
   * `entry_products`, `entry_all`.
   */
  | {
    kind: "entry_products";
    /** Products with fewer customers are left out; 30 when absent. */
    min_customers?: number | null;
  }
  /**
   * Which products follow which from order to order, and who stops (購入フロー). Tables
   * `flow_nodes`, `flow_links`; the product -2 is all that are not among the first of their step.
   */
  | {
    kind: "purchase_flow";
    /** Days without an order after which a customer has lapsed; 60 when absent. */
    lapse_days?: number | null;
    /** How an order's products count. */
    mode?: FlowMode;
    /** Orders followed, 1 to 10; 3 when absent. */
    steps?: number | null;
    /** Products of a step that stand on their own; 10 when absent. */
    top?: number | null;
  }
  /**
   * Days from one purchase of a product to the next (使用日数), and what is bought after it. Tables
   * `product_cycle`, `product_next`.
   */
  | {
    kind: "product_cycle";
    /** Days before the median on which to write; 7 when absent. */
    lead_days?: number | null;
    /** Closed gaps without which nothing is said of a product's days; 5 when absent. */
    min_gaps?: number | null;
  }
  /** What sells together (クロスセル, 併売). Tables `rules`, `sets`, `baskets`. */
  | {
    /** Codes of products to leave out: samples, postage. */
    exclude?: Cell[];
    kind: "cross_sell";
    /** Rules, and sets, at most; 100 when absent. */
    limit?: number | null;
    /** Products on the left of a rule at most, 1 to 3; 2 when absent. */
    max_items?: number | null;
    /** Baskets that must have all products of a set; 5 when absent. */
    min_count?: number | null;
    /** Rules of a lift of at least this; 1.2 when absent. */
    min_lift?: number | null;
    /** The share of the baskets that must have them, 0 to 1; 0.001 when absent. */
    min_support?: number | null;
    /** Only rules with this product on the left. */
    product?: Cell | null;
    /** What a basket is. */
    unit?: BasketUnit;
    /** For `customer`: the days up to the day of the question; 180 when absent. */
    window_days?: number | null;
  }
  /**
   * What customers bring within so many days of their first order (経過日数LTV), in sales and in
   * margin. Tables `ltv` (a window counts customers whose days are over: `closed`), `ltv_spread`
   * (mean, median and what the top tenth brings, within the days of the setting `cpa`), and
   * `costs` (what is known of costs).
   */
  | {
    /** What of the first order makes a group; all together when absent. */
    by?: LtvBy | null;
    /** Windows in days, 24 at most; those of the settings when absent. */
    days?: number[] | null;
    kind: "ltv";
    /** Products, media … that are shown each, the rest as one row; 30 when absent. */
    top?: number | null;
  }
  /**
   * By what the first order was like: by how much its customers buy more often and leave sooner
   * than all others, with bounds (Pareto/NBD with a covariate). Table `effects`.
   */
  | {
    /** What makes a group; the medium when absent. */
    by?: LtvBy | null;
    /** Days for which a new customer's purchases are expected; as in the settings when absent. */
    horizon_days?: number | null;
    kind: "effects";
    /** Products, media … that are shown each; 5 when absent. */
    top?: number | null;
  }
  /**
   * What each medium brought and whether it paid (広告LTV, CPA, ROAS, 許容CPA, 回収), by the
   * settings `media_costs` and `cpa`. Tables `media`, `media_curve` (LTV every 30 days up to
   * 720), `costs`.
   */
  | {
    /** Whose the later orders of a customer are. */
    attribution?: Attribution;
    kind: "media";
    /** Media that are shown each; the rest is one row. 30 when absent. */
    top?: number | null;
  }
  /**
   * Who gets coupons, who uses them, and who would have come anyway. Tables `coupons` (by code),
   * `coupon_orders` (with a coupon and without), `coupon_dependence` (customers by the share of
   * their orders with a discount), `costs`.
   */
  | {
    kind: "coupons";
    /** Codes that are shown each; the rest is one row. 30 when absent. */
    top?: number | null;
    /** Days before an order without another, and after it for the next; 90 when absent. */
    window_days?: number | null;
  }
  /**
   * Pieces of a product bought at once, and what a discount by pieces would change (まとめ買い).
   * Tables `bundle_products`, `bundle_quantities` (six pieces and more together), `bundle_pairs`
   * (what one customer buys, but seldom in one order), `costs`.
   */
  | {
    kind: "bundles";
    /** The discount by pieces; as the settings say when absent. */
    ladder?: BundleStep[] | null;
    /** Products that are shown each, and pairs; 30 when absent. */
    top?: number | null;
    /** Percent of the orders of one piece that would take the first step; 10 when absent. */
    uplift_percent?: number | null;
  }
  /**
   * Orders around the amount from which there is no postage (送料無料), and what another would
   * change. Tables `free_shipping`, `free_shipping_moves`, `free_shipping_bins`,
   * `free_shipping_left_out`, `costs`.
   */
  | {
    /** Width of a bin in minor units; 500 when absent. */
    bin?: number | null;
    /** Boxes of contracts count too. */
    contracts?: boolean;
    kind: "free_shipping";
    /** Today's amount; as the settings say, or found from the orders, when absent. */
    threshold?: number | null;
    /** Amounts to try; up to two bins around today's when absent. */
    to?: number[] | null;
    /** Percent of the orders just below that fill up; 10 when absent. */
    uplift_percent?: number | null;
  }
  /**
   * Shipments by what they are (ギフト比率): gifts, uncertain ones and own use. Tables
   * `gift_share` by month, `gift_evidence` by what speaks for it, `gift_senders` by kind of
   * sender (ギフト専用, 併用, 自家需要), `gift_noshi` by what a のし is for, and `review`: the
   * latest uncertain shipments.
   */
  | {
    kind: "gift_share";
    /** Rows of `review`; 100 when absent. */
    limit?: number | null;
  }
  /**
   * Seasons of gifts by year. Table `gift_seasons`: senders, pairs (sender and recipient),
   * shipments, and who and which pairs were there in the next year again (シーズン継続率,
   * 届け先継続率: null until that season is over). Table `own_conversion`: the first order for
   * own use after the first gift (自家需要転換), by month of the gift.
   */
  | {
    /** Days within which an order for own use is a conversion; the settings' when absent. */
    conversion_days?: number | null;
    kind: "gift_seasons";
  }
  /**
   * Who sends in one season and in another of the same year (季節跨ぎ). Table `gift_cross`; a
   * season with itself has all its senders.
   */
  | { kind: "gift_cross" }
  /**
   * Pairs of last year's season that are not repeated although its peak has begun (送り忘れ).
   * Tables `gift_lost`, and `lost_senders`: senders by the amount of their lost pairs, with
   * recipients by prefecture and first letter alone.
   */
  | {
    kind: "gift_lost";
    /** Rows of `lost_senders`; 100 when absent. */
    limit?: number | null;
  }
  /** Whether the first order was a gift or for own use, and the second. Table `gift_flow`. */
  | { kind: "gift_flow" }
  /**
   * Recipients of gifts who later ordered themselves, by name and place (受取人の顧客化).
   * Measured alone: it opens nobody. Table `gift_recipients`.
   */
  | { kind: "gift_recipients" }
  /**
   * Who buys in bulk (ギフト大口・法人). Tables `corporate` by number of reasons,
   * `corporate_reasons`, `corporate_status` (一般, 準大口, 大口, 特別: now and a year ago), and
   * the lists `corporate_customers`, `corporate_potential` (who may grow large),
   * `early_reservations` (whom to ask before a season that comes within 70 days).
   */
  | {
    /** The average order in minor units; the shop's when absent. */
    average_order?: number | null;
    kind: "corporate";
    /** Rows of each list; 100 when absent. */
    limit?: number | null;
  }
  /** Orders joined by shared e-mail and phone: components by their numbers of keys. */
  | { kind: "id_cc" }
  /** Possible duplicates for a person to judge (review list of 名寄せ). Answer: `Review`. */
  | {
    kind: "review";
    /** How many pairs. */
    limit?: number;
    /** First pair to return. */
    offset?: number;
  }
  /** A list of customers. Answer: `Customers`. */
  | {
    /** Smallest first. */
    ascending?: boolean;
    /** All conditions must hold. */
    filter?: Filter;
    kind: "customers";
    /** How many customers. */
    limit?: number;
    /** First customer to return. */
    offset?: number;
    /** Column to sort by. */
    sort?: CustomerSort;
  }
  /**
   * Which mail addresses must not be written to any more, because the latest word of somebody
   * who ordered with them is a withdrawal or a complaint. Answer: `Withdrawn`.
   */
  | {
    /** The addresses in question. */
    emails: string[];
    kind: "withdrawn";
  }
  /** Who is in a segment, and what is wrong with its text. Answer: `Segment`. */
  | {
    kind: "segment";
    /** How many customers to show. */
    limit?: number;
    /** The segment. */
    text: string;
  }
  /** How segments overlap. Answer: `SegmentOverlap`. */
  | {
    kind: "segment_overlap";
    /** Two to six segments. */
    texts: string[];
  }
  /** What may be written at a place in a segment. Answer: `SegmentWords`. */
  | {
    /** The place, in UTF-16 code units; at the end when absent. */
    cursor?: number | null;
    kind: "segment_words";
    /** The segment as far as it is written. */
    text: string;
  }
  /** Everything that a segment can ask for. Answer: `SegmentAttributes`. */
  | { kind: "segment_attributes" }
  /** One customer's whole history, with every score and why. Answer: `Customer`. */
  | {
    /**
     * Leaves out what is made of the whole shop: the forecast, the scores of its own bounds
     * and recommendations. The page then comes sooner.
     */
    brief?: boolean;
    /** The key that lists of customers give. */
    key: string;
    kind: "customer";
  };

/** What earns a rank. */
export type RankBasis =
  /** The amount. */
  | "amount"
  /** The number of orders. */
  | "orders"
  /** Either of them. */
  | "either"
  /** Both. */
  | "both";

/** When ranks are judged. */
export type RankEvaluation =
  /** Every night: a customer rises at once. */
  | "nightly"
  /** On the last night of each month. */
  | "month_ends"
  /** For `year`: when a year is over, for the next one; nobody rises within it. */
  | "year_ends";

/** Which orders count for a rank. */
export type RankPeriod =
  /** Those of the last `window_days`. */
  | "rolling"
  /**
   * Those of the year that goes on. A customer keeps a rank through the next year, and falls
   * when that is over.
   */
  | "year";

/** The plan of member ranks (会員ランク). */
export interface RankPlan {
  /** What earns a rank. */
  basis?: RankBasis;
  /** For `year`: years more for which a rank is held without being kept. */
  carry_over_years?: number;
  /** What becomes of a rank that is not kept. */
  demote?: Demotion;
  /** When ranks are judged. */
  evaluate?: RankEvaluation;
  /** Days for which a rank that is not kept is held all the same. */
  grace_days?: number;
  /** Whether the postage of orders counts towards a rank's amount. */
  include_shipping?: boolean;
  /** Percent of a rank's conditions that keep it. */
  keep_percent?: number;
  /** Name of the lowest rank, which everybody has. */
  lowest?: string;
  /** Days ahead in which a customer counts as about to lose the rank. */
  outlook_days?: number;
  /** Which orders count. */
  period?: RankPeriod;
  /** Customers whose rank is set by hand; it neither rises nor falls. */
  pinned?: PinnedRank[];
  /** The ranks above it; each asks for more than the one before. */
  ranks?: MemberRank[];
  /** For `rolling`: days that an order counts, its own day included; 0: for life. */
  window_days?: number;
  /** For `year`: the month and day on which a year begins; at most the 28th. */
  year_from?: [number, number];
}

/**
 * A product that a customer may want next: of those who bought what this customer has, many
 * bought it within half a year.
 */
export interface Recommended {
  /** Codes of the products that the customer has and that speak for it. */
  because: Cell[];
  /** The one by the other (信頼度). */
  confidence: number;
  /** Lower bound of its 95 % interval. */
  confidence_low: number;
  /** Customers who bought those and it. */
  customers: number;
  /** How many times as often as among all customers. */
  lift: number;
  /** Its name, if known. */
  name: string | null;
  /** Customers who bought those. */
  of: number;
  /** Product code. */
  product: Cell;
}

/** A refused row. */
export interface Rejected {
  /** What a program branches on, such as `not_a_number`. */
  code: string;
  /** Column, as the file names it. */
  column: string;
  /** What a person reads. */
  reason: string;
  /** 1 is the first row of data; 0 when the row cannot be told. */
  row: number;
}

/** What every call answers: an answer with notes, or an error. */
export type Reply =
  /** It worked. */
  | {
    /** The answer. */
    answer: Answer;
    /** What was left out or assumed. */
    notes: Note[];
  }
  /** It did not; nothing was changed. */
  | {
    /** Why. */
    error: CallError;
  };

/** Pairs that may be one person, for a person to judge. */
export interface Review {
  /** This page. */
  pairs: Link[];
  /** All pairs. */
  total: number;
}

/** What RFM's M is cut by. */
export type RfmAmount =
  /** 4, 3, 2 and 1 average orders of the shop. */
  | "aov"
  /** The amounts of the settings. */
  | "settings";

/** Bounds of RFM scores in threshold mode; score 5 is best, the first bound that holds wins. */
export interface RfmBounds {
  /** Least amount for M = 5, 4, 3, 2. */
  amount?: [number, number, number, number];
  /** Least orders for F = 5, 4, 3, 2. */
  orders?: [number, number, number, number];
  /** Greatest days since the last order for R = 5, 4, 3, 2. */
  recency_days?: [number, number, number, number];
}

/** How RFM scores are cut. */
export type RfmMode =
  /** R and M in fifths of the customers, F by number of orders. */
  | "quantile"
  /** The bounds of the settings. */
  | "threshold";

/** Bounds of RFM's R and F by what a shop sells. */
export type RfmPreset =
  /** General goods: R 30, 90, 180, 730 days; F 5, 4, 3, 2 orders. */
  | "general"
  /** What is used up and bought again: R 30, 60, 120, 365 days; F 12, 6, 3, 2 orders. */
  | "consumable";

/**
 * How contracts that may be cancelled are found (解約見込み). A score is the sum of the weights of
 * the signs that a contract shows, at most 100.
 */
export interface RiskSettings {
  /** Weight: LINE blocked or mail declined in the last `recent_days`. */
  blocked?: number;
  /** Weight: the page on cancelling was viewed in the last `page_days`. */
  cancel_page?: number;
  /** Weight: the card expires before the next delivery. */
  card_expires?: number;
  /** Days for which a change of the cycle or of pieces counts. */
  change_days?: number;
  /** Weight: a complaint in the last `recent_days`. */
  complaint?: number;
  /** Weight: longer days between deliveries, or fewer pieces, in the last `change_days`. */
  cycle_longer?: number;
  /** Least score of the band high. */
  high?: number;
  /** Least score of the band medium. */
  medium?: number;
  /** Least AUC of the model on later months, in percent. */
  min_auc_percent?: number;
  /** Fewest past cancellations with which the fitted model is used instead of the bands' past. */
  min_events?: number;
  /** Days for which a view of the page on cancelling counts. */
  page_days?: number;
  /** Weight: a payment failed and none has gone through since. */
  payment_failed?: number;
  /** Fewest contracts that decided at such a cycle. */
  peak_contracts?: number;
  /** Weight: the cycle at hand is one after which many leave (解約が多い回). */
  peak_cycle?: number;
  /** Percent of the mean rate of cancelling from which a cycle is one after which many leave. */
  peak_percent?: number;
  /** Days for which a complaint or a block counts. */
  recent_days?: number;
  /** Weight: an earlier contract of the customer was cancelled. */
  restarted?: number;
  /** Weight: a delivery came back since the last order. */
  returned?: number;
  /** Weight: mails were read before, and none in the last `silent_days` although some were sent. */
  silent?: number;
  /** Days without reading a mail after which a customer is silent. */
  silent_days?: number;
  /**
   * Weight: two deliveries skipped one after the other, or one before a cycle after which many
   * leave.
   */
  skips?: number;
}

/**
 * Which orders a question counts. An order is a gift when any of its destinations is one, so the
 * two parts make up the whole.
 */
export type Scope =
  /** All of them. */
  | "all"
  /** Those for the buyer's own use (自家需要). */
  | "own"
  /** Gifts. */
  | "gift";

/** A segment and who is in it. When there are `errors`, nobody was counted. */
export interface Segment {
  /** Sum of their amounts. */
  amount: number;
  /** The day of the question. */
  as_of: string;
  /**
   * The members of the outermost AND or OR, each alone, in their order; a text without either
   * has one.
   */
  conditions: SegmentSize[];
  /** Customers in the segment. */
  customers: number;
  /** What is wrong with the text, in its order. */
  errors?: SegmentError[];
  /** Those of them who can be sent advertising mail. */
  mailable: number;
  /** All customers of the shop on that day. */
  of: number;
  /** Those who spent most, as lists of customers have them. */
  sample: CustomerRow[];
  /** The text as a sentence; none when it cannot be read. */
  sentence?: Bilingual | null;
  /** Their share of all, 0 to 1; none of no customers. */
  share: number | null;
  /** The text in its canonical form; as it was asked when it cannot be read. */
  text: string;
}

/** One attribute of customers. */
export interface SegmentAttribute {
  /** Whether it is written with parentheses. */
  is_function: boolean;
  /** Its names. */
  label: Bilingual;
  /** As it is written. */
  name: string;
  /** The operators that fit, as they are written. */
  operators: string[];
  /** What goes between them. */
  parameters?: SegmentParameter[];
  /** Its values. */
  values: SegmentValues;
}

/** All that a segment can ask for. */
export interface SegmentAttributes {
  /** In the order of display. */
  attributes: SegmentAttribute[];
  /** All operators. */
  operators: SegmentOperator[];
}

/** Who is in these segments and in none of the others. */
export interface SegmentCell {
  /** Customers in just these. */
  customers: number;
  /** Places of the segments in the question, ascending from 0. */
  inside: number[];
}

/** One value of a choice, or a unit. */
export interface SegmentChoice {
  /** Its names. */
  label: Bilingual;
  /** As it is written; choices go between single quotes. */
  name: string;
}

/** What is wrong with the text of a segment. */
export interface SegmentError {
  /** What a program branches on. */
  code: SegmentErrorCode;
  /** What a person reads. */
  message: string;
  /** Where in the text as it was asked: the first UTF-16 code unit, and one past the last. */
  span: [number, number];
  /** What could stand there instead, or what there is to choose from. */
  suggestion?: string | null;
}

/** Kinds of errors in the text of a segment. */
export type SegmentErrorCode =
  /** Too long, too deep, or too many conditions. */
  | "too_large"
  /** Not a sentence of the language. */
  | "syntax"
  /** No attribute has this name. */
  | "attribute"
  /** A function's arguments are not what it takes. */
  | "argument"
  /** The operator does not fit the attribute. */
  | "operator"
  /** The value does not fit the attribute. */
  | "value";

/** One operator. */
export interface SegmentOperator {
  /** Its names. */
  label: Bilingual;
  /** What follows it. */
  takes: SegmentTakes;
  /** As it is written. */
  text: string;
}

/** How segments overlap. */
export interface SegmentOverlap {
  /** The day of the question. */
  as_of: string;
  /**
   * Of at most four segments: every cell of the Venn diagram. Each customer of the shop is in
   * one, so they sum to `of`.
   */
  cells: SegmentCell[];
  /** All customers of the shop on that day. */
  of: number;
  /** Each two of them. */
  pairs: SegmentPair[];
  /** Each segment, in the order of the question. */
  segments: SegmentSize[];
}

/** Two segments, by their places in the question from 0. */
export interface SegmentPair {
  /** One. */
  a: number;
  /** The other. */
  b: number;
  /** Customers in both. */
  customers: number;
}

/** One parameter of a function. */
export interface SegmentParameter {
  /** What a person reads behind its value. */
  after: Bilingual;
  /** What a person reads before its value. */
  before: Bilingual;
  /** Whether it must be given. */
  is_required: boolean;
  /** As it is written, before a colon. */
  name: string;
  /** Its values. */
  values: SegmentValues;
}

/** A segment and its size. */
export interface SegmentSize {
  /** Customers in it. */
  customers: number;
  /** The text as a sentence. */
  sentence: Bilingual;
  /** The text in its canonical form. */
  text: string;
}

/** What follows an operator. */
export type SegmentTakes =
  /** One value. */
  | "one"
  /** Two values with AND between them. */
  | "two"
  /** Values between parentheses, with commas. */
  | "many"
  /** Nothing. */
  | "nothing";

/** Of what type values are. */
export type SegmentType =
  /** A whole number. */
  | "number"
  /** Money in the shop's currency, with a point before its minor units. */
  | "money"
  /** A part of a whole: from 0 to 1, with a point before its digits. */
  | "share"
  /** A day: `2025-01-31`, `-4w`, `30_days_ago`, `today`. */
  | "day"
  /** A day that comes round every year, written as a day. */
  | "yearly"
  /** A text in single quotes. */
  | "text"
  /** One of the choices, in single quotes. */
  | "choice"
  /** A year: a number, or one of the choices without quotes. */
  | "year"
  /** `true` or `false`. */
  | "flag"
  /** Several texts, one of which is asked for. */
  | "list";

/** What values there are. */
export interface SegmentValues {
  /** All values of a choice. */
  choices?: SegmentChoice[];
  /** The greatest number. */
  greatest?: number | null;
  /** The shop knows values: `segment_words` lists them. */
  is_listed?: boolean;
  /** The least number. */
  least?: number | null;
  /** Of what type they are. */
  of: SegmentType;
  /** What numbers count. */
  unit?: SegmentChoice | null;
}

/** One word that may be written. */
export interface SegmentWord {
  /** Of a value that the shop has: of how many customers, or in how many orders for products. */
  count?: number | null;
  /** What it is. */
  kind: SegmentWordKind;
  /** What a person reads beside it. */
  label: Bilingual;
  /** Of an attribute or a parameter: of what type its values are. */
  of?: SegmentType | null;
  /** As it is written, values with their quotes. */
  text: string;
}

/** What a word is. */
export type SegmentWordKind =
  /** The name of an attribute. */
  | "attribute"
  /** The name of a function's parameter. */
  | "parameter"
  /** An operator. */
  | "operator"
  /** AND, OR, NOT, a parenthesis or a comma. */
  | "keyword"
  /** A value. */
  | "value";

/** What may stand at the cursor. */
export interface SegmentWords {
  /**
   * Of what type a value is expected; none when none is, or when it is a choice that `words`
   * lists whole.
   */
  expects?: SegmentType | null;
  /** What a chosen word replaces: the first UTF-16 code unit, and one past the last. */
  span: [number, number];
  /** The words, those first that fit best; at most fifty values among them. */
  words: SegmentWord[];
}

/** How a shop wants its book read. Everything has a default. */
export interface Settings {
  /** Baskets of more distinct products than this are left out of the pair counts, with a note. */
  basket_products_max?: number;
  /** The discount by pieces that `bundles` tries, fewest pieces first. */
  bundle_ladder?: BundleStep[];
  /** How contracts that may be cancelled are found (解約見込み). */
  churn_risk?: RiskSettings;
  /** Whether an order whose goods cost nothing counts (free samples). */
  count_zero_amount?: boolean;
  /** What may be spent on a new customer. */
  cpa?: CpaSettings;
  /** How CPM groups are cut. */
  cpm?: CpmSettings;
  /** ISO 4217. Orders in another currency are listed as rejected. */
  currency?: string;
  /** Where a customer number names one person: each cart counts its members from 1. */
  customer_numbers?: CustomerNumbers;
  /** Days that the deciles of a period are of; 0: all orders. */
  decile_days?: number;
  /** What forecasts look at. */
  forecast?: ForecastSettings;
  /**
   * Amount of goods from which the shop takes no postage, in minor units; found from the orders
   * when absent.
   */
  free_shipping?: number | null;
  /** How gifts are told, and who buys in bulk. */
  gift?: GiftSettings;
  /** How orders are resolved to people (名寄せ). */
  identity?: IdentityRule;
  /**
   * E-mail addresses, phone numbers and customer numbers that never identify anybody:
   * the shop's own phone, `noreply@` and the like.
   */
  identity_blocklist?: string[];
  /** Bounds of the lifecycle matrix. */
  lifecycle?: LifecycleBounds;
  /** Windows of LTV in days, each once, ascending. */
  ltv_days?: number[];
  /** How customers are ranked by LTV. */
  ltv_ranks?: LtvSettings;
  /** What a margin is. */
  margin?: MarginSettings;
  /** What was spent on media. */
  media_costs?: MediaCost[];
  /** The plan of member ranks. */
  member_ranks?: RankPlan;
  /** Bounds of the threshold mode of RFM. */
  rfm?: RfmBounds;
  /** IANA name. Days are whole days of this zone. */
  time_zone?: string;
}

/**
 * Which rows of a load are a shard's: the payload ends with one byte for each row (or fact), the
 * number of its shard, 255 for a row that every shard takes.
 */
export interface ShardRows {
  /** The number of this shard. */
  index: number;
  /** How many bytes there are at the end of the payload. */
  rows: number;
}

/** Answer to `shards`. */
export interface Shards {
  /**
   * The rule by which they were resolved: set it for every shard, for `auto` would look at the
   * shard's own contacts alone.
   */
  identity: IdentityRule;
  /** Bytes in the payload. */
  orders: number;
  /** People. */
  people: number;
}

/** One destination of one order. */
export interface Shipment {
  /** The rest of the address. */
  address?: string | null;
  /** Whether the cart marks it as a gift. */
  is_gift?: boolean | null;
  /** Words on a message card. */
  message?: string | null;
  /** Recipient. */
  name?: string | null;
  /** Recipient in kana. */
  name_kana?: string | null;
  /** のし, as the cart names it. */
  noshi?: string | null;
  /** Recipient's phone. */
  phone?: string | null;
  /** Recipient's postcode. */
  postal?: string | null;
  /** 都道府県. */
  prefecture?: string | null;
  /** Unique within the order; lines point to it. */
  shipment_id?: string | null;
  /** When it left. */
  shipped_at?: Moment | null;
  /** Wrapping, as the cart names it. */
  wrapping?: string | null;
}

/** One of two contacts. */
export interface Side {
  /** As typed; this is how a judgement names it. */
  contact: Buyer;
  /** Key of the customer whose it is; none when it identifies nobody. */
  customer?: string | null;
  /** The first order that came under it; none when it is known from other facts alone. */
  order?: string | null;
  /** The shop whose customer number it has, where numbers are told apart by shop. */
  shop?: string | null;
}

/** What a shard must be told of the whole shop. */
export interface Standings {
  /**
   * Names. The same name on the same day and in the same scope is the same standing, whatever
   * the question, until facts or settings change.
   */
  names: string[];
}

/** A table: named columns, and rows as arrays in the order of the columns. */
export interface Table {
  /** Column names. */
  columns: string[];
  /** Rows. */
  rows: Cell[][];
}

/** Tables by name. */
export interface Tables {
  /** The day of the question. */
  as_of: string;
  /** Names of products that occur in the tables, by their code, where known. */
  product_names?: Record<string, string>;
  /** The tables. Names and columns are listed in ARCHITECTURE.md. */
  tables: Record<string, Table>;
}

/**
 * Texts with placeholders in minijinja's syntax: `{{ customer.name }} 様`.
 *
 * At hand: `customer` (`key`, `name`, `email`, `orders`, `amount`, `first_day`, `last_day`,
 * `recency_days`, `prefecture`), `as_of`, `shop.name`, and `unsubscribe_url`, which the host
 * fills in when it sends.
 */
export interface Template {
  /** HTML body; values are escaped. */
  html?: string | null;
  /** Subject line. */
  subject: string;
  /** Plain text body. */
  text: string;
}

/** What a person says of two contacts. */
export type Verdict =
  /** They are one person. */
  | "same"
  /** They are two people. */
  | "different"
  /** Nothing any more: evidence decides again. */
  | "open";

/** Why a score is what it is. */
export interface Why {
  /** The customer's own figure. */
  figure: number;
  /** Least figure that gives this value, if bounded. */
  from: number | null;
  /** The rule that fired, such as `recency_days`. */
  rule: string;
  /**
   * Which score: `cell`, `rfm_quantile`, `rfm_threshold`, `decile`, `mailable`, `cpm`,
   * `member_rank`, `ltv_rank`, `churn_risk`. A score with several reasons is there several times.
   */
  score: string;
  /** Greatest figure that gives this value, if bounded. */
  to: number | null;
  /** Its value. */
  value: string;
}

/** Addresses that must not be written to any more. */
export interface Withdrawn {
  /** Those of the question, in its order and spelling. */
  emails: string[];
}
