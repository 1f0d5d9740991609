// Words of the page on member ranks.

const ja = {
  title: "会員ランク",
  says: (lowest: string, customers: string, share: string) =>
    `${lowest}より上のランクのお客さまは ${customers}（全体の ${share}）です。`,
  todo: (near: string, days: string, falling: string) =>
    `あと少しの購入額で上のランクになる方が ${near}、${days}日以内にランクが下がりそうな方が ${falling} います。どちらも、あといくらかを伝えると動きやすくなります。`,
  picture: "ランクごとの人数",
  pictureHint:
    "ランクは、数える期間の購入額や回数で決まります。「もうすぐ上がる」は、次のランクまであと少しの人です。",
  chart:
    "ランクごとの人数、もうすぐ上がる人、下がりそうな人の棒グラフ。下の表に同じ数字があります。",
  names: {
    regular: "レギュラー",
    silver: "シルバー",
    gold: "ゴールド",
    platinum: "プラチナ",
  } as Record<string, string>,
  rank: "ランク",
  customers: "人数",
  share: "割合",
  windowAmount: "期間の購入額",
  windowOrders: "期間の購入回数",
  near: "もうすぐ上がる（購入額）",
  nearOrders: "もうすぐ上がる（回数）",
  falling: "下がりそう",
  kept: "保つ条件で維持",
  carriedOver: "前の期間のランク",
  grace: "猶予中",
  pinned: "手で決めた",
  table: "ランクの表",
  bounds: "ランクの決まり",
  boundsHint: "上がるための値と、保つための値です。お店の設定で変えられます。",
  upAmount: "上がる購入額",
  upOrders: "上がる回数",
  keepAmount: "保つ購入額",
  keepOrders: "保つ回数",
};

const en: typeof ja = {
  title: "Member ranks",
  says: (lowest, customers, share) =>
    `${customers} (${share}) have a rank above ${lowest.toLowerCase()}.`,
  todo: (near, days, falling) =>
    `${near} rise with a little more spent, and ${falling} may lose their rank within ${days} days. Tell both how much is missing.`,
  picture: "Customers by rank",
  pictureHint:
    "A rank is earned by the orders of a window. “About to rise” lack only a little for the next one.",
  chart:
    "Bars: customers of each rank, who is about to rise, who may fall. The table below has the same figures.",
  names: { regular: "Regular", silver: "Silver", gold: "Gold", platinum: "Platinum" },
  rank: "Rank",
  customers: "Customers",
  share: "Share",
  windowAmount: "Amount in the window",
  windowOrders: "Orders in the window",
  near: "About to rise (amount)",
  nearOrders: "About to rise (orders)",
  falling: "May fall",
  kept: "Kept by less",
  carriedOver: "From an earlier period",
  grace: "In grace",
  pinned: "Set by hand",
  table: "The ranks",
  bounds: "Rules of the ranks",
  boundsHint: "What it takes to rise, and to stay. The shop's settings have them.",
  upAmount: "Amount to rise",
  upOrders: "Orders to rise",
  keepAmount: "Amount to stay",
  keepOrders: "Orders to stay",
};

export const words = { ja, en };
