// Words of the page on the amount from which there is no postage.

const ja = {
  title: "送料無料ライン",
  says: (threshold: string, how: string, n: string, lack: string) =>
    `送料無料のラインは ${threshold} です（${how}）。あと少し（ラインの8割以上）で届かない注文が ${n} あり、平均 ${lack} 足りません。`,
  told: "お店の設定",
  found: "注文から推定",
  saysNone:
    "送料の分かる注文が少なく、送料無料のラインは分かりません。お店の設定で金額を登録できます。",
  todo: (threshold: string, change: string, uplift: string, paying: string) =>
    `ラインを ${threshold} にすると、同じ注文で粗利が ${change} 増える計算です（届かない注文の${uplift}が買い足すとして）。${paying === "" ? "" : `ただし、送料がかかるようになる注文が ${paying} あり、やめてしまう分は入っていません。期間を決めて試しましょう。`}`,
  todoStay: (uplift: string) =>
    `いまのラインより粗利の増える金額は見つかりません（届かない注文の${uplift}が買い足すとして）。カートで「あといくら」を見せ、買い足しやすい商品をすすめましょう。`,
  todoNone: "注文の送料を取り込むと、ラインの上と下の注文が分かります。",
  uplift: "届かない注文のうち買い足す割合",
  percent: "%",
  contracts: "定期のお届け",
  contractsOf: { no: "数えない", yes: "数える" },
  picture: "商品の金額ごとの注文",
  pictureHint:
    "注文の商品の合計（値引き前）で分けた件数です。ラインのすぐ下が多ければ、買い足しの余地があります。押すと、その注文のお客さまが開きます。",
  chart: "商品の金額ごとの、送料ありと無料の注文数の棒グラフ。下の表に同じ数字があります。",
  paying: "送料あり",
  free: "送料無料",
  orders: (n: string) => `${n}件`,
  range: (from: string, to: string) => `${from}〜${to}`,
  above: (from: string) => `${from}以上`,
  moves: "ラインを変えると",
  movesHint:
    "いまと同じ注文で計算しています。新しく無料になる注文は送料を失い、無料でなくなる注文は平均の送料を払うとしています。",
  threshold: "ライン",
  newlyFree: "新しく無料",
  newlyPaying: "新しく有料",
  justBelow: "すぐ下の注文",
  postage: "送料の変化",
  filled: "買い足す注文",
  filledSales: "買い足しの売上",
  margin: "粗利の変化",
  now: (amount: string) => `${amount}（いま）`,
  bins: "商品の金額ごと",
  amount: "商品の金額",
  customers: "お客さま",
  ordersHead: "注文",
  postageHead: "送料",
  sales: "売上",
  left: "数えていない注文",
  why: "わけ",
  whyOf: {
    postage_unknown: "送料が分からない",
    several_places: "届け先がいくつもある",
    contract: "定期のお届け",
  } as Record<string, string>,
  notes: {
    no_threshold: () =>
      "送料のある注文とない注文を分ける金額が見つかりません。送料無料の金額を入れてください。",
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Free shipping",
  says: (threshold, how, n, lack) =>
    `There is no postage from ${threshold} (${how}). ${n} stop just below (80 % of it or more) and lack ${lack} on average.`,
  told: "as the settings say",
  found: "found from the orders",
  saysNone:
    "Too few orders tell their postage to know from which amount there is none. The settings can tell it.",
  todo: (threshold, change, uplift, paying) =>
    `With ${threshold} the same orders would bring ${change} more margin, if ${uplift} of those just below fill up.${paying === "" ? "" : ` But ${paying} would begin to pay postage, and those that would then not be placed are not in it. Try it for a while first.`}`,
  todoStay: (uplift) =>
    `No other amount would bring more margin, if ${uplift} of those just below fill up. Show in the cart what is lacking, and offer small products.`,
  todoNone: "Load the postage of orders to see those above and below.",
  uplift: "Orders just below that fill up",
  percent: "%",
  contracts: "Subscriptions",
  contractsOf: { no: "Left out", yes: "Counted" },
  picture: "Orders by amount of goods",
  pictureHint:
    "Orders by their goods before discounts. Many just below the amount may fill up. A press opens the customers of the orders.",
  chart:
    "Bars of orders with and without postage by amount of goods. The table below has the same figures.",
  paying: "With postage",
  free: "Without",
  orders: (n) => `${n} orders`,
  range: (from, to) => `${from}–${to}`,
  above: (from) => `${from} or more`,
  moves: "With another amount",
  movesHint:
    "On the same orders. Those that become free lose their postage, those no longer free pay the mean postage.",
  threshold: "Free from",
  newlyFree: "Newly free",
  newlyPaying: "Newly paying",
  justBelow: "Just below",
  postage: "Postage change",
  filled: "Fill up",
  filledSales: "Sales of it",
  margin: "Margin change",
  now: (amount) => `${amount} (now)`,
  bins: "By amount of goods",
  amount: "Goods",
  customers: "Customers",
  ordersHead: "Orders",
  postageHead: "Postage",
  sales: "Sales",
  left: "Orders left out",
  why: "Why",
  whyOf: {
    postage_unknown: "Postage not known",
    several_places: "Several destinations",
    contract: "Subscription",
  },
  notes: {
    no_threshold: () =>
      "No amount parts orders with postage from those without. Enter the amount that ships free.",
  },
};

export const words = { ja, en };
