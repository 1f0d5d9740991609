// Words of the page on products that customers begin with.

const ja = {
  title: "入口商品",
  says: (product: string, rate: string, low: string, whole: string) =>
    `最初の注文で「${product}」を買った人は、180日以内に ${rate} が2回目を買っています。控えめに見ても ${low} で、お店全体の ${whole} より高く、いちばん確かな入口です。`,
  saysBelow: (product: string, rate: string, low: string, whole: string) =>
    `2回目にいちばん確かにつながる入口は「${product}」です。180日以内に ${rate} が2回目を買っています（控えめに見て ${low}、お店全体は ${whole}）。`,
  saysNone:
    "順位をつけられるだけの人数がそろった商品は、まだありません。最少の人数を減らしてみてください。",
  todo: (worst: string, customers: string, rate: string, best: string) =>
    `「${worst}」から入った ${customers} は ${rate} と低めです。広告や特集の入口を「${best}」に替えるか、「${worst}」の人に早めに2回目の案内を届けましょう。`,
  todoBest: (best: string) => `広告や特集、トップページの入口に「${best}」を置きましょう。`,
  min: "最少の人数",
  people: "人",
  f2: "180日以内に2回目を買う割合",
  f2Hint:
    "最初の注文にその商品が入っていた人の割合で、確かさの順（95%の確からしさの下限が高い順）に並べています。細い線は本当の割合がある範囲です。日数がたった人だけで計算しています。",
  f2Chart: "入口商品ごとの、180日以内に2回目を買う割合の棒グラフ。下の表に同じ数字があります。",
  ltv: "最初の1年の購入額（1人あたり）",
  ltvHint: "最初の注文から365日の購入額の平均です。365日がたった人だけで計算しています。",
  ltvChart: "入口商品ごとの、最初の1年の購入額の棒グラフ。下の表に同じ数字があります。",
  whole: "お店全体",
  table: "入口商品ごと",
  tableHint:
    "1つの注文に商品がいくつもあれば、それぞれに1人と数えます。順位は、日数がたった人が最少の人数に満たない商品にはつきません。定期の商品は、次の注文が決まっているため高く出ます。",
  wholeTable: "お店全体",
  product: "最初の注文の商品",
  customers: "人数",
  share: "全体に占める割合",
  rankF2: "順位（2回目）",
  rankLtv: "順位（購入額）",
  rate90: "90日以内に2回目",
  rate180: "180日以内に2回目",
  rate3: "1年以内に3回目",
  closed180: "180日がたった人",
  bought180: "うち2回目を買った人",
  firstMean: "最初の注文の額（平均）",
  ltv365: "1年の購入額",
  notes: {
    small_products: (_: string, n: string) =>
      `人数が少なくて順位をつけられない商品 ${n} 点は、表に入れていません。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Entry products",
  says: (product, rate, low, whole) =>
    `Of those whose first order had “${product}”, ${rate} buy a second time within 180 days; at the least ${low}, above the shop's ${whole}. It is the surest way in.`,
  saysBelow: (product, rate, low, whole) =>
    `The way in that most surely leads to a second purchase is “${product}”: ${rate} buy again within 180 days (at the least ${low}; the shop: ${whole}).`,
  saysNone: "No product has enough customers to be ranked yet. Try a lower number.",
  todo: (worst, customers, rate, best) =>
    `The ${customers} who begin with “${worst}” come back less (${rate}). Lead with “${best}” in advertisements, or write to the former early about a second purchase.`,
  todoBest: (best) => `Lead with “${best}” in advertisements and on the front page.`,
  min: "At least",
  people: "customers",
  f2: "Who buys a second time within 180 days",
  f2Hint:
    "Shares of those whose first order had the product, the surest first (by the lower bound of 95 % confidence). Thin lines show where the true rate lies. Only customers whose days are over count.",
  f2Chart:
    "Bars of who buys a second time within 180 days by first product. The table below has the same figures.",
  ltv: "Spent in the first year, per customer",
  ltvHint:
    "The mean of what is spent within 365 days of the first order, of customers whose 365 days are over.",
  ltvChart:
    "Bars of what is spent in the first year by first product. The table below has the same figures.",
  whole: "The shop",
  table: "By first product",
  tableHint:
    "A customer counts for each product of the first order. Products with too few customers whose days are over have no rank. Subscriptions rank high, since their next order is agreed.",
  wholeTable: "The whole shop",
  product: "In the first order",
  customers: "Customers",
  share: "Share of all",
  rankF2: "Rank, second purchase",
  rankLtv: "Rank, amount",
  rate90: "Second within 90 days",
  rate180: "Second within 180 days",
  rate3: "Third within a year",
  closed180: "180 days over",
  bought180: "Of these, bought again",
  firstMean: "First order (mean)",
  ltv365: "Spent in a year",
  notes: {
    small_products: (_, n) => `${n} products with too few customers are not in the table.`,
  },
};

export const words = { ja, en };
