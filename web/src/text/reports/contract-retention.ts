// Words of the page on how long contracts last.

const ja = {
  title: "定期の継続",
  says: (share: string, range: string, cycle: string, sum: string, contracts: string) =>
    `定期の契約のうち ${share}（${range}）が、${cycle}回目のお届けまで続いています。いま続いている ${contracts} 件から、これから ${sum} の売上が見込まれます。`,
  saysNone: "続くかどうかが決まった契約が、まだありません。",
  todo: (cycle: string, next: string, loss: string) =>
    `いちばん減るのは${cycle}回目と${next}回目の間で、全体の ${loss} が離れています。${next}回目のお届けの前に、量や間隔を変えられることをお知らせしましょう。`,
  todoNone: "契約が増えると、どの回で減りやすいかが分かります。",
  product: "最初のお届けの商品",
  months: "始まりの月数（0はすべて）",
  month: "か月",
  ahead: "何回先まで見込むか",
  times: "回",
  picture: "お届けの回数まで続く割合",
  pictureHint:
    "実線は実際の割合で、まだ途中の契約も途中まで数えています（カプラン・マイヤー法）。帯は95%の確からしさで本当の割合がある範囲、破線は見込みです。",
  chart: "お届けの回数ごとの、続く割合の実績と見込みの折れ線グラフ。下の表に同じ数字があります。",
  actual: "実績",
  models: {
    sbg: "見込み（sBG：契約ごとに離れやすさが違う）",
    bdw: "見込み（BdW：回を追うと離れにくさも変わる）",
  } as Record<string, string>,
  modelShort: { sbg: "sBG", bdw: "BdW" } as Record<string, string>,
  days: "お届け開始からの日数で見た継続",
  daysHint: "開始から、その日数のあとも続いている割合です。",
  daysChart: "開始からの日数ごとの、続いている割合の折れ線グラフ。",
  holdout: "検証：見込みと実際",
  holdoutHint:
    "早い回の結果だけで見込み、そのあとの回の実際とくらべたものです。近いほど、よく当たっています。",
  holdoutChart: "検証の回の、見込みと実際の継続の割合の折れ線グラフ。",
  cycle: (n: string) => `${n}回目`,
  day: (n: string) => `${n}日`,
  head: "お届け",
  ages: "続いている契約の、これから",
  agesHint:
    "これまでのお届け回数ごとに、あと何回続くかの平均と、その売上（先のものほど年率で割り引いた額）です。",
  contracts: "契約",
  customers: "お客さま",
  meanAmount: "1回の額",
  remaining: "あと何回",
  residual: "1件の見込み額",
  residualSum: "見込み額の合計",
  table: "お届けの回数ごと（実績）",
  tableHint:
    "契約の数を押すと、その契約のお客さまが開きます（1人でいくつも契約していると、人数は少なくなります）。",
  cancelled: "解約",
  waiting: "待っている",
  completed: "満了",
  decided: "先が決まった",
  survival: "ここまで続く割合",
  products: "商品ごと",
  productHead: "商品",
  reach3: "3回目まで",
  reach6: "6回目まで",
  reach12: "12回目まで",
  modelTable: "見込みのしかたの比較",
  modelHint:
    "検証でずれの小さかったものを使っています。AICは、過去への当てはまりの目安です（小さいほど良い）。",
  model: "見込みのしかた",
  shown: "使用中",
  isShown: "✓",
  error: "検証でのずれ",
  aic: "AIC",
  notes: {
    model_at_limit: () => "このデータから分かることの限界に近い見込みです。",
    cancelled_before_delivery: (_: string, n: string) =>
      `最初のお届けの前に解約された契約 ${n} 件は、見込みに入れていません。`,
    no_model: () => "続くかどうかが決まった契約がないため、見込みは出せません。",
    contracts_without_start: (_: string, n: string) =>
      `開始日の分からない契約 ${n} 件は数えていません。`,
    ended_without_date: (_: string, n: string) =>
      `終わった日の分からない契約 ${n} 件は、日数の集計に入れていません。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "How long contracts last",
  says: (share, range, cycle, sum, contracts) =>
    `${share} (${range}) of the contracts last to delivery ${cycle}. The ${contracts} that go on are expected to bring ${sum} more.`,
  saysNone: "No contract has decided yet whether to go on.",
  todo: (cycle, next, loss) =>
    `Most are lost between deliveries ${cycle} and ${next}: ${loss} of all. Before delivery ${next}, tell how amount and interval can be changed.`,
  todoNone: "With more contracts this page tells after which delivery most are lost.",
  product: "First product",
  months: "Begun in the last (0: all)",
  month: "months",
  ahead: "Look ahead",
  times: "deliveries",
  picture: "Who lasts to which delivery",
  pictureHint:
    "The solid line is what happened; contracts still waiting count up to where they are (Kaplan and Meier). The band is where the true share lies with 95 % confidence, dashed lines are what is expected.",
  chart: "Lines of the share that lasts to each delivery. The table below has the same figures.",
  actual: "Actual",
  models: {
    sbg: "Expected (sBG: contracts differ in how readily they leave)",
    bdw: "Expected (BdW: that also changes from delivery to delivery)",
  },
  modelShort: { sbg: "sBG", bdw: "BdW" },
  days: "By days since the start",
  daysHint: "The share that still goes on after so many days.",
  daysChart: "A line of the share that goes on by days since the start.",
  holdout: "Check: expected and actual",
  holdoutHint:
    "Expected from early deliveries alone, beside what then happened. The nearer, the better.",
  holdoutChart: "Lines of expected and actual shares in the deliveries of the check.",
  cycle: (n) => `Delivery ${n}`,
  day: (n) => `${n} days`,
  head: "Delivery",
  ages: "What is still to come",
  agesHint:
    "By deliveries so far: how many more there will be on average, and their sales (less by the yearly interest the later they are).",
  contracts: "Contracts",
  customers: "Customers",
  meanAmount: "One delivery",
  remaining: "More deliveries",
  residual: "Expected of one",
  residualSum: "Expected of all",
  table: "By delivery (actual)",
  tableHint: "A press on a number of contracts opens their customers, who may be fewer.",
  cancelled: "Cancelled",
  waiting: "Waiting",
  completed: "Completed",
  decided: "Decided",
  survival: "Last so far",
  products: "By product",
  productHead: "Product",
  reach3: "To the third",
  reach6: "To the sixth",
  reach12: "To the twelfth",
  modelTable: "Ways to expect",
  modelHint:
    "The one that was nearer in the check is used. AIC tells how well the past is met (less is better).",
  model: "Way",
  shown: "Used",
  isShown: "✓",
  error: "Off in the check",
  aic: "AIC",
  notes: {
    model_at_limit: () => "The model shown stands at a limit of what these data can tell.",
    cancelled_before_delivery: (_, n) =>
      `${n} contracts cancelled before their first delivery are not in what is expected.`,
    no_model: () => "No contract has decided yet, so nothing can be expected.",
    contracts_without_start: (_, n) => `${n} contracts without a start are not counted.`,
    ended_without_date: (_, n) =>
      `${n} contracts that ended on an unknown day are not in the days.`,
  },
};

export const words = { ja, en };
