// Words of the page on recipients of gifts who later order themselves.

const ja = {
  title: "受取人の顧客化",
  says: (recipients: string, buyers: string, rate: string) =>
    `ギフトを受け取った ${recipients} のうち、そのあとご自身でも注文したのは ${buyers}（${rate}）です。`,
  todo: "受け取った方には、こちらから連絡する同意がありません。商品といっしょに届く挨拶状やカードに、お店の案内を入れましょう。",
  people: (n: string) => `${n}人`,
  picture: "受け取った人と、あとで注文した人",
  pictureHint:
    "名前と住所が同じ人を、受け取った人と注文した人で数えています。はじめて受け取った日よりあとの注文だけを数えます。",
  chart: "受け取った人とあとで注文した人の人数の棒グラフ。下の表に同じ数字があります。",
  table: "受取人の顧客化",
  tableHint: "受け取った方の一覧は開けません。連絡する同意をいただいていないためです。",
  recipients: "受け取った人",
  buyers: "あとで注文した人",
  rate: "割合",
  shipments: "届けたギフト",
  unknown: "名前か住所の分からないギフト",
};

const en: typeof ja = {
  title: "Recipients who buy",
  says: (recipients, buyers, rate) =>
    `Of ${recipients} people who received a gift, ${buyers} (${rate}) later ordered themselves.`,
  todo: "Recipients have not agreed to be written to. Put a word about the shop into the card that comes with the goods.",
  people: (n) => n,
  picture: "Who received a gift, and who then ordered",
  pictureHint:
    "People are matched by name and address. Only orders after the day of their first gift count.",
  chart: "Bars of recipients and of those who then ordered. The table below has the same figures.",
  table: "Recipients who buy",
  tableHint: "Recipients cannot be listed: they have not agreed to be written to.",
  recipients: "Recipients",
  buyers: "Ordered later",
  rate: "Share",
  shipments: "Gifts delivered",
  unknown: "Gifts without a name or an address",
};

export const words = { ja, en };
