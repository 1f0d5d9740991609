// Words for what is expected of one customer.

const ja = {
  title: "これからの見込み",
  alive: "継続の見込み",
  whyAlive: (days: string, orders: string) =>
    `まだお店から離れていない確からしさです。これまで ${orders}回 の買い方と、最後の購入から ${days}日 たったことから出しています。`,
  purchases: (days: string) => `${days}日の購入回数`,
  times: (n: string) => `${n}回`,
  between: (range: string) => `95%の確からしさで ${range}。`,
  whyPurchases: "買う頻度に、継続の見込みを合わせています。",
  value: (days: string) => `${days}日の購入額`,
  whyValue: "見込みの回数に、1回の購入額の見込みを掛けています。先の購入ほど割り引いています。",
  earned: (margin: string, amount: string) => `粗利率${margin}なら、粗利は ${amount} です。`,
  residual: "この先ずっとの購入額（生涯の見込み）",
  whyResidual: (times: string) =>
    `日数を区切らずに見込んだ額です。先の購入ほど割り引くと、${times}回 の購入にあたります。`,
  next: "次の購入日",
  since: (day: string) => `早くて ${day}。`,
  whyNext: (never: string) =>
    `また買うとしたら、この日より前と後が半々です。もう買わない確からしさは ${never} です。`,
  sort: "見込み順に並べる",
  aliveHead: "継続の見込み",
  valueHead: "見込み額",
};

const en: typeof ja = {
  title: "What to expect",
  alive: "Still with you",
  whyAlive: (days, orders) =>
    `The chance that this customer has not left, from ${orders} orders so far and ${days} days since the last one.`,
  purchases: (days) => `Purchases in ${days} days`,
  times: (n) => n,
  between: (range) => `With 95 % confidence ${range}.`,
  whyPurchases: "From how often the customer buys, and the chance to be still with you.",
  value: (days) => `Amount in ${days} days`,
  whyValue: "Expected purchases times what one is expected to be worth. Later ones are discounted.",
  earned: (margin, amount) => `With a margin of ${margin}, ${amount} is earned.`,
  residual: "Amount from now on (lifetime)",
  whyResidual: (times) =>
    `Without an end in days. With later purchases discounted, this is worth ${times} purchases of today.`,
  next: "Next purchase",
  since: (day) => `${day} at the earliest.`,
  whyNext: (never) =>
    `If there is one, it comes before this day as likely as after. The chance that there is none is ${never}.`,
  sort: "Sort by forecast",
  aliveHead: "Still with you",
  valueHead: "Expected amount",
};

export const words = { ja, en };
