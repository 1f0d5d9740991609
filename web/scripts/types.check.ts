// A page in TypeScript: compiled against the built types, never run.
import { OkaeriWidget } from "../../dist/web/okaeri-widget.js";
import type { Filter, Order } from "../../dist/web/wire.gen.js";

const orders: Order[] = [
  { order_id: "1", lines: [{ product: "tea", quantity: 1, unit_price: 1080 }] },
];
const widget = document.createElement("okaeri-widget");
widget.orders = orders;
widget.theme = "dark";
widget.addEventListener("okaeri-problem", ({ detail }) => {
  if (detail.code === "unauthorized") widget.token = detail.message;
});
document.addEventListener("okaeri-facts", async ({ detail }) => {
  const filter: Filter = [{ in: "cells", freq: 3, rec: 3 }];
  await widget.source?.askText(detail.asOf, { kind: "customers", filter });
});
document.body.append(widget, new OkaeriWidget());

// @ts-expect-error: there are three themes.
widget.theme = "blue";
// @ts-expect-error: an order has an id.
widget.orders = [{}];
