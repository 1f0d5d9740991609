// Words of the page on going on and lapsing.

const ja = {
  title: "継続・離脱",
  says: (converted: string, rate: string) =>
    `最初の購入のあと、2回目に進んだのは ${converted}、期間が終わったお客さまの ${rate} です。`,
  saysOpen: (waiting: string) =>
    `最初の購入のあとの期間が終わったお客さまは、まだいません。待っているのは ${waiting} です。`,
  todo: (step: string, lapsed: string) =>
    `いちばん多く離れているのは ${step} です（離脱 ${lapsed}）。その少し前に、次の案内を届けましょう。`,
  todoNone: "離れたお客さまは、まだいません。待っているお客さまに、次の案内を届けましょう。",
  lapse: "離脱とみなす日数",
  days: "日",
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
  rate: "進んだ割合",
  meanDays: "次までの平均日数",
  table: "購入回数ごと",
  tableHint:
    "割合は、離脱とみなす日数がたったお客さまだけで計算します。小さい数字は、95%の確からしさで本当の割合がある範囲です。",
  cohorts: "初回購入の月ごと",
  cohort: "初回購入の月",
};

const en: typeof ja = {
  title: "Going on and lapsing",
  says: (converted, rate) =>
    `After the first order, ${converted} went on to the second: ${rate} of those whose time is over.`,
  saysOpen: (waiting) => `Nobody's time after the first order is over yet; ${waiting} wait.`,
  todo: (step, lapsed) =>
    `Most are lost at ${step} (${lapsed} lapsed). Write to them a little earlier.`,
  todoNone: "Nobody has lapsed yet. Write to those who wait.",
  lapse: "Days until a customer has lapsed",
  days: "days",
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
  rate: "Rate",
  meanDays: "Mean days to the next",
  table: "By order",
  tableHint:
    "Rates count only customers whose days are over. Small figures: where the true rate lies with 95 % confidence.",
  cohorts: "By month of the first order",
  cohort: "First order in",
};

export const words = { ja, en };
