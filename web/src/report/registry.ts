// Every report's page, one line each: its name, its group in the menu, its title, its code. The
// name is the kind of the question it asks, with hyphens for underscores, unless it says another.

/** Groups of the menu, in their order. */
export const GROUPS = [
  "shop",
  "people",
  "repeat",
  "goods",
  "subscription",
  "gift",
  "forecast",
  "segments",
  "facts",
] as const;
export type Group = (typeof GROUPS)[number];

/** A page. */
export interface Page {
  name: string;
  group: Group;
  ja: string;
  en: string;
  /** The question of a page that is more than a report of tables. */
  kind?: string;
  load: () => Promise<unknown>;
}

const pages = {
  cpm: {
    group: "people",
    ja: "顧客ポートフォリオ（CPM）",
    en: "Customer portfolio (CPM)",
    load: () => import("./pages/cpm.ts"),
  },
  "rfm-groups": {
    group: "people",
    ja: "RFMグループ",
    en: "RFM groups",
    load: () => import("./pages/rfm-groups.ts"),
  },
  "decile-period": {
    group: "people",
    ja: "期間のデシル",
    en: "Deciles of a period",
    load: () => import("./pages/decile-period.ts"),
  },
  "lifecycle-grid": {
    group: "people",
    ja: "ライフサイクルの表",
    en: "Lifecycle grid",
    load: () => import("./pages/lifecycle-grid.ts"),
  },
  "member-ranks": {
    group: "people",
    ja: "会員ランク",
    en: "Member ranks",
    load: () => import("./pages/member-ranks.ts"),
  },
  steps: {
    group: "repeat",
    ja: "継続・離脱",
    en: "Going on and lapsing",
    load: () => import("./pages/steps.ts"),
  },
  conversion: {
    group: "repeat",
    ja: "F2とFn転換",
    en: "Second and later purchases",
    load: () => import("./pages/conversion.ts"),
  },
  "days-to-next": {
    group: "repeat",
    ja: "次の購入までの日数",
    en: "Days to the next purchase",
    load: () => import("./pages/days-to-next.ts"),
  },
  cohorts: {
    group: "repeat",
    ja: "経過日数のコホート",
    en: "Cohorts by time since",
    load: () => import("./pages/cohorts.ts"),
  },
  "product-repeat": {
    group: "goods",
    ja: "商品の新規とリピート",
    en: "New and repeat by product",
    load: () => import("./pages/product-repeat.ts"),
  },
  "entry-products": {
    group: "goods",
    ja: "入口商品",
    en: "Entry products",
    load: () => import("./pages/entry-products.ts"),
  },
  "purchase-flow": {
    group: "goods",
    ja: "商品から商品へ",
    en: "From product to product",
    load: () => import("./pages/purchase-flow.ts"),
  },
  "product-cycle": {
    group: "goods",
    ja: "買い直しの間隔",
    en: "Days between purchases",
    load: () => import("./pages/product-cycle.ts"),
  },
  "cross-sell": {
    group: "goods",
    ja: "クロスセル",
    en: "Cross-selling",
    load: () => import("./pages/cross-sell.ts"),
  },
  "product-ltv": {
    group: "goods",
    ja: "商品別LTV",
    en: "LTV of a product",
    load: () => import("./pages/product-ltv.ts"),
  },
  ltv: {
    group: "people",
    ja: "経過日数のLTV",
    en: "LTV by days",
    load: () => import("./pages/ltv.ts"),
  },
  effects: {
    group: "people",
    ja: "最初の注文のちがい",
    en: "What the first order tells",
    load: () => import("./pages/effects.ts"),
  },
  media: {
    group: "people",
    ja: "広告・媒体",
    en: "Media",
    load: () => import("./pages/media.ts"),
  },
  "ltv-ranks": {
    group: "people",
    ja: "LTVランク",
    en: "LTV ranks",
    load: () => import("./pages/ltv-ranks.ts"),
  },
  "contract-flow": {
    group: "subscription",
    ja: "定期のフロー",
    en: "Flow of contracts",
    load: () => import("./pages/contract-flow.ts"),
  },
  "contract-retention": {
    group: "subscription",
    ja: "定期の継続",
    en: "How long contracts last",
    load: () => import("./pages/contract-retention.ts"),
  },
  "contract-churn": {
    group: "subscription",
    ja: "定期の解約率",
    en: "Contracts by month",
    load: () => import("./pages/contract-churn.ts"),
  },
  "churn-risk": {
    group: "subscription",
    ja: "定期の解約見込み",
    en: "Contracts that may be cancelled",
    load: () => import("./pages/churn-risk.ts"),
  },
  coupons: {
    group: "people",
    ja: "クーポン",
    en: "Coupons",
    load: () => import("./pages/coupons.ts"),
  },
  bundles: {
    group: "goods",
    ja: "まとめ買い",
    en: "Several pieces at once",
    load: () => import("./pages/bundles.ts"),
  },
  "free-shipping": {
    group: "goods",
    ja: "送料無料ライン",
    en: "Free shipping",
    load: () => import("./pages/free-shipping.ts"),
  },
  "gift-share": {
    group: "gift",
    ja: "ギフト比率",
    en: "Share of gifts",
    load: () => import("./pages/gift-share.ts"),
  },
  "gift-seasons": {
    group: "gift",
    ja: "ギフトのシーズン",
    en: "Seasons of gifts",
    load: () => import("./pages/gift-seasons.ts"),
  },
  "gift-cross": {
    group: "gift",
    ja: "季節をまたぐギフト",
    en: "Gifts in several seasons",
    load: () => import("./pages/gift-cross.ts"),
  },
  "gift-lost": {
    group: "gift",
    ja: "送り忘れ",
    en: "Forgotten gifts",
    load: () => import("./pages/gift-lost.ts"),
  },
  "gift-flow": {
    group: "gift",
    ja: "ギフトから自家需要へ",
    en: "From gifts to own use",
    load: () => import("./pages/gift-flow.ts"),
  },
  "gift-recipients": {
    group: "gift",
    ja: "受取人の顧客化",
    en: "Recipients who buy",
    load: () => import("./pages/gift-recipients.ts"),
  },
  corporate: {
    group: "gift",
    ja: "法人・大口",
    en: "Companies and bulk",
    load: () => import("./pages/corporate.ts"),
  },
  forecast: {
    group: "forecast",
    ja: "これからの予測",
    en: "What to expect",
    load: () => import("./pages/forecast.ts"),
  },
  segments: {
    group: "segments",
    ja: "セグメントを作る",
    en: "Build segments",
    kind: "segment",
    load: () => import("./pages/segments.ts"),
  },
} as const satisfies Record<string, Omit<Page, "name">>;

export type PageName = keyof typeof pages;

export const PAGES: readonly Page[] = Object.entries(pages).map(([name, page]) => ({
  name,
  ...page,
}));

/** The kind of a page's question. */
export const kindOf = (name: string): string =>
  PAGES.find((page) => page.name === name)?.kind ?? name.replaceAll("-", "_");

/** The page of a name, or of the kind of a question. */
export function pageOf(name: string): Page | undefined {
  const wanted = name.replaceAll("_", "-");
  return PAGES.find((page) => page.name === wanted);
}
