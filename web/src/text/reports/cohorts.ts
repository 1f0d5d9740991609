// Words of the page on cohorts by the time since the first order.

const ja = {
  title: "経過日数のコホート",
  says: (period: string, share: string, range: string, customers: string) =>
    `最初の購入から${period}に買った人は ${share} です（期間が終わった ${customers} のうち。95%の確からしさで ${range}）。`,
  saysStill: (period: string, share: string, range: string, customers: string) =>
    `最初の購入から${period}か、そのあとに買った人は ${share} です（期間が終わった ${customers} のうち。95%の確からしさで ${range}）。`,
  saysOpen: "まだ、期間が終わった人がいません。短い日数を選んでください。",
  todo: (best: string, worst: string) =>
    `初回購入の月でいちばん高いのは ${best}、低いのは ${worst} です。売った商品・広告・ご案内の何が違ったかを見比べましょう。`,
  todoNone: "月ごとの人数が増えると、どの月のお客さまがよく残るかを見比べられます。",
  cohortOf: (month: string, share: string) => `${month}（${share}）`,
  period: "期間の数え方",
  periods: { days: "日数", months: "暦の月" },
  periodHead: "期間",
  periodDays: "1期間の日数",
  dayRange: (from: string, to: string) => `${from}〜${to}日後`,
  month: (k: number, n: string) => (k === 0 ? "同じ月" : `${n}か月後の月`),
  k: (n: string) => `${n}`,
  shown: "見る数字",
  bought: "その期間に買った",
  still: "まだ買っている",
  lines: "表の大きさ",
  short: "最近24か月",
  all: "すべて",
  heat: (title: string) => `${title}人の割合`,
  boughtHint:
    "最初の購入の月ごとに、期間ごとに買った人の割合です。0は最初の購入を含む期間で、数字は何期間たったかです。斜線は、全員の期間がまだ終わっていないところで、これまでの人数です。",
  stillHint:
    "その期間か、そのあとに一度でも買った人の割合です。これから買う人はまだ入らないので、新しい期間ほど低く見えます。斜線は、全員の期間がまだ終わっていないところで、これまでの人数です。",
  caption: "数字を押すと、そのお客さまの一覧が開きます。",
  curve: (title: string) => `全体：${title}人の割合`,
  curveHint:
    "最初の期間のあとを、期間が終わった人だけで数えたものです。帯は、95%の確からしさで本当の割合がある範囲です。",
  chart: "最初の購入からの期間ごとの割合の折れ線グラフ。下の表に同じ数字があります。",
  whole: "全体",
  cohort: "初回購入の月",
  customers: "人数",
  closed: "期間が終わった人",
  boughtRate: "買った割合",
  stillRate: "まだ買っている割合",
  allTable: "全体の表",
  allHint: "その期間が終わった人だけを、月をまたいで合わせています。",
  table: "月ごとの表",
};

const en: typeof ja = {
  title: "Cohorts by time since",
  says: (period, share, range, customers) =>
    `${share} bought ${period} their first order (of ${customers} whose time is over; with 95 % confidence ${range}).`,
  saysStill: (period, share, range, customers) =>
    `${share} bought ${period} their first order or later (of ${customers} whose time is over; with 95 % confidence ${range}).`,
  saysOpen: "Nobody's time is over yet. Choose fewer days.",
  todo: (best, worst) =>
    `Of the months of first orders, the best is ${best}, the worst ${worst}. Compare what you sold, where you advertised and what you wrote.`,
  todoNone: "With more customers a month, this page tells which months' customers stay.",
  cohortOf: (month, share) => `${month} (${share})`,
  period: "A period is",
  periods: { days: "Days", months: "A month" },
  periodHead: "Period",
  periodDays: "Days of a period",
  dayRange: (from, to) => `${from}–${to} days after`,
  month: (k, n) => (k === 0 ? "in the month of" : k === 1 ? "1 month after" : `${n} months after`),
  k: (n) => n,
  shown: "Figures",
  bought: "Bought in the period",
  still: "Still buying",
  lines: "Size",
  short: "Last 24 months",
  all: "All",
  heat: (title) => `${title}: shares`,
  boughtHint:
    "By month of the first order: who bought in each period. 0 is the period of the first order; the figures above count periods since. Hatched: not over for everybody, so the number of customers so far.",
  stillHint:
    "Who bought in the period or later. Those who will come again are not in it yet, so recent periods look low. Hatched: not over for everybody, so the number of customers so far.",
  caption: "Press a figure to open the customers behind it.",
  curve: (title) => `All together: ${title.toLowerCase()}`,
  curveHint:
    "After the first period, of those for whom a period is over. The band is where the true share lies with 95 % confidence.",
  chart:
    "A line of the share by periods since the first order. The table below has the same figures.",
  whole: "All",
  cohort: "First order in",
  customers: "Customers",
  closed: "Time over",
  boughtRate: "Share who bought",
  stillRate: "Share still buying",
  allTable: "All together",
  allHint: "Of everybody whose period is over, whatever the month.",
  table: "By month",
};

export const words = { ja, en };
