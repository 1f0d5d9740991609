// Words of the page on which products follow which.

const ja = {
  title: "商品から商品へ",
  says: (customers: string, rate: string, lapsed: string, from: string, to: string, n: string) =>
    `初めて買った ${customers} のうち ${rate} が2回目に進み、${lapsed} が離れました。いちばん多い流れは「${from}」から「${to}」で、${n} です。`,
  saysSets: (from: string, to: string, n: string) =>
    `1回目から2回目へのいちばん多い流れは「${from}」から「${to}」で、${n} です。`,
  saysNone: (customers: string) =>
    `初めて買った ${customers} のうち、2回目に進んだ人はまだいません。`,
  todo: (product: string, lapsed: string, next: string, days: string) =>
    `いちばん多く離れているのは、1回目に「${product}」を買った人です（${lapsed}）。続けた人は平均 ${days} 日後に「${next}」を買っています。そのころに「${next}」を案内しましょう。`,
  todoNone: "離れた人は、まだいません。待っている人に、次の商品を案内しましょう。",
  mode: "商品の数え方",
  modes: { primary: "注文の主な商品1つ", sets: "注文のすべての商品" },
  modeHints: {
    primary: "主な商品は、注文のうち金額がいちばん大きい商品です。人数は足し合わせられます。",
    sets: "1つの注文に商品がいくつもあれば、それぞれで数えます。そのため人数は重なり、足すと合計を超えます。",
  } as Record<string, string>,
  steps: "何回目まで",
  times: "回",
  top: "1回ごとの商品の数",
  items: "点",
  lapse: "離れたとみなす日数",
  picture: "どの商品から、どの商品へ",
  pictureHint: (days: string) =>
    `帯の太さは人数です。「離れた」は最後の注文から${days}日を超えた人、「待っている」はまだ${days}日たっていない人です。`,
  chart: "購入回数ごとの商品のつながりを帯の太さで表した図。下の表に同じ数字があります。",
  step: (n: string) => `${n}回目`,
  waiting: "待っている",
  lapsed: "離れた",
  others: "そのほかの商品",
  nodes: "商品ごとの、その後",
  links: "つながりの表",
  linksHint: "割合は、その回にその商品を買い、次に進んだか離れたか決まった人のうちの割合です。",
  head: "購入回数",
  product: "商品",
  next: "次に買った商品",
  customers: "人数",
  converted: "次に進んだ",
  rate: "次に進む割合",
  linkRate: "割合",
  meanDays: "次までの平均日数",
};

const en: typeof ja = {
  title: "From product to product",
  says: (customers, rate, lapsed, from, to, n) =>
    `Of ${customers} who bought once, ${rate} went on to a second purchase and ${lapsed} lapsed. Most go from “${from}” to “${to}”: ${n}.`,
  saysSets: (from, to, n) =>
    `From the first to the second purchase, most go from “${from}” to “${to}”: ${n}.`,
  saysNone: (customers) => `Of ${customers} who bought once, nobody has gone on yet.`,
  todo: (product, lapsed, next, days) =>
    `Most of those who lapsed began with “${product}” (${lapsed}). Those who stayed bought “${next}” after ${days} days on average: offer it about then.`,
  todoNone: "Nobody has lapsed yet. Offer the next product to those who are still waiting.",
  mode: "Products of an order",
  modes: { primary: "The main one", sets: "All of them" },
  modeHints: {
    primary: "The main product is the one with the greatest amount in an order. Customers add up.",
    sets: "Each product of an order counts, so a customer may be counted several times.",
  },
  steps: "Up to purchase",
  times: "",
  top: "Products a purchase",
  items: "",
  lapse: "Lapsed after",
  picture: "From which product to which",
  pictureHint: (days) =>
    `Bands are as wide as there are customers. “Lapsed”: more than ${days} days since the last order. “Waiting”: their ${days} days are not over.`,
  chart:
    "Bands between the products of one purchase and the next. The tables below have the same figures.",
  step: (n) => `Purchase ${n}`,
  waiting: "Waiting",
  lapsed: "Lapsed",
  others: "Other products",
  nodes: "What followed each product",
  links: "Links",
  linksHint: "Shares are of those who went on or lapsed after the product.",
  head: "Purchase",
  product: "Product",
  next: "Bought next",
  customers: "Customers",
  converted: "Went on",
  rate: "Went on, share",
  linkRate: "Share",
  meanDays: "Mean days to it",
};

export const words = { ja, en };
