// Words of the page on the days from one purchase of a product to the next.

const ja = {
  title: "買い直しの間隔",
  says: (product: string, half: string, p25: string, p75: string, gaps: string) =>
    `よく買い直される「${product}」は、買い直した間隔の真ん中が ${half} 日です（早い4分の1は ${p25} 日まで、遅い4分の1は ${p75} 日から。買い直し ${gaps} 回）。`,
  saysNone: "買い直しが十分にある商品は、まだありません。",
  todo: (product: string, day: string) =>
    `「${product}」は、購入から ${day} 日目に買い直しの案内を届けましょう。使い切る少し前です。`,
  lead: "真ん中の何日前に送るか",
  min: "最少の買い直し回数",
  times: "回",
  picture: "買い直すまでの日数",
  pictureHint:
    "棒は真ん中の日数、細い線は真ん中の半分の人が入る範囲です。買い直した人だけの日数なので、これから買い直す人を含めると少し長くなります。定期の商品は、お届けの間隔そのものが出ます。",
  chart: "商品ごとの、買い直すまでの日数の棒グラフ。下の表に同じ数字があります。",
  daysOf: (n: string) => `${n}日`,
  timesOf: (n: string) => `${n}回`,
  table: "商品ごとの間隔",
  tableHint:
    "「半数が買い直す日」は、まだ買い直していない人も待っている人として数えた推定です（カプラン・マイヤー法）。半数に届かない商品は出ません。",
  product: "商品",
  buyers: "買った人",
  repeaters: "買い直した人",
  gaps: "買い直しの回数",
  waiting: "まだの人",
  median: "真ん中の日数",
  kmMedian: "半数が買い直す日（まだの人も含む）",
  followUp: "案内を送る日",
  nextTable: "その次に買われる商品",
  nextHint:
    "その商品を買った人が、次の注文で買った商品です。割合は、次の注文があった人のうちの割合です。",
  next: "次の商品",
  customers: "人数",
  share: "割合",
  notes: {
    few_gaps: (_: string, n: string) => `買い直しが少なく、日数を言えない商品が ${n} 点あります。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Days between purchases",
  says: (product, half, p25, p75, gaps) =>
    `“${product}”, which is often bought again, has a middle gap of ${half} days (a quarter within ${p25}, a quarter after ${p75} or more; ${gaps} repeats).`,
  saysNone: "No product has been bought again often enough yet.",
  todo: (product, day) =>
    `Write to buyers of “${product}” on day ${day} after the purchase, shortly before it is used up.`,
  lead: "Days before the middle",
  min: "At least",
  times: "repeats",
  picture: "Days until it is bought again",
  pictureHint:
    "Bars are the middle gap; half of the gaps lie within the thin lines. Only gaps of those who bought again: with those still to come it is somewhat longer. Subscriptions show how often they are delivered.",
  chart: "Bars of the days until a product is bought again. The table below has the same figures.",
  daysOf: (n) => `${n} days`,
  timesOf: (n) => `${n} repeats`,
  table: "Gaps by product",
  tableHint:
    "“Half bought again by” counts those who have not bought again as waiting (Kaplan and Meier). It is empty where fewer than half ever do.",
  product: "Product",
  buyers: "Buyers",
  repeaters: "Bought again",
  gaps: "Repeats",
  waiting: "Not yet",
  median: "Middle gap",
  kmMedian: "Half bought again by",
  followUp: "Write on day",
  nextTable: "What is bought after it",
  nextHint:
    "Products of the next order after the product. Shares are of those who had a next order.",
  next: "Next product",
  customers: "Customers",
  share: "Share",
  notes: {
    few_gaps: (_, n) => `${n} products are bought again too seldom to say after how many days.`,
  },
};

export const words = { ja, en };
