// Words of the page on going on and lapsing.

const ja = {
  title: "継続・離脱",
  says: (closed: string, inTime: string, rate: string, days: string, converted: string) =>
    `最初の購入から${days}日がたった ${closed} のうち、${days}日以内に2回目に進んだのは ${inTime}（${rate}）です。日数を問わなければ、これまでに ${converted} が進みました。`,
  saysOpen: (converted: string, share: string, days: string) =>
    `最初の購入のあと、2回目に進んだのは ${converted}（${share}）。${days}日たったお客さまは、まだいません。`,
  todo: (step: string, lapsed: string) =>
    `いちばん多く離れているのは ${step} です（離脱 ${lapsed}）。その少し前に、次の案内を届けましょう。`,
  todoNone: "離れたお客さまは、まだいません。待っているお客さまに、次の案内を届けましょう。",
  lapse: "離脱とみなす日数",
  steps: "何回目まで",
  times: "回",
  picture: "100人のうち、次に進む人・待っている人・離れた人",
  chart:
    "購入回数ごとに、次の購入に進んだ人、待っている人、離れた人の割合を積み上げた棒グラフ。下の表に同じ数字があります。",
  step: (n: string) => `${n}回目`,
  lastStep: (n: string) => `${n}回目`,
  head: "購入回数",
  customers: "人数",
  converted: "次に進んだ",
  waiting: "待っている",
  lapsed: "離れた",
  closed: "日数がたった人",
  inTime: "うち日数内に進んだ",
  rate: "日数内に進む割合",
  product: "最初に買った商品",
  subject: "対象の注文",
  subjects: { all: "すべて", one_time: "通常", subscription: "定期" },
  meanDays: "次までの平均日数",
  table: "購入回数ごと",
  tableHint:
    "「次に進んだ」は、何日かかっても進んだ人です。割合は、離脱とみなす日数がたったお客さまのうち、その日数のうちに進んだ人の割合です。小さい数字は、95%の確からしさで本当の割合がある範囲です。",
  cohorts: "初回購入の月ごと",
  cohort: "初回購入の月",
};

const en: typeof ja = {
  title: "Going on and lapsing",
  says: (closed, inTime, rate, days, converted) =>
    `Of ${closed} whose ${days} days since the first order are over, ${inTime} (${rate}) made a second one within them; ${converted} have done so after any number of days.`,
  saysOpen: (converted, share, days) =>
    `After the first order, ${converted} (${share}) went on to the second; nobody's ${days} days are over yet.`,
  todo: (step, lapsed) =>
    `Most are lost at ${step} (${lapsed} lapsed). Write to them a little earlier.`,
  todoNone: "Nobody has lapsed yet. Write to those who wait.",
  lapse: "Days until a customer has lapsed",
  steps: "Up to order",
  times: "",
  picture: "Of 100 customers: going on, waiting, lapsed",
  chart:
    "Stacked bars: shares of customers who went on, wait or lapsed after each order. The table below has the same figures.",
  step: (n) => `Order ${n}`,
  lastStep: (n) => `order ${n}`,
  head: "Order",
  customers: "Customers",
  converted: "Went on",
  waiting: "Waiting",
  lapsed: "Lapsed",
  closed: "Days over",
  inTime: "of these, in time",
  rate: "Rate in time",
  product: "First product",
  subject: "Which orders",
  subjects: { all: "All", one_time: "One-time", subscription: "Contracts" },
  meanDays: "Mean days to the next",
  table: "By order",
  tableHint:
    "“Went on” counts any number of days. Rates are of the customers whose days are over: those who went on within them. Small figures: where the true rate lies with 95 % confidence.",
  cohorts: "By month of the first order",
  cohort: "First order in",
};

export const words = { ja, en };
