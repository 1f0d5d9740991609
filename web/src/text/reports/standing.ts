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
  due: "そろそろ買い足すころの商品",
  dueOwn: (last: string, days: string, cycle: string, gaps: string) =>
    `最後の購入は ${last}（${days}日前）。この方はこれまで ${cycle}日 ほどで買い足しています（間隔 ${gaps}回 の中央値）。`,
  dueAll: (last: string, days: string, cycle: string, gaps: string) =>
    `最後の購入は ${last}（${days}日前）。この商品は ${cycle}日 ほどで買い足されています（お店全体の間隔 ${gaps}回 の中央値）。`,
  recommended: "次におすすめの商品",
  recommendedHint:
    "同じ商品を買ったお客さまが、半年以内にほかに何を買ったかから選んでいます。割合の後ろは、95%の確からしさでの下限です。",
  because: (left: string, customers: string, of: string, share: string, low: string) =>
    `${left} を買った ${of} のうち ${customers}（${share}、少なくとも ${low}）が買っています。`,
  and: " と ",
  events: {
    consent_given: "配信に同意",
    consent_withdrawn: "配信停止",
    mail_sent: "メールを送信",
    mail_opened: "メールを開封",
    mail_clicked: "メールのリンクを開いた",
    mail_bounced: "メールが届かなかった",
    mail_complained: "迷惑メールの申し出",
    contract_skipped: "定期をスキップ",
    contract_paused: "定期を休止",
    contract_resumed: "定期を再開",
    cycle_changed: "お届け間隔を変更",
    payment_failed: "決済に失敗",
    payment_recovered: "決済が回復",
    card_expires: "カードの期限",
    cancel_page_viewed: "解約ページを見た",
    complaint: "お叱り・お問い合わせ",
    coupon_issued: "クーポンを配布",
    line_blocked: "LINEをブロック",
    returned: "商品が返ってきた",
    page_viewed: "ページを見た",
  } as Record<string, string>,
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
  due: "Due to be bought again",
  dueOwn: (last, days, cycle, gaps) =>
    `Last bought on ${last}, ${days} days ago. This customer buys it every ${cycle} days or so (median of ${gaps} gaps).`,
  dueAll: (last, days, cycle, gaps) =>
    `Last bought on ${last}, ${days} days ago. It is bought again after ${cycle} days or so (median of ${gaps} gaps of all customers).`,
  recommended: "What to recommend next",
  recommendedHint:
    "From what customers who bought the same also bought within half a year. After the share stands its lower bound with 95 % confidence.",
  because: (left, customers, of, share, low) =>
    `Of ${of} who bought ${left}, ${customers} bought it (${share}, at least ${low}).`,
  and: " and ",
  events: {
    consent_given: "Agreed to mail",
    consent_withdrawn: "Unsubscribed",
    mail_sent: "Mail sent",
    mail_opened: "Mail opened",
    mail_clicked: "Link in a mail opened",
    mail_bounced: "Mail bounced",
    mail_complained: "Mail reported as spam",
    contract_skipped: "Delivery skipped",
    contract_paused: "Contract paused",
    contract_resumed: "Contract resumed",
    cycle_changed: "Days between deliveries changed",
    payment_failed: "Payment failed",
    payment_recovered: "Payment went through again",
    card_expires: "Card expires",
    cancel_page_viewed: "Viewed the page on cancelling",
    complaint: "Complaint",
    coupon_issued: "Coupon given",
    line_blocked: "Blocked LINE",
    returned: "Delivery came back",
    page_viewed: "Page viewed",
  },
};

export const words = { ja, en };
