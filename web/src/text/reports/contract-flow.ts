// Words of the page on the cycles that contracts complete.

const ja = {
  title: "定期のフロー",
  says: (cycle: string, after: string, rate: string, rest: string) =>
    `解約がいちばん多いのは${cycle}回目のお届けのあとで、${after}です。${cycle}回目を受け取って先が決まった契約の ${rate} が次へ進み、${rest} が解約しました。`,
  saysNone: "解約された契約は、まだありません。",
  todo: (cycle: string, reason: string, share: string) =>
    `${cycle}回目が届くころに、使い方と、量やお届け間隔の変え方、スキップや休止のしかたをお知らせしましょう。${reason ? `解約の理由でいちばん多いのは「${reason}」（${share}）です。` : ""}解約の方法も、同じ場所に分かりやすく示します。`,
  unit: "数えるもの",
  units: { contract: "契約", customer: "お客さま" },
  product: "最初のお届けの商品",
  months: "始まりの月数（0はすべて）",
  month: "か月",
  cycles: "何回目まで",
  times: "回",
  picture: "お届けの回数ごとの、その後",
  pictureHint:
    "その回数まで受け取った契約が、次へ進んだか、解約したか、次のお届けを待っているか。待っている契約は割合に入れていません。押すと、その契約のお客さまが開きます。",
  chart:
    "お届けの回数ごとに、次へ進んだ、解約、待っている、満了の割合を積み上げた棒グラフ。下の表に同じ数字があります。",
  heat: "始まった月ごとの継続",
  heatHint:
    "その回のお届けまで続いた割合です。斜線は、まだ先の決まらない契約がある、途中の割合です。",
  heatCaption: "斜線は、まだ途中のところです。",
  cycle: (n: string) => `${n}回目`,
  begun: "始まった月",
  head: "お届け",
  reached: "受け取った",
  wentOn: "次へ進んだ",
  after: "解約した",
  pending: "待っている",
  completed: "満了した",
  customers: "お客さま",
  rate: "次へ進む割合",
  retention: "ここまで続く割合",
  count: (n: string) => `${n}件`,
  people: (n: string) => `${n}人`,
  table: "お届けの回数ごと",
  tableHint:
    "「ここまで続く割合」は、待っている契約も途中まで数える推定です（カプラン・マイヤー法）。契約の数を押すと、その契約のお客さまが開きます（1人でいくつも契約していると、人数は少なくなります）。",
  statuses: "いまの状態",
  status: "状態",
  states: {
    active: "継続中",
    paused: "休止中",
    failed: "決済できず",
    cancelled: "解約",
    completed: "満了",
  } as Record<string, string>,
  units_: "件数",
  share: "割合",
  meanCycles: "平均のお届け回数",
  reasons: "解約の理由",
  reason: "理由",
  noReason: "理由なし",
  skips: "スキップ",
  skipped: "スキップの回数",
  changes: "お届け間隔の変更",
  change: "変更",
  changesOf: { longer: "長く", shorter: "短く", alike: "同じ", unknown: "不明" } as Record<
    string,
    string
  >,
  changed: "変更の回数",
  contracts: "契約",
  notes: {
    contracts_pending: (_: string, n: string) =>
      `次のお届けがまだ決まらない契約 ${n} 件は、割合に入れていません。`,
    contracts_without_orders: (_: string, n: string) => `注文のない契約 ${n} 件は数えていません。`,
    contracts_without_start: (_: string, n: string) =>
      `開始日の分からない契約 ${n} 件は数えていません。`,
    ended_without_date: (_: string, n: string) =>
      `終わった日の分からない契約 ${n} 件は、月や日数の集計に入れていません。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Flow of contracts",
  says: (cycle, after, rate, rest) =>
    `Most are cancelled after delivery ${cycle}: ${after}. Of those that received it and have decided, ${rate} went on and ${rest} were cancelled.`,
  saysNone: "No contract has been cancelled yet.",
  todo: (cycle, reason, share) =>
    `About delivery ${cycle}, explain how to use the product and how to change amount or interval, skip or pause. ${reason ? `The commonest reason is “${reason}” (${share}). ` : ""}Show as plainly how to cancel.`,
  unit: "Count",
  units: { contract: "Contracts", customer: "Customers" },
  product: "First product",
  months: "Begun in the last (0: all)",
  month: "months",
  cycles: "Up to delivery",
  times: "",
  picture: "What followed each delivery",
  pictureHint:
    "Of the contracts that received so many deliveries: went on, were cancelled, or wait for the next. Rates leave out who waits. A press opens the customers of the contracts.",
  chart: "Bars of what followed each delivery. The table below has the same figures.",
  heat: "By month of the start",
  heatHint: "The share that lasted to the delivery. Hatched: some have not decided yet.",
  heatCaption: "Hatched: not over yet.",
  cycle: (n) => `Delivery ${n}`,
  begun: "Begun in",
  head: "Delivery",
  reached: "Received it",
  wentOn: "Went on",
  after: "Cancelled",
  pending: "Waiting",
  completed: "Completed",
  customers: "Customers",
  rate: "Went on, share",
  retention: "Lasted so far",
  count: (n) => `${n} contracts`,
  people: (n) => `${n} customers`,
  table: "By delivery",
  tableHint:
    "“Lasted so far” counts those who wait up to where they are (Kaplan and Meier). A press on a number of contracts opens their customers, who may be fewer.",
  statuses: "As they are now",
  status: "Status",
  states: {
    active: "Active",
    paused: "Paused",
    failed: "Payment failed",
    cancelled: "Cancelled",
    completed: "Completed",
  },
  units_: "Number",
  share: "Share",
  meanCycles: "Mean deliveries",
  reasons: "Why they were cancelled",
  reason: "Reason",
  noReason: "None given",
  skips: "Skips",
  skipped: "Skipped",
  changes: "Changes of the interval",
  change: "Change",
  changesOf: { longer: "Longer", shorter: "Shorter", alike: "The same", unknown: "Not known" },
  changed: "Changes",
  contracts: "Contracts",
  notes: {
    contracts_pending: (_, n) => `${n} contracts have not decided yet and are not in the rates.`,
    contracts_without_orders: (_, n) => `${n} contracts without an order are not counted.`,
    contracts_without_start: (_, n) => `${n} contracts without a start are not counted.`,
    ended_without_date: (_, n) =>
      `${n} contracts that ended on an unknown day are not in months and days.`,
  },
};

export const words = { ja, en };
