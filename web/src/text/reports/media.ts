// Words of the page on media and whether they paid.

const ja = {
  title: "広告・媒体",
  says: (cost: string, customers: string, cpa: string, roas: string) =>
    `広告費 ${cost} で ${customers} が初めて購入し、1人あたりの広告費（CPA）は ${cpa}、これまでの売上は広告費の ${roas} 倍（ROAS）です。`,
  saysFree: (media: string, amount: string, customers: string) =>
    `広告費はまだ登録されていません。媒体のうち、最初の1年の購入額がいちばん高いのは「${media}」の1人あたり ${amount}（${customers}）です。`,
  saysNone: "媒体の分かる注文の1年分の結果は、まだありません。",
  todoOver: (media: string, cpa: string, allowed: string) =>
    `「${media}」は1人に ${cpa} かけていて、許容額（かけてよい上限）の ${allowed} を超えています。予算を見直しましょう。`,
  todoUnder: (media: string, times: string) =>
    `「${media}」は、かけた広告費の ${times} 倍の粗利になっています。予算を増やす余地があります。`,
  todoUnknown: (media: string) =>
    `「${media}」を媒体とする注文がありません。媒体の名前が注文のデータと同じか、確かめてください。`,
  todoOpen: "広告費を回収できたかどうかは、日数がたつと分かります。",
  todoFree:
    "「広告費を入力する」から媒体ごとの広告費を入れると、1人あたりの広告費と、何日で回収したかが出ます。",
  attribution: "2回目からの注文",
  attributions: { first: "最初の媒体に数える", order: "その注文の媒体に数える" },
  shown: "金額",
  sales: "売上",
  margin: "粗利",
  picture: (what: string) => `媒体ごとの1人あたりの${what}`,
  hint: "最初の購入からの日数ごとの、1人あたりの額です。その日数がたった人だけの平均です。人数の多い6つまでを、日数がたった人が30人以上のところだけ描いています。",
  chart: "媒体ごとの、経過日数に対する1人あたり金額の折れ線グラフ。",
  f2: "90日以内に2回目を買う割合",
  f2Hint:
    "細い線は、95%の確からしさで本当の割合がある範囲です。90日がたった人だけで計算しています。",
  f2Chart: "媒体ごとの、90日以内に2回目を買う割合の棒グラフ。下の表に同じ数字があります。",
  pay: "1人あたりの広告費と、かけてよい上限",
  payHint:
    "CPAは、新しい方1人にかかった広告費です。許容額は、回収期間（設定）の粗利から、残したい利益と1人あたりの経費を引いた額です。",
  payChart: "媒体ごとの、1人あたり広告費と許容額の棒グラフ。下の表に同じ数字があります。",
  cpa: "CPA（1人あたり広告費）",
  allowed: "許容CPA（かけてよい上限）",
  names: { rest: "そのほか", unknown: "媒体なし・不明" } as Record<string, string>,
  states: {
    paid_back: "回収済み",
    no_cpa: "広告費なし",
    not_within_720: "720日では未回収",
    not_yet_closed: "まだ途中",
  } as Record<string, string>,
  table: "媒体ごと",
  tableHint:
    "売上と粗利は、最初の注文の媒体に数えています（上で変えられます）。回収日数は、1人あたりの粗利が広告費に届いた日数です。",
  group: "媒体",
  customers: "新しいお客さま",
  closed90: "90日がたった人",
  bought90: "うち2回目を買った人",
  f2Rate: "90日以内に2回目",
  orders: "注文",
  total: "売上",
  cost: "広告費",
  paid: "広告期間の新しいお客さま",
  paidSales: "その方たちの売上",
  roas: "ROAS（売上÷広告費）",
  ltv30: "30日の購入額",
  ltv90: "90日の購入額",
  ltv360: "360日の購入額",
  ltvMargin: "1人あたり粗利",
  perCpa: "粗利÷CPA",
  payback: "回収日数",
  state: "回収の状態",
  day: (n: string) => `${n}日`,
};

const en: typeof ja = {
  title: "Media",
  says: (cost, customers, cpa, roas) =>
    `${cost} of advertising brought ${customers} in: ${cpa} for each (CPA), and ${roas} times the cost in sales so far (ROAS).`,
  saysFree: (media, amount, customers) =>
    `No costs of media are set. The medium whose customers buy most in the first year is “${media}”: ${amount} each (${customers}).`,
  saysNone: "No order that names its medium is a year old yet.",
  todoOver: (media, cpa, allowed) =>
    `“${media}” costs ${cpa} for a customer, above the ${allowed} that it may (allowed CPA). Look at its budget.`,
  todoUnder: (media, times) =>
    `“${media}” has brought ${times} times its cost in margin. There is room for more.`,
  todoUnknown: (media) =>
    `No order names the medium “${media}”. See whether it is written as in the orders.`,
  todoOpen: "Whether the costs are paid back is known when more days have passed.",
  todoFree:
    "Enter the cost of each medium to see what a customer costs, and after how many days that is paid back.",
  attribution: "Later orders are",
  attributions: { first: "the first medium's", order: "each its own medium's" },
  shown: "Amount",
  sales: "Sales",
  margin: "Margin",
  picture: (what) => `${what} per customer by medium`,
  hint: "By days since the first order, of customers whose days are over. Up to six media, those with the most customers, where 30 or more have reached the days.",
  chart: "Lines of the amount per customer by days, for each medium.",
  f2: "Who buys again within 90 days",
  f2Hint:
    "Thin lines show where the true rate lies with 95 % confidence. Only customers whose 90 days are over count.",
  f2Chart: "Bars of who buys again within 90 days by medium. The table below has the same figures.",
  pay: "What a customer costs, and may cost",
  payHint:
    "CPA is the advertising cost of a new customer. What it may be is the margin within the days of the settings, less the profit to keep and the cost of serving.",
  payChart: "Bars of CPA and allowed CPA by medium. The table below has the same figures.",
  cpa: "CPA (cost of a customer)",
  allowed: "Allowed CPA",
  names: { rest: "Others", unknown: "None, or not known" },
  states: {
    paid_back: "Paid back",
    no_cpa: "No cost",
    not_within_720: "Not within 720 days",
    not_yet_closed: "Not over yet",
  },
  table: "By medium",
  tableHint:
    "Sales and margin belong to the medium of the first order, unless chosen otherwise. Payback: days until the margin per customer reached the CPA.",
  group: "Medium",
  customers: "New customers",
  closed90: "90 days over",
  bought90: "Of these, bought again",
  f2Rate: "Again within 90 days",
  orders: "Orders",
  total: "Sales",
  cost: "Cost",
  paid: "New while it was paid for",
  paidSales: "Their sales",
  roas: "ROAS (sales ÷ cost)",
  ltv30: "Bought in 30 days",
  ltv90: "Bought in 90 days",
  ltv360: "Bought in 360 days",
  ltvMargin: "Margin per customer",
  perCpa: "Margin ÷ CPA",
  payback: "Paid back after",
  state: "Payback",
  day: (n) => `${n} days`,
};

export const words = { ja, en };
