// The one file that a page loads: it defines `<okaeri-widget>`.
export { OkaeriWidget } from "./element.ts";
export type * from "./public.ts";
