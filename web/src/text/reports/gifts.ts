// Words that all pages on gifts share: seasons, and what speaks for a gift.

const ja = {
  seasons: {
    new_year: "お年賀",
    winter_greeting: "寒中見舞い",
    valentine: "バレンタイン",
    white_day: "ホワイトデー",
    entrance: "入学・入社",
    mothers_day: "母の日",
    fathers_day: "父の日",
    ochugen: "お中元",
    summer_greeting: "暑中見舞い",
    late_summer_greeting: "残暑見舞い",
    respect_for_the_aged: "敬老の日",
    halloween: "ハロウィン",
    oseibo: "お歳暮",
    christmas: "クリスマス",
  } as Record<string, string>,
  evidence: {
    explicit: "カートのギフト指定",
    noshi: "のし",
    wrapping: "包装",
    message: "メッセージカード",
    address: "届け先が別の住所",
    surname: "届け先の名字が違う",
    several: "届け先がいくつもある",
    product: "ギフト向けの商品",
    season: "ギフトの時期の注文",
    word: "備考のギフトの言葉",
    own_address: "ご自身の届け先とみられる",
  } as Record<string, string>,
};

const en: typeof ja = {
  seasons: {
    new_year: "New Year",
    winter_greeting: "Winter greetings",
    valentine: "Valentine's Day",
    white_day: "White Day",
    entrance: "School and work begin",
    mothers_day: "Mother's Day",
    fathers_day: "Father's Day",
    ochugen: "Midyear (ochugen)",
    summer_greeting: "Summer greetings",
    late_summer_greeting: "Late summer greetings",
    respect_for_the_aged: "Respect for the Aged",
    halloween: "Halloween",
    oseibo: "Year end (oseibo)",
    christmas: "Christmas",
  },
  evidence: {
    explicit: "marked in the cart",
    noshi: "noshi",
    wrapping: "wrapping",
    message: "message card",
    address: "another address",
    surname: "another family name",
    several: "several destinations",
    product: "product for gifts",
    season: "season of gifts",
    word: "gift word in the note",
    own_address: "seems the orderer's own",
  },
};

export const gifts = { ja, en };

/** A season's name; a shop's own has the name that the shop gave it. */
export const seasonOf = (lang: "ja" | "en", season: unknown): string =>
  gifts[lang].seasons[String(season)] ?? String(season);
