// Words for where one customer stands, and for what to recommend.

const ja = {
  title: "グループと兆し",
  cpm: "CPM",
  whyCpm: (orders: string, tenure: string, amount: string, recency: string) =>
    `${orders}、在籍 ${tenure}日、累計 ${amount}、最後の購入から ${recency}日。`,
  rank: "会員ランク",
  byHand: "手で決める",
  byPlan: "決まりのとおり",
  whyRank: (amount: string, orders: string) => `数える期間の購入は ${amount}（${orders}）。`,
  toNextAmount: (amount: string) => `あと ${amount}`,
  toNextOrders: (orders: string) => `あと ${orders}`,
  or: "、または",
  next: (missing: string) => `次のランクまで${missing}。`,
  held: {
    kept: "ランクを保つ条件を満たしています。",
    carried_over: "前の期間に得たランクです。",
    grace: "条件を満たさなくなりましたが、猶予期間です。",
    for_good: "条件を満たさなくても下がらない決まりです。",
    pinned: "お店が手で決めたランクです。",
  } as Record<string, string>,
  falls: (days: string, missing: string) =>
    `${missing ? `${missing}ないと、` : ""}${days}日後に下がります。`,
  ltv: "LTVランク",
  churn: "定期の解約の兆し",
  whyChurn: (score: string, reasons: string) => `点数 ${score}。${reasons}`,
  recommended: "次におすすめの商品",
  recommendedHint:
    "同じ商品を買ったお客さまが、半年以内にほかに何を買ったかから選んでいます。割合の後ろは、95%の確からしさでの下限です。",
  because: (left: string, customers: string, of: string, share: string, low: string) =>
    `${left} を買った ${of} のうち ${customers}（${share}、少なくとも ${low}）が買っています。`,
  and: " と ",
};

const en: typeof ja = {
  title: "Groups and signs",
  cpm: "CPM",
  whyCpm: (orders, tenure, amount, recency) =>
    `${orders} over ${tenure} days for ${amount}; the last ${recency} days ago.`,
  rank: "Member rank",
  byHand: "Set by hand",
  byPlan: "As the plan says",
  whyRank: (amount, orders) => `Bought in the window: ${amount} (${orders}).`,
  toNextAmount: (amount) => `${amount} more`,
  toNextOrders: (orders) => `${orders} more`,
  or: " or ",
  next: (missing) => `To the next rank: ${missing}.`,
  held: {
    kept: "What it takes to keep the rank is there.",
    carried_over: "Earned in an earlier period.",
    grace: "No longer kept; the days of grace go on.",
    for_good: "Ranks are not lost under this plan.",
    pinned: "Set by hand.",
  },
  falls: (days, missing) => `Falls in ${days} days${missing ? ` unless there is ${missing}` : ""}.`,
  ltv: "LTV rank",
  churn: "Signs of cancelling a subscription",
  whyChurn: (score, reasons) => `Score ${score}. ${reasons}`,
  recommended: "What to recommend next",
  recommendedHint:
    "From what customers who bought the same also bought within half a year. After the share stands its lower bound with 95 % confidence.",
  because: (left, customers, of, share, low) =>
    `Of ${of} who bought ${left}, ${customers} bought it (${share}, at least ${low}).`,
  and: " and ",
};

export const words = { ja, en };
