// Words of the forecast: on its page, in lists and on a customer's page.

const ja = {
  title: "これからの予測",
  says: (days: string, purchases: string, range: string, value: string, valueRange: string) =>
    `これから${days}日で、いまのお客さまから ${purchases}回（${range}回）、${value}（${valueRange}）の購入が見込まれます。`,
  saysHoldout: (days: string, error: string) =>
    `直近${days}日を予測して実際とくらべたところ、差は ${error} でした。`,
  saysNoHoldout: "まだ日数かお客さまが少なく、実際とくらべた検証はできていません。",
  todo: (customers: string, value: string) =>
    `また来るかどうか分かれ目（継続の見込み30〜70%）のお客さまが ${customers}、見込みの購入額は ${value} です。下の棒からこの方たちを開き、先にご案内しましょう。`,
  todoNone: "継続の見込みが高いお客さまから、次のご案内を届けましょう。",
  horizon: "何日先まで",
  model: "予測のしかた",
  models: {
    best: "いちばん当たったもの",
    bg_nbd: "BG/NBD（2回目からは、買うたびに離れうる）",
    mbg_nbd: "MBG/NBD（1回目から、買うたびに離れうる）",
    pareto_nbd: "Pareto/NBD（いつでも離れうる）",
    bg_bb: "BG/BB（期間ごとに買うか買わないか）",
  } as Record<string, string>,
  saysResidual: (value: string) =>
    `日数を区切らず、先のものほど割り引くと ${value} です（生涯の見込み）。`,
  parametersOfBgBb: { alpha: "α：買いやすさ", beta: "β：買いにくさ" } as Record<string, string>,
  total: "見込みの合計",
  totalHint:
    "2行に分かれた数字の下は、95%の確からしさで実際の値が入る範囲です。割り引いた回数は、先の購入ほど少なく数えたもので、期間内のもの（DET）と、期間を区切らないもの（DERT）です。生涯の見込みは、期間を区切らない回数を購入額にしたものです。",
  aliveCount: "続いているとみる人数",
  discounted: "割り引いた回数（DET）",
  residualPurchases: "期間を区切らない回数（DERT）",
  residual: "生涯の見込み額",
  every_: (season: string) => `毎年の${season}`,
  every: "購入の数え方",
  periods: { day: "日", month: "月", quarter: "四半期", year: "年" } as Record<string, string>,
  seasonal: "季節",
  seasonals: { no: "考えない", yes: "考える" },
  withSeason: "＋季節",
  alive: "継続の見込み",
  aliveShort: "継続の見込み",
  customers: "人数",
  purchases: "見込みの購入回数",
  value: "見込みの購入額",
  amount: "これまでの購入額",
  aliveTitle: "継続の見込みごとの人数",
  aliveHint: (rate: string, margin: string, earned: string) =>
    `継続の見込みは、お客さまがまだお店から離れていない確からしさです。買う間隔にくらべて最後の購入が遠いほど低くなります。見込みの購入額は、先のものほど年率${rate}で割り引いた額です。粗利率${margin}なら、全員の粗利は ${earned} です。`,
  aliveChart: "継続の見込みを10%ごとに分けた人数の棒グラフ。下の表に同じ数字があります。",
  aliveNote: (purchases: string, value: string) => `見込み ${purchases}回・${value}`,
  aliveTable: "継続の見込みごとの表",
  weeks: "検証：予測と実際の購入回数（累計）",
  weeksHint: (from: string, to: string) =>
    `${from} までの購入だけで予測し、${to} までの実際の購入とくらべたものです。2本の線が近いほど、よく当たっています。`,
  weeksChart: "検証期間の、予測と実際の購入回数の累計の折れ線グラフ。",
  predicted: "予測",
  actual: "実際",
  classes: "検証：リピート回数ごとの予測と実際",
  classesHint:
    "検証の前までのリピート回数（2回目からの購入の数）で分け、検証期間の購入回数をくらべています。",
  classesChart: "リピート回数ごとの予測と実際の購入回数の棒グラフ。下の表に同じ数字があります。",
  classNote: (customers: string) => `${customers}人`,
  repeats: (n: string) => `${n}回`,
  repeatsMore: (n: string) => `${n}回以上`,
  repeatsHead: "リピート回数",
  season: "季節の動き",
  seasonHint: "1年の平均を100%とした、月ごとの買われやすさです。",
  seasonChart: "月ごとの買われやすさの棒グラフ。下の表に同じ数字があります。",
  index: "平均とくらべて",
  month: "月",
  monthOf: (n: string) => `${n}月`,
  foremost: "見込みの大きいお客さま",
  foremostHint: "お店の設定の日数での見込みです。名前を押すと、その理由と履歴が開きます。",
  more: (all: string) => `見込み順に ${all} すべてを見る`,
  modelTable: "予測のしかたの比較",
  modelHint:
    "同じ期間で予測させ、「当たりの点」がいちばん高いものを使っています。当たりの点は、実際に起きた購入回数に、どれだけ高い確率をつけていたかです（0に近いほど良い）。AICは、過去への当てはまりの目安です（小さいほど良い）。",
  chosen: "使用中",
  isChosen: "✓",
  error: "合計の差",
  meanError: "1人あたりの外れ（回）",
  score: "当たりの点",
  aic: "AIC",
  parameters: "モデルの数値",
  parametersHint: "予測の式に入っている数値です。日々の運用では見なくてかまいません。",
  parameter: "数値",
  parameterValue: "値",
  parameterOf: {
    r: "r：買う頻度のそろい方",
    alpha: "α：買う頻度の大きさ（日）",
    a: "a：離れやすさ",
    b: "b：離れにくさ",
    s: "s：離れる速さのそろい方",
    beta: "β：離れる速さの大きさ（日）",
    p: "p：1回の購入額のそろい方",
    q: "q：お客さまごとの購入額のそろい方",
    leaving_gamma: "γ：離れやすさ",
    leaving_delta: "δ：離れにくさ",
    gamma: "γ：購入額の大きさ",
  } as Record<string, string>,
  notes: {
    forecast_no_repeat: () => "2回買った人がまだいないので、次の購入は見込んでいません。",
    forecast_no_dropout: () => "離れた様子のお客さまがいないので、いまの頻度が続くとしています。",
    forecast_limit_dropout: () =>
      "離れやすさの個人差を、このデータからは見分けられません。合計の範囲は実際より狭めです。",
    forecast_limit_rate: () =>
      "買う頻度の個人差を、このデータからは見分けられません。合計の範囲は実際より狭めです。",
    forecast_limit: () =>
      "このデータから分かることの限界に近い予測です。合計の範囲は実際より狭めです。",
    forecast_limit_spend: () => "購入額の個人差を、このデータからは見分けられません。",
    forecast_no_holdout: () =>
      "検証できるだけの日数かお客さまがないので、過去への当てはまりで予測のしかたを選びました。",
    forecast_no_season: () =>
      "季節を考えても検証の成績は良くならなかったので、考えずに予測しました。",
    forecast_no_spend: () =>
      "2回目からの購入額がないので、全員が最初の購入額の平均を使うとしています。",
    forecast_infinite_spend: () =>
      "1回だけのお客さまの購入額は、ほかのお客さまの平均としています。",
    forecast_not_yet: (n: string) => `${n} は、まだ購入がないので予測に入っていません。`,
    forecast_not_in_period: (n: string) =>
      `${n} は、まだ終わっていない期間に初めて買ったので、予測に入っていません。`,
    forecast_no_occasion: () =>
      "この日数のうちに終わる期間がないので、見込みは出せません。日数を長くしてください。",
    forecast_compared: (n: string) => `検証は、${n}に1人を選んで行いました。`,
  } as Record<string, (n: string) => string>,
};

const en: typeof ja = {
  title: "What to expect",
  says: (days, purchases, range, value, valueRange) =>
    `Over the next ${days} days, today's customers are expected to buy ${purchases} times (${range}) for ${value} (${valueRange}).`,
  saysHoldout: (days, error) =>
    `Tried on the last ${days} days, such a forecast differed by ${error} from what came.`,
  saysNoHoldout: "There are too few days or customers to test it on the past.",
  todo: (customers, value) =>
    `For ${customers} it is open whether they come back (30–70 %); ${value} is expected of them. Open them by the bars below and write to them first.`,
  todoNone: "Write first to those who are likeliest to be still with you.",
  horizon: "Days ahead",
  model: "Model",
  models: {
    best: "The one that did best",
    bg_nbd: "BG/NBD (may leave after any repeat)",
    mbg_nbd: "MBG/NBD (may leave after any purchase)",
    pareto_nbd: "Pareto/NBD (may leave at any time)",
    bg_bb: "BG/BB (buys or not in each period)",
  },
  saysResidual: (value) =>
    `Without an end in days and with later ones discounted, ${value} (lifetime).`,
  parametersOfBgBb: { alpha: "α: for buying", beta: "β: against buying" },
  total: "Totals",
  totalHint:
    "Below a figure is the range in which the true one lies with 95 % confidence. Discounted purchases count later ones for less: within the horizon (DET) and without an end (DERT). The lifetime amount is the latter in money.",
  aliveCount: "Still with the shop",
  discounted: "Discounted purchases (DET)",
  residualPurchases: "Without an end (DERT)",
  residual: "Lifetime amount",
  every_: (season) => `Every ${season}`,
  every: "Count purchases by",
  periods: { day: "Days", month: "Months", quarter: "Quarters", year: "Years" },
  seasonal: "Seasons",
  seasonals: { no: "Without", yes: "With" },
  withSeason: " + seasons",
  alive: "Chance to be still with you",
  aliveShort: "Still with you",
  customers: "Customers",
  purchases: "Expected purchases",
  value: "Expected amount",
  amount: "Amount so far",
  aliveTitle: "Customers by the chance that they are still with you",
  aliveHint: (rate, margin, earned) =>
    `The chance that a customer has not left. It falls when the last purchase is far back for somebody who buys so often. Expected amounts are discounted by ${rate} a year. With a margin of ${margin}, ${earned} of them is earned.`,
  aliveChart:
    "Bars: customers by the chance to be still with the shop, in tenths. The table below has the same figures.",
  aliveNote: (purchases, value) => `expected: ${purchases} purchases, ${value}`,
  aliveTable: "By the chance to be still with you",
  weeks: "Test: purchases predicted and made (running total)",
  weeksHint: (from, to) =>
    `Predicted from purchases up to ${from} alone, beside what came up to ${to}. The nearer the lines, the better.`,
  weeksChart: "Lines: running totals of purchases predicted and made during the test.",
  predicted: "Predicted",
  actual: "Made",
  classes: "Test: by repeat purchases",
  classesHint:
    "Customers by their repeat purchases before the test, and the purchases during the test.",
  classesChart:
    "Bars: purchases predicted and made by number of repeats. The table below has the same figures.",
  classNote: (customers) => `${customers} customers`,
  repeats: (n) => n,
  repeatsMore: (n) => `${n} or more`,
  repeatsHead: "Repeats",
  season: "Seasons",
  seasonHint: "How much is bought in each month, where the mean of a year is 100 %.",
  seasonChart: "Bars: how much is bought in each month. The table below has the same figures.",
  index: "Of the mean",
  month: "Month",
  monthOf: (n) =>
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
      Number(n) - 1
    ] ?? n,
  foremost: "Customers of whom most is expected",
  foremostHint: "Over the days of the shop's settings. A name opens the reasons and the history.",
  more: (all) => `All ${all} in this order`,
  modelTable: "Models side by side",
  modelHint:
    "Each predicted the same days; the one with the best score is used. The score is how likely the model thought what came (nearer to 0 is better). AIC says how well it fits the past (smaller is better).",
  chosen: "In use",
  isChosen: "✓",
  error: "Total off by",
  meanError: "Off by customer",
  score: "Score",
  aic: "AIC",
  parameters: "Numbers of the model",
  parametersHint: "What the formulas are fed with. Nobody needs them day by day.",
  parameter: "Number",
  parameterValue: "Value",
  parameterOf: {
    r: "r: how alike the rates of purchase are",
    alpha: "α: scale of the rate of purchase (days)",
    a: "a: for leaving",
    b: "b: against leaving",
    s: "s: how alike the rates of leaving are",
    beta: "β: scale of the rate of leaving (days)",
    p: "p: how alike one customer's amounts are",
    q: "q: how alike the customers' amounts are",
    leaving_gamma: "γ: for leaving",
    leaving_delta: "δ: against leaving",
    gamma: "γ: scale of the amounts",
  },
  notes: {
    forecast_no_repeat: () => "Nobody has come again yet, so no purchase is expected.",
    forecast_no_dropout: () => "Nobody seems to leave: today's rate is taken to go on.",
    forecast_limit_dropout: () =>
      "These data cannot tell who leaves sooner; the ranges of the totals are too narrow.",
    forecast_limit_rate: () =>
      "These data cannot tell who buys more often; the ranges of the totals are too narrow.",
    forecast_limit: () =>
      "The model stands at a limit of what these data can tell; the ranges of the totals are too narrow.",
    forecast_limit_spend: () => "These data cannot tell who spends more.",
    forecast_no_holdout: () =>
      "Too few days or customers for a test: the fit to the past chose the model.",
    forecast_no_season: () => "Seasons did no better in the test, so the forecast is without them.",
    forecast_no_spend: () =>
      "No repeat purchase has an amount: all are taken to spend as the mean first purchase.",
    forecast_infinite_spend: () =>
      "Customers without a repeat are taken to spend the mean of the others.",
    forecast_not_yet: (n) => `${n} had not bought yet and are not in the forecast.`,
    forecast_not_in_period: (n) =>
      `${n} came in a period that is not over yet and are not in the forecast.`,
    forecast_no_occasion: () =>
      "No period ends within these days, so nothing is expected. Look further ahead.",
    forecast_compared: (n) => `One in ${n} was compared in the test.`,
  },
};

export const words = { ja, en };
