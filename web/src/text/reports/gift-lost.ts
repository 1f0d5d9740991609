// Words of the page on recipients of last year who got nothing this year.

const ja = {
  title: "送り忘れ",
  says: (year: string, season: string, pairs: string, lost: string, rate: string, amount: string) =>
    `${year}年の${season}は、前の年の届け先 ${pairs} のうち ${lost}（${rate}）にまだ贈られていません。前の年の額で ${amount} です。`,
  saysOver: (
    year: string,
    season: string,
    pairs: string,
    lost: string,
    rate: string,
    amount: string,
  ) =>
    `${year}年の${season}では、前の年の届け先 ${pairs} のうち ${lost}（${rate}）に贈られませんでした。前の年の額で ${amount} です。`,
  saysNone: "くらべられる前の年のシーズンが、まだありません。",
  todo: (n: string) =>
    `いまならまだ間に合います。贈り主 ${n} に、前の年の届け先を添えてお知らせしましょう。`,
  todoOver: (n: string) =>
    `シーズンは終わりました。贈り主 ${n} には、次のシーズンの前に、届け先を引き継げることをお知らせしましょう。`,
  todoNone: "次のシーズンの前に、前の年の届け先を添えて案内しましょう。",
  limit: "贈り主の件数",
  rows: "件",
  pairs: (n: string) => `${n}件`,
  picture: "シーズンごとの、贈られていない届け先の割合",
  pictureHint:
    "前の年の同じシーズンの届け先のうち、今年まだ贈られていない割合です。ピークが始まったシーズンだけを数えます。",
  chart: "シーズンごとの、贈られていない届け先の割合の棒グラフ。下の表に同じ数字があります。",
  name: (season: string, year: string) => `${season} ${year}年`,
  yearOf: (n: string) => `${n}年`,
  table: "シーズンごと",
  season: "シーズン",
  year: "年",
  senders: "前の年の贈り主",
  lostSenders: "送り忘れの贈り主",
  pairsHead: "前の年の届け先",
  lostPairs: "まだの届け先",
  rate: "まだの割合",
  amount: "前の年の額",
  state: "注文",
  open: "まだ間に合う",
  over: "終わった",
  list: "送り忘れの贈り主（額の大きい順）",
  listHint:
    "届け先は、都道府県と名字のはじめの1文字だけを出しています。お客さまを押すと履歴が開きます。",
  customer: "お客さま",
  recipients: "届け先",
  notes: {
    more_senders: (n: string) => `一覧に入らない贈り主が、ほかに ${n} います。`,
  } as Record<string, (n: string) => string>,
};

const en: typeof ja = {
  title: "Forgotten gifts",
  says: (year, season, pairs, lost, rate, amount) =>
    `For ${season} ${year}, ${lost} of last year's ${pairs} (${rate}) have got nothing yet. Last year these were ${amount}.`,
  saysOver: (year, season, pairs, lost, rate, amount) =>
    `In ${season} ${year}, ${lost} of the year before's ${pairs} (${rate}) got nothing. The year before these were ${amount}.`,
  saysNone: "There is no season of a year before to compare with yet.",
  todo: (n) => `There is still time: write to ${n}, with the recipients of last year.`,
  todoOver: (n) =>
    `The season is over. Before the next, tell the ${n} that their recipients can be taken over.`,
  todoNone: "Write before a season, with the recipients of last year.",
  limit: "List",
  rows: "senders",
  pairs: (n) => `${n} recipients`,
  picture: "Recipients with nothing this year, by season",
  pictureHint:
    "Of last year's recipients of the season, those who have got nothing this year. Only seasons whose peak has begun.",
  chart:
    "Bars of recipients with nothing this year by season. The table below has the same figures.",
  name: (season, year) => `${season} ${year}`,
  yearOf: (n) => n,
  table: "By season",
  season: "Season",
  year: "Year",
  senders: "Senders last year",
  lostSenders: "Who forgot some",
  pairsHead: "Recipients last year",
  lostPairs: "With nothing yet",
  rate: "Share",
  amount: "Amount last year",
  state: "Orders",
  open: "Still in time",
  over: "Over",
  list: "Who forgot whom, by amount",
  listHint:
    "Recipients by prefecture and the first letter of their name alone. A press on a customer opens their history.",
  customer: "Customer",
  recipients: "Recipients",
  notes: {
    more_senders: (n) => `${n} more do not fit into the list.`,
  },
};

export const words = { ja, en };
