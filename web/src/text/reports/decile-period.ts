// Words of the page on deciles of a period.

const ja = {
  title: "期間のデシル",
  says: (period: string, top: string, share: string) =>
    `${period}に買った人のうち、上位${top}の方が、購入額の ${share} を占めています。`,
  saysFew: "この期間に買った人がいません。日数を長くしてください。",
  last: (days: string) => `この${days}日`,
  ever: "これまで",
  todo: "デシル1・2の方には特別なご案内を、3〜5の方にはもう1回の購入のご案内を届けましょう。",
  todoLarge: (customers: string, rate: string) =>
    `デシル1の ${customers}（${rate}）は、1回の大きな注文だけで上位に入っています。常連の方と分けて、ご案内を考えましょう。`,
  period: "何日分",
  unit: "日（0はすべて）",
  picture: "10等分したお客さまの購入額",
  pictureHint:
    "期間に買った人を購入額の多い順に並べ、人数で10等分したものです。デシル1がいちばん多く買った人です。線は、上からの累計の割合です。",
  chart: "デシルごとの購入額の棒グラフと、累計の割合の線。下の表に同じ数字があります。",
  note: (share: string, each: string) => `${share}・1人あたり ${each}`,
  decile: (n: string) => `デシル${n}`,
  head: "デシル",
  large: "大きな1回の注文で上位に入った人",
  largeHint:
    "1つの注文が、その人の期間の購入額の半分以上だった人の割合です。多いデシルは、常連ではなく1回の大口で上位になっています。",
  largeChart: "デシルごとの、1回の大きな注文の人の割合の棒グラフ。下の表に同じ数字があります。",
  largeSingle: "1回で半分以上",
  spread: "何回かに分けて",
  table: "デシルの表",
  customers: "人数",
  orders: "購入回数",
  amount: "購入額",
  share: "割合",
  cumulative: "累計",
  perCustomer: "1人あたり",
  ordersPer: "1人あたりの回数",
  largeRate: "割合",
  oneOrder: "うち注文が1回だけ",
  largeAmount: "その人たちの購入額",
  notes: {
    few_customers: (n: string) => `買った人が ${n} なので、10のグループになりません。`,
  } as Record<string, (n: string) => string>,
};

const en: typeof ja = {
  title: "Deciles of a period",
  says: (period, top, share) =>
    `Of those who bought ${period}, the top ${top} made ${share} of the sales.`,
  saysFew: "Nobody bought in this period. Choose more days.",
  last: (days) => `in the last ${days} days`,
  ever: "ever",
  todo: "Offer something special to deciles 1 and 2, and one more purchase to 3 to 5.",
  todoLarge: (customers, rate) =>
    `${customers} (${rate}) are in decile 1 by one large order alone. Treat them otherwise than your regulars.`,
  period: "Days",
  unit: "(0 is all)",
  picture: "Sales by tenths of the customers",
  pictureHint:
    "Who bought in the period, by amount, in ten groups of equal size. Decile 1 spent most. The line is the share of all from the top.",
  chart:
    "Bars: sales by decile, with the share from the top. The table below has the same figures.",
  note: (share, each) => `${share}, ${each} each`,
  decile: (n) => `Decile ${n}`,
  head: "Decile",
  large: "At the top by one large order",
  largeHint:
    "Of whom one order was half or more of what they spent in the period. Where there are many, the decile is not made of regulars.",
  largeChart:
    "Bars: shares of customers with one large order, by decile. The table below has the same figures.",
  largeSingle: "Half by one order",
  spread: "Over several",
  table: "The deciles",
  customers: "Customers",
  orders: "Orders",
  amount: "Amount",
  share: "Share",
  cumulative: "From the top",
  perCustomer: "Each",
  ordersPer: "Orders each",
  largeRate: "Share",
  oneOrder: "of these, one order only",
  largeAmount: "Their amount",
  notes: {
    few_customers: (n) => `${n} are too few for ten groups.`,
  },
};

export const words = { ja, en };
