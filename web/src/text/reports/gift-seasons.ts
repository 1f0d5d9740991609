// Words of the page on seasons of gifts.

const ja = {
  title: "ギフトのシーズン",
  says: (year: string, season: string, senders: string, rate: string, pairs: string) =>
    `${year}年の${season}を贈った ${senders} のうち、翌年も贈ったのは ${rate} です。同じ届け先に贈られた割合は ${pairs} でした。`,
  saysNone: "翌年のシーズンまで終わった贈りものが、まだありません。",
  todo: (own: string, days: string) =>
    `シーズンの前に、前の年の届け先を添えて案内しましょう。初めてのギフトから${days}日以内に自宅用も買った方は ${own} です。お礼とともに、自宅用の商品もすすめましょう。`,
  todoNone: "シーズンの前に、前の年の届け先を添えて案内しましょう。",
  days: "自宅用を数える日数",
  picture: "シーズンごとに、翌年も贈った割合",
  pictureHint: "小さい数字は、その年に贈った人数です。",
  caption: "斜線は、翌年のシーズンがまだ終わっていないものです。",
  season: "シーズン",
  own: "初めてのギフトのあと、自宅用を買った割合",
  ownHint: (days: string) =>
    `初めてのギフトから${days}日以内に、自宅用の注文をした割合です。前から自宅用を買っていた方と、10人に満たない月は入れていません。帯は、95%の確からしさで本当の割合がある範囲です。`,
  ownChart:
    "初めてのギフトの月ごとの、自宅用を買った割合の折れ線グラフ。下の表に同じ数字があります。",
  yearOf: (n: string) => `${n}年`,
  table: "シーズンごと",
  tableHint: "組は、贈り主と届け先の組み合わせです。",
  year: "年",
  senders: "贈り主",
  continued: "翌年も贈った人",
  continuation: "継続率",
  pairs: "組",
  pairsContinued: "翌年も同じ組",
  pairContinuation: "届け先の継続率",
  shipments: "お届け",
  orders: "注文",
  perOrder: "1注文の届け先",
  perDestination: "1件の額",
  amount: "金額",
  ownTable: "初めてのギフトの月ごと",
  cohort: "初めてのギフト",
  hadOwn: "前から自宅用も",
  waiting: "まだ日数の途中",
  closed: "日数がたった人",
  converted: "うち自宅用を買った人",
  rate: "割合",
};

const en: typeof ja = {
  title: "Seasons of gifts",
  says: (year, season, senders, rate, pairs) =>
    `Of ${senders} who sent gifts in ${season} ${year}, ${rate} did so in the next year again; ${pairs} of their recipients got one again.`,
  saysNone: "No gifts have been followed by a whole season a year later yet.",
  todo: (own, days) =>
    `Write before a season, with the recipients of last year. ${own} of new senders buy for themselves within ${days} days: recommend something with the thanks.`,
  todoNone: "Write before a season, with the recipients of last year.",
  days: "Own use within",
  picture: "Who sends again a year later",
  pictureHint: "Small figures are the senders of the year.",
  caption: "Hatched: the season a year later is not over.",
  season: "Season",
  own: "Who buys for themselves after a first gift",
  ownHint: (days) =>
    `An order for own use within ${days} days of the first gift, without those who had one before, and without months of fewer than ten. The band is where the true rate lies with 95 % confidence.`,
  ownChart:
    "A line of who buys for own use by month of the first gift. The table below has the same figures.",
  yearOf: (n) => n,
  table: "By season",
  tableHint: "A pair is a sender and a recipient.",
  year: "Year",
  senders: "Senders",
  continued: "Sent again",
  continuation: "Again, share",
  pairs: "Pairs",
  pairsContinued: "Pairs again",
  pairContinuation: "Pairs again, share",
  shipments: "Shipments",
  orders: "Orders",
  perOrder: "Destinations an order",
  perDestination: "One shipment",
  amount: "Amount",
  ownTable: "By month of the first gift",
  cohort: "First gift in",
  hadOwn: "Bought own before",
  waiting: "Days not over",
  closed: "Days over",
  converted: "Of these, for own use",
  rate: "Share",
};

export const words = { ja, en };
