// Words of the page on the first order and the second: a gift, or for own use.

const ja = {
  title: "ギフトから自家需要へ",
  says: (n: string, came: string, own: string) =>
    `最初の注文がギフトだった ${n} のうち、2回目も注文したのは ${came}、そのうち2回目が自家需要だったのは ${own}です。`,
  saysOwn: (n: string, came: string, gift: string) =>
    `最初の注文が自家需要だった ${n} のうち、2回目も注文したのは ${came}、そのうち2回目がギフトだったのは ${gift}です。`,
  part: (n: string, share: string) => `${n}（${share}）`,
  todo: (n: string) =>
    `最初がギフトで2回目のない ${n} に、ご自身で楽しむ商品をご案内しましょう。表の人数を押すと一覧が開きます。`,
  todoOwn: "最初が自家需要の方には、贈り物のシーズンの前にギフトの案内を届けましょう。",
  picture: "最初の注文と2回目の注文",
  pictureHint:
    "最初の注文がギフトか自家需要かで分けて、2回目がどうなったかを割合で示します。まだ2回目の時期が来ていない方も「2回目なし」に入ります。",
  chart: "最初の注文ごとの、2回目の注文の割合の棒グラフ。下の表に同じ数字があります。",
  first: "最初の注文",
  second: "2回目の注文",
  firsts: { own: "自家需要", gift: "ギフト" } as Record<string, string>,
  seconds: { none: "2回目なし", own: "自家需要", gift: "ギフト" } as Record<string, string>,
  table: "最初の注文と2回目の注文",
  customers: "人数",
  rate: "割合",
  meanDays: "2回目までの平均日数",
  amount: "これまでの購入額",
};

const en: typeof ja = {
  title: "From gifts to own use",
  says: (n, came, own) =>
    `Of ${n} whose first order was a gift, ${came} ordered again; of these, ${own} for own use.`,
  saysOwn: (n, came, gift) =>
    `Of ${n} whose first order was for own use, ${came} ordered again; of these, ${gift} a gift.`,
  part: (n, share) => `${n} (${share})`,
  todo: (n) =>
    `Tell the ${n} who began with a gift and have not come back what they may enjoy themselves. A press on their number in the table lists them.`,
  todoOwn: "Tell those who began with own use of gifts before a season.",
  picture: "First order and second",
  pictureHint:
    "By what the first order was, what became of the second. Those whose time for a second has not come yet are in “no second order”.",
  chart: "Bars of the second order by the first. The table below has the same figures.",
  first: "First order",
  second: "Second order",
  firsts: { own: "own use", gift: "gift" },
  seconds: { none: "no second order", own: "own use", gift: "gift" },
  table: "First order and second",
  customers: "Customers",
  rate: "Share",
  meanDays: "Days to the second, mean",
  amount: "Bought so far",
};

export const words = { ja, en };
