// Words of the page on who buys in bulk.

const ja = {
  title: "法人・大口",
  says: (customers: string, share: string, up: string, down: string) =>
    `法人・大口とみられるお客さまは ${customers} で、この1年の購入額の ${share} です。1年前より区分が上がったのは ${up}、下がったのは ${down} です。`,
  saysNone: "法人・大口とみられるお客さまは、まだいません。",
  todo: (n: string, season: string) =>
    `${season}の早期予約を、下の ${n} に案内しましょう。届け先の一覧を先にお預かりすると、間違いも減ります。`,
  todoPotential: (n: string) =>
    `大口になりそうな ${n} に、請求書払いや届け先の一括登録をご案内しましょう。`,
  todoNone: "シーズンの70日前になると、早期予約を案内する方がここに出ます。",
  atLeast: (people: string) => `${people}以上`,
  limit: "一覧の件数",
  rows: "件",
  picture: "1年前から今への動き",
  pictureHint:
    "左が1年前、上が今の区分で、数字は人数です。区分は、1年の届け先の数と金額（お店の設定）で決まります。",
  caption: "押すと、その方たちの一覧が開きます。",
  before: "1年前",
  statuses: { general: "一般", semi_large: "準大口", large: "大口", special: "特別" } as Record<
    string,
    string
  >,
  reasonsPicture: "法人・大口とみた理由",
  reasonsHint: "1人にいくつも当てはまります。",
  reasonsChart: "理由ごとの人数の棒グラフ。下の表に同じ数字があります。",
  reasonOf: {
    company: "会社名の大きな注文",
    order_destinations: "1注文の届け先が多い",
    year_destinations: "1年の届け先が多い",
    invoice: "請求書・掛け払い",
    mail_domain: "会社などのメールアドレス",
    noshi_company: "のしに会社名",
  } as Record<string, string>,
  reservations: "早期予約を案内する方",
  reservationsHint: "前の年の同じシーズンに、いくつもの届け先に贈った方です。",
  tierOf: (days: string) => `${days}日前まで`,
  tier: "案内の時期",
  size: "規模",
  sizes: { several: "複数の届け先", large: "大口" } as Record<string, string>,
  list: "法人・大口のお客さま",
  potential: "大口になりそうな方",
  why: "わけ",
  whys: { first_season: "初めてのシーズンから多い", growth: "前の年より大きく増えた" } as Record<
    string,
    string
  >,
  season: "シーズン",
  name: (season: string, year: string) => `${season} ${year}年`,
  customer: "お客さま",
  status: "今の区分",
  reasons: "理由",
  destinations: "届け先",
  destinationsBefore: "前の年の届け先",
  orders: "注文",
  amount: "金額",
  customers: "人数",
  corporate: "うち法人・大口",
  reasonTable: "理由ごと",
  notes: {
    more_customers: (_: string, n: string) => `一覧に入らない行が、ほかに ${n} あります。`,
  } as Record<string, (people: string, n: string) => string>,
};

const en: typeof ja = {
  title: "Companies and bulk",
  says: (customers, share, up, down) =>
    `${customers} seem to be companies or to buy in bulk: ${share} of the last year's purchases. ${up} have risen since a year ago, ${down} have fallen.`,
  saysNone: "Nobody seems to buy in bulk yet.",
  todo: (n, season) =>
    `Ask the ${n} below for early reservations for ${season}. With their list of recipients beforehand there are fewer mistakes.`,
  todoPotential: (n) => `Tell the ${n} who may grow large about invoices and lists of recipients.`,
  todoNone: "From 70 days before a season, those to ask for early reservations are listed here.",
  atLeast: (people) => `${people} or more`,
  limit: "Lists",
  rows: "rows",
  picture: "From a year ago to now",
  pictureHint:
    "A year ago on the left, now above; figures are people. Destinations and amount of a year decide (settings).",
  caption: "A press opens the list of them.",
  before: "A year ago",
  statuses: { general: "General", semi_large: "Fairly large", large: "Large", special: "Special" },
  reasonsPicture: "Why they seem to buy in bulk",
  reasonsHint: "Several may hold for one customer.",
  reasonsChart: "Bars of people by reason. The table below has the same figures.",
  reasonOf: {
    company: "large order of a company",
    order_destinations: "many destinations in an order",
    year_destinations: "many destinations in a year",
    invoice: "invoice",
    mail_domain: "mail address of a company",
    noshi_company: "company on the noshi",
  },
  reservations: "To ask for early reservations",
  reservationsHint: "Who sent to several destinations in last year's season.",
  tierOf: (days) => `up to ${days} days before`,
  tier: "When",
  size: "Size",
  sizes: { several: "Several destinations", large: "Large" },
  list: "Companies and bulk",
  potential: "Who may grow large",
  why: "Why",
  whys: { first_season: "many in the first season", growth: "far more than last year" },
  season: "Season",
  name: (season, year) => `${season} ${year}`,
  customer: "Customer",
  status: "Now",
  reasons: "Why",
  destinations: "Destinations",
  destinationsBefore: "Last year's",
  orders: "Orders",
  amount: "Amount",
  customers: "Customers",
  corporate: "Of these, in bulk",
  reasonTable: "By reason",
  notes: {
    more_customers: (_, n) => `${n} more rows do not fit into a list.`,
  },
};

export const words = { ja, en };
