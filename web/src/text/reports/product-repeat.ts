// Words of the page on products by new and repeat buyers.

const ja = {
  title: "商品の新規とリピート",
  says: (product: string, buyers: string, rate: string, range: string) =>
    `いちばん確かにリピートされている商品は「${product}」です。買った ${buyers} のうち ${rate} が、この商品を2回以上買っています（95%の確からしさで ${range}）。`,
  saysNone: "2回以上買われた商品は、まだありません。",
  todo: (product: string, news: string, rate: string) =>
    `新しい方がいちばん多く買うのは「${product}」（${news}）で、リピート率は ${rate} です。この商品のあとの案内（買い直しか、次にすすめる商品）から見直すと、効く人数が最も多くなります。`,
  define: "「新規」の数え方",
  definitions: {
    store_first: "お店での初めての注文",
    product_first: "その商品の初めての購入",
    window_new: "しばらく買っていない人の注文",
    media_first: "その広告からの初めての注文",
  } as Record<string, string>,
  definitionHints: {
    store_first: "新規は、お客さまのお店での最初の注文に入っていた分です。",
    product_first:
      "新規は、お客さまがその商品を初めて買った分です。ほかの商品を前に買っていても新規です。",
    window_new: "新規は、その前の決まった日数に、お店でひとつも注文していなかった分です。",
    media_first:
      "新規は、お客さまがその広告（媒体）から初めて注文した分です。広告の記録のない注文は、ひとつの広告とみなします。",
  } as Record<string, string>,
  window: "注文のない日数",
  days: "集計する日数（0はすべて）",
  ltvDays: "LTVの日数",
  dayUnit: "日",
  shown: "図に出すもの",
  picture: {
    rate: "商品のリピート率",
    repeat_share: "売上のうちリピートの割合",
    ltv_all: "買った人のその後の購入額（LTV）",
  } as Record<string, string>,
  hint: {
    rate: "リピート率は、その商品を買った人のうち、同じ商品を2回以上買った人の割合です。細い線は、95%の確からしさで本当の割合がある範囲です。",
    repeat_share: "ゲスト購入（誰か分からない注文）は入れていません。",
    ltv_all:
      "LTVは、その商品を初めて買った日からの、お店でのすべての購入額の1人あたり平均です。日数がたった人だけで計算しています。",
  } as Record<string, string>,
  chart: (what: string) => `${what}の棒グラフ。下の表に同じ数字があります。`,
  greatest: "売上の大きい商品から並べています。",
  table: "商品ごと",
  tableHint:
    "新規・リピート・ゲストの売上を足すと、その商品の売上になります。LTVは、その商品を初めて買った日から数えます。定期の商品のリピート率は、お届けが続く分だけ高く出ます。",
  product: "商品",
  buyers: "買った人",
  newBuyers: "新規の人",
  repeatBuyers: "リピートの人",
  repeaters: "2回以上買った人",
  rate: "リピート率",
  orders: "注文",
  newOrders: "新規の注文",
  repeatOrders: "リピートの注文",
  guestOrders: "ゲストの注文",
  units: "数量",
  sales: "売上",
  newSales: "新規の売上",
  repeatSales: "リピートの売上",
  guestSales: "ゲストの売上",
  share: "リピート売上の割合",
  closed: "LTVの日数がたった人",
  ltvProduct: "LTV（この商品）",
  ltvAll: "LTV（すべての商品）",
};

const en: typeof ja = {
  title: "New and repeat by product",
  says: (product, buyers, rate, range) =>
    `The product that most surely brings buyers back is “${product}”: of ${buyers} who bought it, ${rate} bought it twice or more (${range} with 95 % confidence).`,
  saysNone: "No product has been bought twice by anybody yet.",
  todo: (product, news, rate) =>
    `Most new buyers choose “${product}” (${news}); ${rate} of its buyers buy it again. What you send after it, a reminder or the next product to try, reaches the most people.`,
  define: "What is new",
  definitions: {
    store_first: "First order in the shop",
    product_first: "First purchase of the product",
    window_new: "An order after a long pause",
    media_first: "First order through the medium",
  },
  definitionHints: {
    store_first: "New is what was in a customer's first order in the shop.",
    product_first: "New is a customer's first purchase of the product, whatever was bought before.",
    window_new: "New is what was bought after so many days without any order.",
    media_first:
      "New is what was in a customer's first order through that advertising medium. Orders without one count as of one medium.",
  },
  window: "Days without an order",
  days: "Days counted (0: all)",
  ltvDays: "Days of LTV",
  dayUnit: "days",
  shown: "In the picture",
  picture: {
    rate: "Repeat rate of products",
    repeat_share: "Share of sales that is repeat",
    ltv_all: "What a buyer spends from then on (LTV)",
  },
  hint: {
    rate: "The repeat rate is the share of a product's buyers who bought it twice or more. Thin lines show where the true rate lies with 95 % confidence.",
    repeat_share: "Guest orders, whose buyer is not known, are left out.",
    ltv_all:
      "LTV is all that a buyer spends in the shop from the first purchase of the product on, on average. Only buyers whose days are over count.",
  },
  chart: (what) => `Bars: ${what}. The table below has the same figures.`,
  greatest: "Greatest sales first.",
  table: "By product",
  tableHint:
    "New, repeat and guest sales make up the product's sales. LTV counts from the first purchase of the product. Subscriptions have high repeat rates, since each delivery is a purchase.",
  product: "Product",
  buyers: "Buyers",
  newBuyers: "New buyers",
  repeatBuyers: "Repeat buyers",
  repeaters: "Bought twice or more",
  rate: "Repeat rate",
  orders: "Orders",
  newOrders: "New orders",
  repeatOrders: "Repeat orders",
  guestOrders: "Guest orders",
  units: "Units",
  sales: "Sales",
  newSales: "New sales",
  repeatSales: "Repeat sales",
  guestSales: "Guest sales",
  share: "Repeat share of sales",
  closed: "LTV days over",
  ltvProduct: "LTV (this product)",
  ltvAll: "LTV (all products)",
};

export const words = { ja, en };
