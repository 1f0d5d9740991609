// Words of the page on coupons.

const ja = {
  title: "クーポン",
  says: (orders: string, expected: string, share: string, discount: string) =>
    `クーポンを使った注文 ${orders} のうち、クーポンがなくても来ていたと見込まれるのは約 ${expected}（${share}）です。値引きの合計は ${discount} でした。`,
  saysNone: "クーポンを使った注文は、まだありません。",
  todo: (code: string, share: string, discount: string, days: string) =>
    `「${code}」（値引き ${discount}）を使った注文のうち、新しい方や${days}日以上あいた方のものは ${share} だけです。配る相手を、しばらく買っていない方に絞りましょう。`,
  todoNone:
    "クーポンは、新しい方や、しばらく買っていない方に絞って配ると、値引きが無駄になりにくくなります。",
  window: "あいたとみなす日数",
  orders: (n: string) => `${n}件`,
  picture: "新しい方・戻ってきた方の割合",
  pictureHint: (days: string) =>
    `クーポンを使った注文のうち、初めての注文か、前の注文から${days}日以上あいた注文の割合です。残りは、クーポンがなくても来ていたかもしれない注文です。実験ではないので、目安として見てください。`,
  chart: "クーポンごとの、新しい方・戻ってきた方の割合の棒グラフ。下の表に同じ数字があります。",
  dependence: "値引きのある注文の割合と人数",
  dependenceHint: "お客さまごとに、注文のうち値引きのあったものの割合で分けた人数です。",
  dependenceChart: "値引きのある注文の割合ごとの人数の棒グラフ。下の表に同じ数字があります。",
  shares: {
    none: "なし",
    under_half: "半分より少ない",
    half_or_more: "半分以上",
    all: "すべて",
  } as Record<string, string>,
  names: { rest: "そのほか", unknown: "名前なし" } as Record<string, string>,
  sides: { with: "クーポンあり", without: "クーポンなし" } as Record<string, string>,
  table: "クーポンごと",
  tableHint:
    "1つの注文にクーポンがいくつもあれば、それぞれに数えます。「見込みの純増」は、その方のふだんの買い方から来ていたはずの注文を引いた数です。",
  code: "クーポン",
  issued: "配った人",
  redeemed: "うち使った人",
  usage: "利用率",
  customers: "使った人",
  ordersHead: "注文",
  first: "初めての注文",
  returned: "戻ってきた注文",
  incrementalShare: "新規・復帰の割合",
  expected: "来ていたはずの注文",
  incremental: "見込みの純増",
  discount: "値引き",
  sales: "売上",
  repeat: "その後の日数内に次を買う割合",
  sideTable: "クーポンあり・なし",
  side: "注文",
  dependenceTable: "値引きのある注文の割合ごと",
  dependenceHead: "値引きのある注文",
  people: "人数",
  discounted: "うち値引きの注文",
  margin: "粗利",
};

const en: typeof ja = {
  title: "Coupons",
  says: (orders, expected, share, discount) =>
    `Of ${orders} with a coupon about ${expected} (${share}) would have come without one. ${discount} was taken off in all.`,
  saysNone: "No order has used a coupon yet.",
  todo: (code, share, discount, days) =>
    `Only ${share} of the orders with “${code}” (${discount} taken off) were of new customers or of those away for ${days} days. Give it to people who have not bought for a while.`,
  todoNone: "Coupons waste least when they go to new customers and to those who have been away.",
  window: "Away after",
  orders: (n) => `${n} orders`,
  picture: "Of new and returning customers",
  pictureHint: (days) =>
    `The share of a coupon's orders that are a first order, or come ${days} days or more after the one before. The others might have come anyway. This is no experiment: take it as a guide.`,
  chart:
    "Bars of the share of new and returning customers by coupon. The table below has the same figures.",
  dependence: "How many of their orders are discounted",
  dependenceHint: "Customers by the share of their orders that had a discount.",
  dependenceChart:
    "Bars of customers by the share of discounted orders. The table below has the same figures.",
  shares: { none: "None", under_half: "Under half", half_or_more: "Half or more", all: "All" },
  names: { rest: "Others", unknown: "No name" },
  sides: { with: "With a coupon", without: "Without" },
  table: "By coupon",
  tableHint:
    "An order with several coupons counts under each. “More than usual” takes off the orders that the customers' habit would have brought.",
  code: "Coupon",
  issued: "Given to",
  redeemed: "Of these, used it",
  usage: "Used, share",
  customers: "Used by",
  ordersHead: "Orders",
  first: "First orders",
  returned: "After being away",
  incrementalShare: "New and returning",
  expected: "Would have come",
  incremental: "More than usual",
  discount: "Taken off",
  sales: "Sales",
  repeat: "Bought again within the days",
  sideTable: "With and without",
  side: "Orders",
  dependenceTable: "By share of discounted orders",
  dependenceHead: "Discounted orders",
  people: "Customers",
  discounted: "Of these, discounted",
  margin: "Margin",
};

export const words = { ja, en };
