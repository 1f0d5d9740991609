// Words of the page on what the first order tells of later ones.

const ja = {
  title: "最初の注文のちがい",
  saysOpen: "まだ、くらべられるお客さまがいません。2回買った人が増えると分かります。",
  saysNone: (what: string) => `「${what}」による、はっきりしたちがいは見えません。`,
  group: (name: string, purchases: string, others: string) =>
    `「${name}」で始めた人（1年の買い直しの見込み ${purchases}回、ほかの人は ${others}回）`,
  best: (group: string) => `よく買ってくれるようになるのは、${group}です。`,
  worst: (group: string) => `あまり戻らないのは、${group}です。`,
  todo: "よく戻る入口を増やし、戻らない入口は、かける費用を下げるか、最初のご案内を変えて試しましょう。",
  todoNone:
    "入口で分けて対応を変える理由は、いまのところありません。お客さまが増えてから、また見てみましょう。",
  purchase: "買う頻度（ほかの人とくらべて）",
  purchaseHint:
    "お店に残っているあいだの、買う頻度の倍率です。線は、95%の確からしさで本当の倍率がある範囲で、1倍をまたぐものは、ちがうとは言い切れません。",
  purchaseChart: "入口ごとの、買う頻度の倍率の棒グラフ。下の表に同じ数字があります。",
  leaving: "離れる早さ（ほかの人とくらべて）",
  leavingHint: "お店を離れていく早さの倍率です。小さいほど、長く残ります。",
  leavingChart: "入口ごとの、離れる早さの倍率の棒グラフ。下の表に同じ数字があります。",
  times: (n: string) => `${n}倍`,
  others: "ほかの人",
  table: "入口ごとの表",
  tableHint:
    "いつ買い始めたかをそろえて、ひとつずつ、ほかの全員とくらべています（Pareto/NBDモデルの共変量）。人数の多い5つまでです。",
  customers: "人数",
  purchases: "新しい人が1年に買い直す見込み",
  purchasesOthers: "ほかの人の見込み",
  chance: "偶然でもこうなる確率",
  hardly: "0.1%未満",
  notes: {
    effects_open: (_: string, n: string) =>
      `${n} つの入口は、くらべる相手がいないか、2回買った人がいないため、数字がありません。`,
    effects_compared: (_: string, n: string) =>
      `人数が多いので、${n}人に1人を選んでくらべています。`,
    effects_held: (_: string, n: string) =>
      `${n} つの入口は、いまのお客さまだけでは決まらないところを、1倍の近くにしてあります。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "What the first order tells",
  saysOpen: "There is nobody to compare yet. It will show when more have come again.",
  saysNone: (what) => `No clear difference by “${what}” shows.`,
  group: (name, purchases, others) =>
    `“${name}” (a new customer is expected to buy ${purchases} more times within a year, others ${others})`,
  best: (group) => `The best start is ${group}. `,
  worst: (group) => `The worst is ${group}.`,
  todo: "Have more of what brings people back. For the others spend less, or write to them differently at first.",
  todoNone:
    "There is no reason yet to treat customers apart by how they began. Look again with more customers.",
  purchase: "How often they buy, against others",
  purchaseHint:
    "Of those still with the shop. The line is where the true factor lies with 95 % confidence; one that crosses 1 may be no difference.",
  purchaseChart:
    "Bars of the factor of purchases by how customers began. The table below has the same figures.",
  leaving: "How soon they leave, against others",
  leavingHint: "The smaller, the longer they stay.",
  leavingChart:
    "Bars of the factor of leaving by how customers began. The table below has the same figures.",
  times: (n) => `×${n}`,
  others: "Others",
  table: "By how they began",
  tableHint:
    "Each against all others, whenever they came (a covariate of Pareto/NBD). The five with the most customers.",
  customers: "Customers",
  purchases: "Expected of a new one in a year",
  purchasesOthers: "Of others",
  chance: "Chance alone",
  hardly: "below 0.1 %",
  notes: {
    effects_open: (_, n) =>
      `${n} cannot be compared: nobody began otherwise, or nobody came again.`,
    effects_compared: (_, n) => `One customer out of ${n} was compared, as there are many.`,
    effects_held: (_, n) =>
      `Of ${n} the customers so far leave something open, which is kept near 1.`,
  },
};

export const words = { ja, en };
