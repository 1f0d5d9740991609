// Words of the page on LTV ranks.

const ja = {
  title: "LTVランク",
  says: (customers: string, share: string, part: string) =>
    `高LTVのお客さまは ${customers}（全体の ${share}）で、直近1年の購入額の ${part} を占めています。`,
  saysNone: "高LTVにあたるお客さまは、まだいません。",
  todo: (customers: string) =>
    `高LTVの方には先にお知らせする特典を、潜在LTV（これから高くなりそうな）${customers} には、次の購入や定期のご案内を届けましょう。`,
  todoNone: "まず、2回目の購入のご案内から始めましょう。",
  forecast: "予測の規則",
  forecasts: { no: "使わない", yes: "使う" },
  ranks: { high: "高LTV", potential: "潜在LTV", general: "一般" } as Record<string, string>,
  picture: "人数と購入額の割合",
  pictureHint:
    "購入額は直近1年のものです。分け方は、下の表の規則（お店の設定で変えられます）を上から順に当てたものです。",
  chart: "ランクごとの、人数と購入額の割合の棒グラフ。下の表に同じ数字があります。",
  peopleShare: "人数の割合",
  amountShare: "購入額の割合",
  table: "ランクごと",
  rank: "ランク",
  customers: "人数",
  share: "人数の割合",
  amount: "直近1年の購入額",
  subscribers: "定期のお客さま",
  reasons: "そのランクになった理由",
  reasonsHint: "1人に1つ、最初に当てはまった規則です。",
  reason: "理由",
  reasonOf: {
    amount: (bound: string) => `直近1年の購入額が ${bound} 以上`,
    forecast: (bound: string) => `見込みの購入額が ${bound} 以上`,
    subscription_cycles: (bound: string) => `定期が ${bound} 回以上続き、購入額も十分`,
    subscription: () => "定期を続けている",
    cancelled: () => "定期を解約し、続けている定期がない",
    forecast_potential: (bound: string) => `見込みの購入額が ${bound} 以上`,
    interval: (bound: string) => `買う間隔が ${bound} 日以内で、最近も買っている`,
    none: () => "どの規則にも当てはまらない",
  } as Record<string, (bound: string) => string>,
  meanFigure: "その値の平均",
};

const en: typeof ja = {
  title: "LTV ranks",
  says: (customers, share, part) =>
    `${customers} are of high LTV (${share} of all); they make up ${part} of the last year's purchases.`,
  saysNone: "Nobody is of high LTV yet.",
  todo: (customers) =>
    `Tell the former first of what is new; to the ${customers} of potential LTV offer a next purchase or a subscription.`,
  todoNone: "Begin with the second purchase.",
  forecast: "Rules on forecasts",
  forecasts: { no: "Not used", yes: "Used" },
  ranks: { high: "High LTV", potential: "Potential LTV", general: "General" },
  picture: "Shares of customers and amount",
  pictureHint:
    "Amounts are of the last year. The rules in the table below, which the settings can change, are tried from top to bottom.",
  chart:
    "Bars of each rank's shares of customers and amount. The table below has the same figures.",
  peopleShare: "Of the customers",
  amountShare: "Of the amount",
  table: "By rank",
  rank: "Rank",
  customers: "Customers",
  share: "Share",
  amount: "Bought in the last year",
  subscribers: "Subscribers",
  reasons: "Why they have the rank",
  reasonsHint: "One for each customer: the first rule that holds.",
  reason: "Why",
  reasonOf: {
    amount: (bound) => `bought for ${bound} or more in a year`,
    forecast: (bound) => `expected to buy for ${bound} or more`,
    subscription_cycles: (bound) => `${bound} deliveries of a contract or more, and enough bought`,
    subscription: () => "has a contract that goes on",
    cancelled: () => "cancelled a contract and has none left",
    forecast_potential: (bound) => `expected to buy for ${bound} or more`,
    interval: (bound) => `buys within ${bound} days, and did lately`,
    none: () => "no rule holds",
  },
  meanFigure: "Mean of that figure",
};

export const words = { ja, en };
