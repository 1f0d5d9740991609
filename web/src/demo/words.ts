// Words of the demo page.
export const words = {
  ja: {
    title: "おかえり",
    lead: "見本のお店です。「サーバー」と「このブラウザ」は、同じプログラムが集計します。",
    where: "集計する場所",
    server: "サーバー",
    browser: "このブラウザ",
    own: "自分のCSVで試す",
    theme: "明るさ",
    auto: "自動",
    light: "ライト",
    dark: "ダーク",
    other: "English",
    bench: "開発する方へ",
    same: "同じプログラムです",
    sameHint:
      "サーバーとブラウザが動かしている okaeri.wasm を、それぞれ計算したハッシュで比べます。",
    version: "版",
    equal: "＝ 一致しています",
    different: "≠ 一致していません",
    embed: "自分のページに埋め込む",
    embedHint:
      "サーバーは、名前を挙げたページからだけ呼べます。トークンは管理画面のように、お店の人だけが開くページに置いてください。",
    embedLocal: "サーバーなしで使う",
    embedLocalHint: "注文は、このページを開いた人のブラウザの外に出ません。",
    snippet: (host: string, shop: string, lang: string) => `<!-- サーバーで、一度だけ：
  okaeri token add --shop ${shop} --scope read
  okaeri serve --origin ${shop}=https://埋め込むページのオリジン -->
<script type="module" src="${host}/okaeri-widget.js"></script>
<okaeri-widget
  host="${host}" shop="${shop}" token="okaeri_…"
  lang="${lang}"></okaeri-widget>`,
    snippetLocal: (
      host: string,
      lang: string,
    ) => `<script type="module" src="${host}/okaeri-widget.js"></script>
<okaeri-widget lang="${lang}"></okaeri-widget>
<script type="module">
  // CSVを落としてもらうか、注文をそのまま渡します。
  document.querySelector("okaeri-widget").orders = [
    { order_id: "1001", ordered_at: "2025-01-10T10:00:00",
      buyer: { email: "sato@example.jp", name: "佐藤 花子" },
      lines: [{ product: "tea", name: "煎茶", quantity: 2, unit_price: 1080 }] },
  ];
</script>`,
    copy: "コピー",
    copied: "コピーしました",
    ask: "質問してみる",
    askHint: "質問の名前か、JSONを入れて Enter。改行は Shift + Enter です。",
    askList: "聞けること",
    askEmpty: "質問を入れてください。たとえば summary。",
    askJson: (why: string) => `JSONとして読めません。\n${why}`,
    askKind: (kind: string, near: string) =>
      `「${kind}」という質問はありません。${near ? `近いもの：${near}。` : ""}下の「聞けること」から選べます。`,
    save: "JSONを保存",
    noOther: "自分のファイルは、このブラウザの中にしかないので、比べられません。",
    questions: {
      summary: "明細・注文・お客さまの数、売上、期間",
      dashboard: "下の集計表をすべて一度に",
      counts: "購入回数ごとの人数",
      shops: "買った店舗の数ごとの人数",
      cells: "ライフサイクルの9つのセグメント",
      rfm: "RFM（5等分・基準値）",
      decile: "購入額の10等分",
      months: "月ごとの売上（新規・リピート・ゲスト）",
      products: "商品ごとの注文・売上・リピート",
      cohort: "初回購入の月ごとの、その後",
      f2: "2回目に進んだ人数を、初回の月ごとに",
      f2hist: "2回目までの日数",
      f2prod: "入口の商品ごとの2回目",
      flow: "1〜3回目の商品の流れ",
      flow12: "1回目から2回目への流れ",
      pairs_order: "同じ注文で買われた組み合わせ",
      pairs_customer: "同じお客さまが買った組み合わせ",
      id_cc: "名寄せの検算（つながりの数）",
      review: "同じ人かどうか、確かめたい組",
      customers: "条件に合うお客さまの一覧",
      withdrawn: "配信の同意を取り下げたメールアドレス",
      segment_overlap: "セグメントの重なり",
      segment_words: "セグメントの文に続けて書けるもの",
      segment_attributes: "セグメントで使える項目",
      customer: "ひとりの記録と評価の理由（key で指定）",
    },
    run: "聞く",
    both: "サーバーとブラウザの両方に聞いて、バイト単位で比べる",
    answer: "答え",
    took: (where: string, day: string, ms: string, bytes: string) =>
      `${where}の答え（${day} 時点）・${ms} ミリ秒・${bytes} バイト`,
    sameBytes: "答えはバイト単位で同じです",
    otherBytes: "答えが違います",
    loading: "見本をブラウザに読み込んでいます…",
    local: "ここからは、このブラウザの中だけで集計しています。データはどこにも送りません。",
    noServer: "見本のサーバーがありません。CSVを選ぶと、このブラウザの中で集計します。",
  },
  en: {
    title: "Okaeri",
    lead: "A sample shop. “Server” and “this browser” run the very same program.",
    where: "Where to compute",
    server: "Server",
    browser: "This browser",
    own: "Try your own CSV",
    theme: "Theme",
    auto: "Auto",
    light: "Light",
    dark: "Dark",
    other: "日本語",
    bench: "For developers",
    same: "One program",
    sameHint:
      "Hashes of the okaeri.wasm that the server and this browser run, each computed by itself.",
    version: "Version",
    equal: "= They are equal",
    different: "≠ They differ",
    embed: "Embed it in your page",
    embedHint:
      "A server answers those pages only that it is told of. Put the token where only the shop's own people come, such as an admin page.",
    embedLocal: "Without a server",
    embedLocalHint: "The orders do not leave the browser of whoever opens the page.",
    snippet: (host: string, shop: string, lang: string) => `<!-- On the server, once:
  okaeri token add --shop ${shop} --scope read
  okaeri serve --origin ${shop}=https://origin-of-your-page -->
<script type="module" src="${host}/okaeri-widget.js"></script>
<okaeri-widget
  host="${host}" shop="${shop}" token="okaeri_…"
  lang="${lang}"></okaeri-widget>`,
    snippetLocal: (
      host: string,
      lang: string,
    ) => `<script type="module" src="${host}/okaeri-widget.js"></script>
<okaeri-widget lang="${lang}"></okaeri-widget>
<script type="module">
  // A dropped CSV, or the orders themselves.
  document.querySelector("okaeri-widget").orders = [
    { order_id: "1001", ordered_at: "2025-01-10T10:00:00",
      buyer: { email: "sato@example.jp", name: "Hanako Sato" },
      lines: [{ product: "tea", name: "Sencha", quantity: 2, unit_price: 1080 }] },
  ];
</script>`,
    copy: "Copy",
    copied: "Copied",
    ask: "Ask a question",
    askHint: "The name of a question, or JSON, then Enter. Shift + Enter starts a new line.",
    askList: "What can be asked",
    askEmpty: "Type a question, such as summary.",
    askJson: (why: string) => `This is not JSON.\n${why}`,
    askKind: (kind: string, near: string) =>
      `There is no question “${kind}”. ${near ? `Near it: ${near}. ` : ""}“What can be asked” below has them all.`,
    save: "Save the JSON",
    noOther: "Your own file is in this browser only, so there is nobody to compare with.",
    questions: {
      summary: "lines, orders, customers, revenue, first and last day",
      dashboard: "every table below in one pass",
      counts: "customers by number of orders",
      shops: "customers by number of shops bought at",
      cells: "the nine lifecycle segments",
      rfm: "RFM, by fifths or by bounds",
      decile: "tenths by amount",
      months: "revenue by month: new, repeat, guest",
      products: "orders, revenue, repeat buyers of each product",
      cohort: "what became of each month's first-time buyers",
      f2: "second orders by month of the first",
      f2hist: "days to the second order",
      f2prod: "second orders by entry product",
      flow: "products over the first three orders",
      flow12: "from the first to the second order",
      pairs_order: "bought in one order",
      pairs_customer: "bought by one customer",
      id_cc: "a check of the identity: connected contacts",
      review: "pairs that may be one person",
      customers: "a list of customers by a filter",
      withdrawn: "mail addresses whose consent was withdrawn",
      segment_overlap: "how segments overlap",
      segment_words: "what may come next in the text of a segment",
      segment_attributes: "what a segment can ask for",
      customer: "one customer's history, each score and why (by key)",
    },
    run: "Ask",
    both: "Ask both the server and this browser, and compare byte by byte",
    answer: "Answer",
    took: (where: string, day: string, ms: string, bytes: string) =>
      `${where}, as of ${day}: ${ms} ms, ${bytes} bytes.`,
    sameBytes: "The answers are the same, byte for byte",
    otherBytes: "The answers differ",
    loading: "Loading the sample into this browser…",
    local: "From here on everything is computed in this browser. Nothing is sent anywhere.",
    noServer: "There is no demo server. Choose a CSV to compute in this browser.",
  },
};

export type Words = (typeof words)["ja"];
