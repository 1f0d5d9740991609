// Words of the page on who sends in several seasons of a year.

const ja = {
  title: "季節をまたぐギフト",
  says: (year: string, a: string, senders: string, rate: string, b: string) =>
    `${year}年に${a}を贈った ${senders} のうち、${b}も贈ったのは ${rate} です。いちばん多い組み合わせです。`,
  saysNone: (year: string) => `${year}年に2つのシーズンで贈った人は、いません。`,
  todo: (a: string, b: string, n: string) =>
    `${a}だけで${b}を贈っていない ${n} に、${b}の前に案内を届けましょう。`,
  todoNone: "1つのシーズンで贈った方に、次のシーズンの案内を届けましょう。",
  year: "年",
  picture: (year: string) => `${year}年のシーズンのかさなり`,
  pictureHint:
    "左のシーズンで贈った人のうち、上のシーズンでも贈った割合です。小さい数字は人数、左の数字はそのシーズンの贈り主です。",
  caption: "押すと、その方たちの一覧が開きます。",
  from: "贈ったシーズン",
  also: "あわせて贈ったシーズン",
  senders: "贈り主",
  both: "両方",
  rate: "割合",
  table: "シーズンのかさなり",
  yearOf: (n: string) => `${n}年`,
};

const en: typeof ja = {
  title: "Gifts in several seasons",
  says: (year, a, senders, rate, b) =>
    `In ${year}, of ${senders} who sent in ${a}, ${rate} sent in ${b} too: the commonest pair.`,
  saysNone: (year) => `Nobody sent in two seasons of ${year}.`,
  todo: (a, b, n) => `Write before ${b} to the ${n} who sent in ${a} and not in it.`,
  todoNone: "Write to those who sent in one season before the next.",
  year: "Year",
  picture: (year) => `Seasons of ${year}`,
  pictureHint:
    "Of those who sent in the season on the left, who sent in the one above too. Small figures are people; beside the name are the season's senders.",
  caption: "A press opens the list of them.",
  from: "Sent in",
  also: "And in",
  senders: "Senders",
  both: "Both",
  rate: "Share",
  table: "Seasons together",
  yearOf: (n) => n,
};

export const words = { ja, en };
