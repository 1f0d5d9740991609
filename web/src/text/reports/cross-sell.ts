// Words of the page on what sells together.

const ja = {
  title: "クロスセル",
  says: (left: string, right: string, rate: string, low: string, whole: string, lift: string) =>
    `${left}を買った人の ${rate}（控えめに見て ${low}）が「${right}」も買っています。全体では ${whole} なので、${lift} 倍です。`,
  saysOrder: (
    left: string,
    right: string,
    rate: string,
    low: string,
    whole: string,
    lift: string,
  ) =>
    `${left}の入った注文の ${rate}（控えめに見て ${low}）に「${right}」も入っています。全体では ${whole} なので、${lift} 倍です。`,
  saysNone: "この条件で、一緒に買われやすい組み合わせは見つかりません。",
  todo: (left: string, right: string, n: string) =>
    `${left}を買ってまだ「${right}」を買っていない方が ${n} います。商品ページや同梱、次のメールで「${right}」をすすめましょう。`,
  todoOrder: (left: string, right: string) =>
    `${left}のカートで「${right}」をすすめるか、セットにしましょう。`,
  todoNone: "倍率や最少の件数を下げるか、日数を延ばしてみてください。",
  product: (name: string) => `「${name}」`,
  and: "と",
  unit: "まとめ方",
  units: { customer: "期間内に同じ人", order: "同じ注文" },
  window: "さかのぼる日数",
  days: "日",
  left: "左の商品",
  minCount: "最少の件数",
  minLift: "倍率の下限",
  times: "倍",
  maxItems: "左の商品の数",
  items: "点まで",
  picture: "これを買った人は、これも買う",
  pictureHint:
    "棒は、左の商品を買った人のうち右の商品も買った割合です。線の左端は、95%の確からしさで見た控えめな割合です。倍率は、全体の割合の何倍かです（1倍なら関係なし）。",
  chart: "組み合わせごとに、右の商品も買う割合を表した棒グラフ。下の表に同じ数字があります。",
  lift: (n: string) => `${n}倍`,
  rules: "組み合わせ（控えめに見た割合の高い順）",
  rulesHint: (baskets: string, least: string) =>
    `${baskets} 件のまとまりのうち、${least} 件以上にある組み合わせです。`,
  leftHead: "買った商品",
  rightHead: "一緒に買う商品",
  count: "両方",
  leftCount: "左の商品",
  rightCount: "右の商品",
  confidence: "右も買う割合",
  confidenceLow: "控えめに見た割合",
  liftHead: "倍率",
  support: "全体に占める割合",
  sets: "一緒に買われる商品",
  set: "商品",
  setCount: "件数",
  notes: {
    count_raised: (_: string, n: string) =>
      `組み合わせが多すぎるため、${n} 件以上にある組み合わせだけを調べました。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Cross-selling",
  says: (left, right, rate, low, whole, lift) =>
    `${rate} of those who bought ${left} (at the least ${low}) also bought “${right}”. Of all it is ${whole}: ${lift} times as many.`,
  saysOrder: (left, right, rate, low, whole, lift) =>
    `${rate} of the orders with ${left} (at the least ${low}) also have “${right}”. Of all it is ${whole}: ${lift} times as many.`,
  saysNone: "Nothing sells together under these conditions.",
  todo: (left, right, n) =>
    `${n} bought ${left} and not yet “${right}”. Recommend it on the product's page, in the parcel or in the next mail.`,
  todoOrder: (left, right) => `Offer “${right}” in the cart beside ${left}, or make a set.`,
  todoNone: "Lower the lift or the least number, or look back further.",
  product: (name) => `“${name}”`,
  and: " and ",
  unit: "Together in",
  units: { customer: "One customer's purchases", order: "One order" },
  window: "Look back",
  days: "days",
  left: "Bought",
  minCount: "At least in",
  minLift: "Lift at least",
  times: "times",
  maxItems: "Products bought",
  items: "at most",
  picture: "Who buys this also buys that",
  pictureHint:
    "Bars are the share of buyers of the left products who also buy the right one. The line begins at the least share, with 95 % confidence. The lift says how many times the share of all it is (1: no connection).",
  chart: "Bars of who also buys the right product, by rule. The table below has the same figures.",
  lift: (n) => `×${n}`,
  rules: "Rules, surest first",
  rulesHint: (baskets, least) => `Of ${baskets} baskets, what is in ${least} or more.`,
  leftHead: "Who bought",
  rightHead: "Also buys",
  count: "Both",
  leftCount: "Left",
  rightCount: "Right",
  confidence: "Also buys, share",
  confidenceLow: "At the least",
  liftHead: "Lift",
  support: "Share of all",
  sets: "Bought together",
  set: "Products",
  setCount: "Baskets",
  notes: {
    count_raised: (_, n) =>
      `There are too many sets: only those in ${n} baskets or more were tried.`,
  },
};

export const words = { ja, en };
