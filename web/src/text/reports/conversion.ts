// Words of the page on going on to the next purchase within a number of days.

const ja = {
  title: "F2とFn転換",
  says: (days: string, rate: string, range: string, closed: string, converted: string) =>
    `最初の購入から${days}日以内に2回目を買う割合（F2転換率）は ${rate} です。${days}日がたった ${closed} のうち ${converted} で、95%の確からしさで ${range} の間にあります。`,
  saysOpen: (days: string) =>
    `最初の購入から${days}日がたったお客さまが、まだいません。短い日数を選んでください。`,
  todo: (last: string, share: string, days: string) =>
    `${last}日以内に2回目を買う人の ${share} は、${days}日以内に買っています。2回目のご案内は、その前に届けましょう。`,
  todoOpen: "日数がたつと、2回目のご案内をいつまでに届ければよいかが分かります。",
  window: "数える日数",
  within: (days: string) => `${days}日以内`,
  steps: "何回目まで",
  times: "回",
  product: "最初に買った商品",
  step: (n: string, next: string) => `${n}回目 → ${next}回目`,
  head: "購入回数",
  heat: "次の購入に進む割合",
  heatHint:
    "前の購入からの日数ごとに、次の購入に進んだ人の割合です。F2は1回目から2回目、F3は2回目から3回目への割合です。その日数がたったお客さまだけで計算しています。小さい数字は、95%の確からしさで本当の割合がある範囲です。",
  caption: "斜線は、まだ途中のところです。",
  months: (within: string) => `初回購入の月ごとのF2転換率（${within}）`,
  monthsHint: "帯は、95%の確からしさで本当の割合がある範囲です。まだ途中の月は描いていません。",
  chart: "初回購入の月ごとのF2転換率の折れ線グラフ。下の表に同じ数字があります。",
  cohorts: (within: string) => `初回購入の月ごと（${within}）`,
  cohortsHint:
    "その月に初めて買った全員の日数がたつまでは「まだ途中」です。一度出た割合は、あとから変わりません。",
  table: "購入回数と日数ごと",
  cohort: "初回購入の月",
  customers: "人数",
  reached: "この回数まで買った人",
  closed: "日数がたった人",
  converted: "日数内に進んだ人",
  rate: "進む割合",
};

const en: typeof ja = {
  title: "Second and later purchases",
  says: (days, rate, range, closed, converted) =>
    `${rate} buy a second time within ${days} days of the first purchase (the F2 rate): ${converted} of ${closed} whose ${days} days are over. With 95 % confidence the true rate is ${range}.`,
  saysOpen: (days) => `Nobody's ${days} days since the first purchase are over yet. Choose fewer.`,
  todo: (last, share, days) =>
    `Of those who buy again within ${last} days, ${share} do so within ${days}. Let your second message arrive before that.`,
  todoOpen: "Once more days have passed, this page tells by when a message should arrive.",
  window: "Within",
  within: (days) => `${days} days`,
  steps: "Up to purchase",
  times: "",
  product: "First product",
  step: (n, next) => `${n} → ${next}`,
  head: "Purchase",
  heat: "Who goes on to the next purchase",
  heatHint:
    "Shares of who bought again within so many days of the purchase before. F2 is from the first to the second purchase, F3 from the second to the third. Only customers whose days are over count. Small figures: where the true rate lies with 95 % confidence.",
  caption: "Hatched: not over yet.",
  months: (within) => `F2 rate by month of the first order (within ${within})`,
  monthsHint:
    "The band is where the true rate lies with 95 % confidence. Months that are not over are not drawn.",
  chart: "A line of the F2 rate by month of the first order. The table below has the same figures.",
  cohorts: (within) => `By month of the first order (within ${within})`,
  cohortsHint:
    "A rate appears when the days of everybody who began in the month are over. Then it never changes.",
  table: "By purchase and days",
  cohort: "First order in",
  customers: "Customers",
  reached: "Bought so often",
  closed: "Days over",
  converted: "Went on in time",
  rate: "Rate",
};

export const words = { ja, en };
