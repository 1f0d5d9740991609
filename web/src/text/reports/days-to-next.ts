// Words of the page on days to the next purchase.

const ja = {
  title: "次の購入までの日数",
  since: (n: number) => (n === 0 ? "前回の購入" : n === 1 ? "最初の購入" : `${n}回目の購入`),
  says: (since: string, send: string, peak: string) =>
    `次のご案内は、${since}から ${send}日後が目安です。次の購入がいちばん起きやすいのは ${peak}日ごろです。`,
  saysMedian: (since: string, median: string) =>
    `${since}から ${median}日で、半分のお客さまが次を買っています。ご案内はその前が目安です。`,
  saysFew: (since: string, why: string) =>
    `${since}からのご案内の目安は、まだ出せません（${why}）。`,
  saysBy: (list: string) => `次のご案内の目安は、${list}です。`,
  sendOf: (name: string, days: string) => `${name} は ${days}日後`,
  saysNoneBy: "分けたグループの人数が少なく、ご案内の目安は、まだ出せません。",
  comma: "、",
  todo: (from: string, to: string) =>
    `起きやすさの山は ${from}〜${to}日目です。その少し前に届くように、ご案内を予約しましょう。`,
  todoFlat:
    "ただし、起きやすさの山ははっきりしていません。日数よりも、届ける中身を先に見直すのがおすすめです。",
  todoFirst: "購入の直後がいちばん起きやすいので、お届けのお知らせに次のご案内を添えましょう。",
  todoFew: "お客さまが増えるか、日数がたつと分かります。条件をゆるめてみてください。",
  todoBy: "目安がちがうグループには、ご案内の日を分けて届けましょう。",
  from: "何回目の購入から",
  fromUnit: "回目（0はすべて）",
  by: "分けて見る",
  bys: { "": "まとめて", product: "商品", month: "購入の月", shop: "店舗" },
  lead: "山の何日前に届けるか",
  product: "その購入の商品",
  shown: "図の長さ",
  showns: { "180": "180日", "365": "365日", all: "すべて" },
  everybody: "次を買った人の割合",
  none: "（不明）",
  curve: "日数ごとの、次を買った人の割合",
  curveHint:
    "まだ買っていない人も「待っている人」として数えた割合です（カプラン・マイヤー法）。途中の人を除かないので、日数が短く見えません。帯は、95%の確からしさで本当の割合がある範囲です。",
  chart: "日数ごとに、次を買った人の割合が上がっていく階段状の線。下の表に同じ数字があります。",
  after: (days: string) => `${days}日後`,
  markSend: (days: string) => `ご案内 ${days}日`,
  markShare: (share: string, days: string) => `${share} ${days}日`,
  histogram: "買った人だけの日数の分布（リードタイム）",
  histogramHint:
    "すでに次を買った人だけの日数です。まだ待っている人が入らないので、実際より短く見えます。上の曲線と合わせて見てください。",
  histogramChart: "次の購入までの日数を30日ごとに数えた棒グラフ。下の表に同じ数字があります。",
  bin: (from: string, to: string) => `${from}〜${to}日`,
  table: "目安のまとめ",
  tableHint:
    "「25%が買う日」などは、待っている人も数えた日数です。山の確からしさは、起きやすさの山が偶然でない見込みです。小さい数字は、95%の確からしさで本当の値がある範囲です。",
  tableHintAll:
    "購入ごとに数えているので、同じお客さまが何度も入ります。山の確からしさは、起きやすさの山が偶然でない見込みです。",
  converted: "次を買った",
  waiting: "待っている",
  quantile: (share: string) => `${share}が買う日`,
  peak: "いちばん起きやすい日",
  send: "ご案内の目安",
  sure: "山の確からしさ",
  states: {
    inside: "途中にある",
    first: "購入の直後",
    last: "見ている範囲の終わり",
    few_customers: "人数がまだ少ない",
    no_event: "次を買った人がいない",
    few_events: "次を買った人がまだ少ない",
  } as Record<string, string>,
  histogramTable: "リードタイムの表",
  bins: "日数",
  customers: "人数",
  gaps: "購入の数",
  curveTable: "曲線の表",
  curveTableHint: "行には、前の行より後からその日までに起きたことを数えています。",
  day: "購入からの日数",
  atRisk: "まだ待っている",
  events: "次を買った",
  stopped: "基準日まで待っている",
  share: "次を買った割合",
  notes: {
    closed_gaps_alone: (n: string) =>
      `まだ待っている ${n} は、曲線には入り、リードタイムには入っていません。`,
    smaller_groups: (n: string) => `小さいグループの ${n} 分は、曲線を描いていません。`,
  } as Record<string, (n: string) => string>,
};

const en: typeof ja = {
  title: "Days to the next purchase",
  since: (n) => (n === 0 ? "a purchase" : n === 1 ? "the first purchase" : `purchase ${n}`),
  says: (since, send, peak) =>
    `Write about ${send} days after ${since}. The next purchase is likeliest around day ${peak}.`,
  saysMedian: (since, median) =>
    `Half of the customers have bought again ${median} days after ${since}. Write before that.`,
  saysFew: (since, why) => `There is no day to advise after ${since} yet (${why}).`,
  saysBy: (list) => `When to write: ${list}.`,
  sendOf: (name, days) => `${name} after ${days} days`,
  saysNoneBy: "The groups are too small to advise a day yet.",
  comma: ", ",
  todo: (from, to) =>
    `The peak is from day ${from} to ${to}. Plan your message so that it arrives a little earlier.`,
  todoFlat:
    "There is no clear peak, though. What you write will matter more than the day on which you do.",
  todoFirst: "Right after a purchase is the likeliest time: add the next offer to your parcel.",
  todoFew: "More customers or more days will tell. Try wider conditions.",
  todoBy: "Where the days differ, write to the groups at different times.",
  from: "From purchase",
  fromUnit: "(0 is every one)",
  by: "Curves by",
  bys: { "": "All together", product: "Product", month: "Month of the purchase", shop: "Shop" },
  lead: "Write before the peak by",
  product: "Product of that purchase",
  shown: "Length of the picture",
  showns: { "180": "180 days", "365": "365 days", all: "All" },
  everybody: "Have bought again",
  none: "(unknown)",
  curve: "Who has bought again, by days",
  curveHint:
    "Customers who have not bought again count as waiting (Kaplan–Meier), so days do not look shorter than they are. The band is where the true share lies with 95 % confidence.",
  chart: "A rising curve in steps: the share who have bought again. A table below has its figures.",
  after: (days) => `After ${days} days`,
  markSend: (days) => `Write: day ${days}`,
  markShare: (share, days) => `${share}: day ${days}`,
  histogram: "Days of those who did buy again (lead time)",
  histogramHint:
    "Only customers who have bought again. Those who wait are left out, so days look shorter than they are. Read it together with the curve above.",
  histogramChart:
    "Bars: days to the next purchase in steps of 30. A table below has the same figures.",
  bin: (from, to) => `${from}–${to} days`,
  table: "In short",
  tableHint:
    "Days by which a share has bought again count those who wait. How sure a peak is: the chance that it is no accident. Small figures: where the true value lies with 95 % confidence.",
  tableHintAll:
    "Every purchase counts, so a customer may count several times. How sure a peak is: the chance that it is no accident.",
  converted: "Bought again",
  waiting: "Waiting",
  quantile: (share) => `${share} have bought`,
  peak: "Likeliest day",
  send: "Write on day",
  sure: "Peak is sure",
  states: {
    inside: "in between",
    first: "right after the purchase",
    last: "at the end of what is seen",
    few_customers: "few customers yet",
    no_event: "nobody has bought again",
    few_events: "few have bought again yet",
  },
  histogramTable: "Lead time as a table",
  bins: "Days",
  customers: "Customers",
  gaps: "Purchases",
  curveTable: "The curve as a table",
  curveTableHint: "A row counts what happened after the row before, up to its day.",
  day: "Days since the purchase",
  atRisk: "Still waiting",
  events: "Bought again",
  stopped: "Wait until today",
  share: "Have bought again",
  notes: {
    closed_gaps_alone: (n) => `${n} still waiting are in the curve but not in the lead time.`,
    smaller_groups: (n) => `${n} of smaller groups have no curve.`,
  },
};

export const words = { ja, en };
