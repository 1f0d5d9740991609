// Words of the page on pieces bought at once.

const ja = {
  title: "まとめ買い",
  says: (product: string, rate: string, customers: string, ladder: string, change: string) =>
    `まとめ買いがいちばん多いのは「${product}」で、買った人の ${rate}（${customers}）が一度に2個以上買っています。全商品を${ladder}にすると、いまの注文では粗利が ${change} 変わる見込みです。`,
  todo: (product: string, margin: string) =>
    `「${product}」なら、まとめ買いの割引で粗利が ${margin} 増える見込みです。この商品から小さく試しましょう。`,
  todoNone:
    "この割引では、粗利の増える商品がありません。割引を小さくするか、下の組み合わせをセットにしましょう。",
  pair: (a: string, b: string, customers: string, share: string) =>
    `「${a}」と「${b}」は ${customers} が両方買っていますが、同じ注文は ${share} だけです。セットの候補です。`,
  step: (pieces: string, percent: string) => `${pieces}個から${percent}引き`,
  and: "、",
  two: "2個からの割引",
  three: "3個からの割引",
  uplift: "1個の注文のうち2個にする割合",
  percent: "%",
  picture: "一度に2個以上買う人の割合",
  pictureHint:
    "細い線は、95%の確からしさで本当の割合がある範囲です。買った人の多い商品から並べています。",
  chart: "商品ごとの、一度に2個以上買う人の割合の棒グラフ。下の表に同じ数字があります。",
  quantities: "一度に買う個数",
  quantitiesHint: "商品ごとの注文を、個数で分けたものです。6個以上はまとめています。",
  quantitiesChart: "一度に買う個数ごとの注文数の棒グラフ。",
  pieces: (n: string, more: boolean) => (more ? `${n}個以上` : `${n}個`),
  orders: (n: string) => `${n}件`,
  table: "商品ごと、割引にした場合",
  tableHint:
    "いまの注文に割引を当てた見積りです。「いまのままで引く額」は、割引がなくても2個以上買っている注文に渡る額です。「つり合う割合」は、粗利が減らないために、1個の注文のうち2個になる必要のある割合です。",
  product: "商品",
  customers: "買った人",
  multi: "2個以上買った人",
  multiRate: "その割合",
  ordersHead: "注文",
  multiOrders: "2個以上の注文",
  piecesHead: "個数",
  sales: "売上",
  given: "いまのままで引く額",
  salesChange: "売上の変化",
  marginChange: "粗利の変化",
  breakEven: "つり合う割合",
  never: "つり合わない",
  pairs: "別々に買われている組み合わせ",
  pairsHint: "同じ人がどちらも買うのに、同じ注文には入りにくい商品です。セットの候補です。",
  a: "商品",
  b: "もう1つの商品",
  both: "両方買った人",
  together: "同じ注文の割合",
  rest: "そのほか",
};

const en: typeof ja = {
  title: "Several pieces at once",
  says: (product, rate, customers, ladder, change) =>
    `“${product}” is most often bought in several pieces: by ${rate} of its buyers (${customers}). With ${ladder} on all products, today's orders would change the margin by ${change}.`,
  todo: (product, margin) =>
    `For “${product}” such a discount is expected to raise the margin by ${margin}. Begin with this product.`,
  todoNone:
    "No product's margin would rise. Make the discount smaller, or make sets of the pairs below.",
  pair: (a, b, customers, share) =>
    `${customers} buy both “${a}” and “${b}”, but only ${share} of these in one order: they could be a set.`,
  step: (pieces, percent) => `${percent} off from ${pieces} pieces`,
  and: ", ",
  two: "Off from 2 pieces",
  three: "Off from 3 pieces",
  uplift: "Orders of one that become two",
  percent: "%",
  picture: "Who buys two pieces or more at once",
  pictureHint:
    "Thin lines show where the true share lies with 95 % confidence. Products with the most buyers first.",
  chart:
    "Bars of who buys two pieces or more at once by product. The table below has the same figures.",
  quantities: "Pieces at once",
  quantitiesHint: "Orders of products by pieces; six and more are together.",
  quantitiesChart: "Bars of orders by pieces at once.",
  pieces: (n, more) => (more ? `${n} or more` : n),
  orders: (n) => `${n} orders`,
  table: "By product, with the discount",
  tableHint:
    "Today's orders with the discount. “Given away” goes to orders that have the pieces anyway. “Breaks even” is the share of orders of one piece that must become two so that the margin is as before.",
  product: "Product",
  customers: "Buyers",
  multi: "Two pieces or more",
  multiRate: "Share",
  ordersHead: "Orders",
  multiOrders: "Of two or more",
  piecesHead: "Pieces",
  sales: "Sales",
  given: "Given away",
  salesChange: "Sales change",
  marginChange: "Margin change",
  breakEven: "Breaks even",
  never: "Never",
  pairs: "Bought by one customer, but apart",
  pairsHint: "Products that the same people buy, seldom in one order. They could be sets.",
  a: "Product",
  b: "And product",
  both: "Bought both",
  together: "In one order",
  rest: "Others",
};

export const words = { ja, en };
