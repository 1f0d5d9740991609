// Words of the page on contracts by month.

const ja = {
  title: "定期の解約率",
  says: (
    month: string,
    rate: string,
    range: string,
    base: string,
    cancelled: string,
    end: string,
  ) =>
    `${month}の解約率は ${rate}（${range}）でした。月初の契約と新しい契約の ${base} のうち ${cancelled} が解約し、月末の契約は ${end} です。`,
  saysNone: "終わった月が、まだありません。",
  todoHigh: (mean: string) =>
    `その前の1年の平均 ${mean} より高く、偶然とは言いにくい差です。その月に変えたこと（価格、中身、お届け）と、解約の理由を確かめましょう。`,
  todoLow: (mean: string) =>
    `その前の1年の平均 ${mean} より低く、偶然とは言いにくい差です。その月に変えたことを続けましょう。`,
  todoUsual: (mean: string) =>
    `その前の1年の平均は ${mean} で、いつもの範囲です。解約の手続きは分かりやすいまま、休止や間隔の変更も選べることを知らせましょう。`,
  todoNone: "月が進むと、いつもの解約率とくらべられます。",
  product: "最初のお届けの商品",
  months: "何か月分",
  month: "か月",
  picture: "月ごとの解約率",
  pictureHint:
    "解約率は、月初に続いていた契約とその月の新しい契約のうち、その月に解約した割合です。帯は、95%の確からしさで本当の割合がある範囲です。終わっていない月は描いていません。",
  chart: "月ごとの解約率の折れ線グラフ。下の表に同じ数字があります。",
  rate: "解約率",
  mrr: "月末の契約の月額（MRR）",
  mrrHint: "続いている契約の1回の額を、1か月あたりに直して足したものです。",
  mrrChart: "月ごとの、月末の契約の月額の棒グラフ。下の表に同じ数字があります。",
  contracts: (n: string) => `${n}件`,
  table: "月ごと",
  tableHint:
    "月初＋新規＋再開−解約−休止−満了が、月末になります。契約の数を押すと、その契約のお客さまが開きます（1人でいくつも契約していると、人数は少なくなります）。",
  head: "月",
  start: "月初",
  news: "新規",
  restarted: "うち以前の解約者",
  resumed: "再開",
  cancelled: "解約",
  paused: "休止",
  completed: "満了",
  end: "月末",
  atRest: "休止中の解約",
  amountEnd: "月末の月額",
  amountCancelled: "解約の月額",
  amountRate: "金額の解約率",
  notes: {
    ended_without_date: (_: string, n: string) =>
      `終わった日の分からない契約 ${n} 件は、月ごとの数に入れていません。`,
    paused_without_date: (_: string, n: string) =>
      `いつからか分からない休止の契約 ${n} 件は、ずっと休止として数えています。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Contracts by month",
  says: (month, rate, range, base, cancelled, end) =>
    `In ${month} ${rate} (${range}) of the contracts were cancelled: ${cancelled} of ${base} that were active at its start or new. ${end} were active at its end.`,
  saysNone: "No month is over yet.",
  todoHigh: (mean) =>
    `That is above the ${mean} of the year before, by more than chance. Look at what changed in the month (price, content, delivery) and at the reasons given.`,
  todoLow: (mean) =>
    `That is below the ${mean} of the year before, by more than chance. Keep what changed in the month.`,
  todoUsual: (mean) =>
    `The mean of the year before is ${mean}: as usual. Keep cancelling easy, and tell that pausing and longer intervals can be chosen too.`,
  todoNone: "With more months this page tells whether a rate is unusual.",
  product: "First product",
  months: "Months",
  month: "",
  picture: "Cancelled by month",
  pictureHint:
    "The rate is of the contracts active at the start of the month or new in it. The band is where the true rate lies with 95 % confidence. A month that is not over is not drawn.",
  chart: "A line of the rate of cancelling by month. The table below has the same figures.",
  rate: "Rate of cancelling",
  mrr: "Money a month at its end (MRR)",
  mrrHint: "What the active contracts cost, brought to one month, added up.",
  mrrChart: "Bars of the money a month of active contracts. The table below has the same figures.",
  contracts: (n) => n,
  table: "By month",
  tableHint:
    "Start + new + resumed − cancelled − paused − completed = end. A press on a number of contracts opens their customers, who may be fewer.",
  head: "Month",
  start: "Start",
  news: "New",
  restarted: "Of these, came back",
  resumed: "Resumed",
  cancelled: "Cancelled",
  paused: "Paused",
  completed: "Completed",
  end: "End",
  atRest: "Cancelled while paused",
  amountEnd: "Money at the end",
  amountCancelled: "Money cancelled",
  amountRate: "Rate by money",
  notes: {
    ended_without_date: (_, n) =>
      `${n} contracts that ended on an unknown day are not in the months.`,
    paused_without_date: (_, n) =>
      `${n} contracts paused since an unknown day count as paused from their start.`,
  },
};

export const words = { ja, en };
