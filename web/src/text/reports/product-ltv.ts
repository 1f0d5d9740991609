// Words of the page on the later purchases of one product.

const ja = {
  title: "商品別LTV",
  says: (product: string, closed: string, days: string, rate: string, range: string, ltv: string) =>
    `「${product}」を買って${days}日がたった ${closed} のうち、${rate}（${range}）が${days}日以内に同じ商品をもう一度買いました。1人あたりの購入額は、この商品だけで ${ltv} です。`,
  saysOpen: (product: string, days: string) =>
    `「${product}」を買って${days}日がたった人は、まだいません。日数を短くしてください。`,
  todo: (day: string, first: string, last: string) =>
    `2回目は平均 ${day} 日後です。その前に案内を届けましょう。1回だけなら ${first}、続いた分を含めると ${last} なので、差が案内にかけられる費用の目安になります。`,
  todoOpen: "日数がたつと、いつ案内すればよいかと、1人あたりの購入額が分かります。",
  product: "商品",
  days: "数える日数",
  purchases: "何回目まで",
  times: "回",
  purchase: (n: string) => `${n}回目`,
  rate: "その回まで買った割合",
  rateHint:
    "この商品を初めて買い、日数がたった人のうち、日数内にその回数まで同じ商品を買った人の割合です。細い線は、95%の確からしさで本当の割合がある範囲です。",
  rateChart: "購入回数ごとの、その回まで買った割合の棒グラフ。下の表に同じ数字があります。",
  ltv: "1人あたりの購入額の積み上がり",
  ltvHint: "1回目からその回までの、この商品の購入額の1人あたり平均です。",
  ltvChart: "購入回数ごとの、1人あたり購入額の積み上がりの棒グラフ。下の表に同じ数字があります。",
  table: "購入回数ごと",
  cohorts: "初めて買った月ごと",
  cohortsHint: "その月に買った人の日数がたつまでは「まだ途中」です。",
  head: "購入回数",
  cohort: "初めて買った月",
  customers: "人数",
  closed: "日数がたった人",
  buyers: "その回まで買った人",
  meanDays: "初回からの平均日数",
  amount: "その回の購入額",
  total: "1人あたり（累計）",
  notes: {
    not_closed: (n: string) => `${n} は、まだ日数がたっていないので、割合と金額に入れていません。`,
  } as Record<string, (n: string) => string>,
};

const en: typeof ja = {
  title: "LTV of a product",
  says: (product, closed, days, rate, range, ltv) =>
    `Of ${closed} whose ${days} days since first buying “${product}” are over, ${rate} (${range}) bought it again within them. A buyer spends ${ltv} on this product alone.`,
  saysOpen: (product, days) =>
    `Nobody's ${days} days since buying “${product}” are over yet. Choose fewer.`,
  todo: (day, first, last) =>
    `The second purchase comes after ${day} days on average: write before that. One purchase alone is ${first}, with later ones ${last}; the difference bounds what a reminder may cost.`,
  todoOpen: "Once more days have passed, this page tells when to write, and what a buyer spends.",
  product: "Product",
  days: "Within",
  purchases: "Up to purchase",
  times: "",
  purchase: (n) => `Purchase ${n}`,
  rate: "Who buys it so often",
  rateHint:
    "Of those who first bought the product and whose days are over: who bought it at least so often within them. Thin lines show where the true rate lies with 95 % confidence.",
  rateChart: "Bars of who buys the product so often. The table below has the same figures.",
  ltv: "Spent per buyer, added up",
  ltvHint: "What a buyer spends on this product from the first up to that purchase, on average.",
  ltvChart:
    "Bars of what a buyer has spent by each purchase. The table below has the same figures.",
  table: "By purchase",
  cohorts: "By month of the first purchase",
  cohortsHint: "Not over yet until the days of everybody in the month are over.",
  head: "Purchase",
  cohort: "First bought in",
  customers: "Customers",
  closed: "Days over",
  buyers: "Bought so often",
  meanDays: "Mean days since the first",
  amount: "Amount of this purchase",
  total: "Per buyer, added up",
  notes: {
    not_closed: (n) => `${n} still have time and are not in rates and amounts.`,
  },
};

export const words = { ja, en };
