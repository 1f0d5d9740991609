// Words of the page on the lifecycle grid.

const ja = {
  title: "ライフサイクルの表",
  says: (days: string, share: string, aim: string, isReached: boolean) =>
    `最後の購入から ${days} のお客さまは、全体の ${share} です。目安の ${aim} ${isReached ? "に届いています" : "に届いていません"}。`,
  todo: (customers: string) =>
    `2回以上買っていて、足が遠のき始めたお客さまが ${customers} います。右はしの列に移る前に、マスを開いて声をかけましょう。`,
  todoNone: "足が遠のき始めたリピートのお客さまは、いまはいません。",
  grid: "区切り",
  grids: {
    shop: "お店の設定（9マス）",
    fit: "お店に合わせる（次に買うまでの日数の75%・90%）",
    food: "食品・化粧品（30日・90日）",
    cpm: "CPMに合わせる（120日・239日）",
    fine: "細かく（6回・365日まで）",
  } as Record<string, string>,
  orders: (from: string, to: string | null) =>
    to === null ? `${from}回以上` : from === to ? `${from}回` : `${from}〜${to}回`,
  days: (from: string, to: string | null) => (to === null ? `${from}日以上` : `${from}〜${to}日`),
  picture: "購入回数と、最後の購入からの日数",
  pictureHint:
    "下の行ほど多く買った方、右の列ほど最後の購入が遠い方です。数字を押すと、そのお客さまが開きます。別の日とくらべると、マスごとの前の人数も出ます。",
  caption: "お客さまの数",
  ordersHead: "購入回数",
  daysHead: "最後の購入から",
  customers: "人数",
  share: "割合",
  orderCount: "注文",
  amount: "これまでの購入額",
  amountShare: "購入額の割合",
  table: "マスごとの表",
};

const en: typeof ja = {
  title: "Lifecycle grid",
  says: (days, share, aim, isReached) =>
    `${share} of the customers bought within ${days}. A shop should have ${aim}, which is ${isReached ? "reached" : "not reached"}.`,
  todo: (customers) =>
    `${customers} have bought twice or more and begin to drift. Open their cells and write before they are in the last column.`,
  todoNone: "No repeat customer begins to drift now.",
  grid: "Bounds",
  grids: {
    shop: "The shop's settings (9 cells)",
    fit: "Fitted: 75 % and 90 % of the days between purchases",
    food: "Food and cosmetics (30, 90 days)",
    cpm: "As CPM (120, 239 days)",
    fine: "Fine (up to 6 orders, 365 days)",
  },
  orders: (from, to) =>
    to === null
      ? `${from} orders or more`
      : from === to
        ? `${from} ${from === "1" ? "order" : "orders"}`
        : `${from}–${to} orders`,
  days: (from, to) => (to === null ? `${from} days or more` : `${from}–${to} days`),
  picture: "Orders, and days since the last",
  pictureHint:
    "The further down, the more orders; the further right, the longer ago the last one. A number opens its customers. Beside another day, each cell has the number of that day.",
  caption: "Customers",
  ordersHead: "Orders",
  daysHead: "Since the last order",
  customers: "Customers",
  share: "Share",
  orderCount: "Orders",
  amount: "Amount so far",
  amountShare: "Share of the amount",
  table: "The cells",
};

export const words = { ja, en };
