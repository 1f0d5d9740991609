// A chart as a picture file: its SVG with the colours of the moment, drawn on a canvas at twice the
// size, with its title above and its legend below.
import { download } from "../csv.ts";
import { labelWidth } from "./scale.ts";

const SCALE = 2;
const [EDGE, HEAD, FOOT] = [16, 34, 26];
// What style sheets may say of a mark. They are written as attributes: a style attribute would
// fall under the page's policy.
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
] as const;

/** The SVG on its own, without what is there for the pointer alone. */
function standing(chart: SVGSVGElement): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const [from, to] = [chart.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) to[i]?.setAttribute(name, style.getPropertyValue(name));
    to[i]?.removeAttribute("style");
  });
  for (const hit of copy.querySelectorAll(".hit")) hit.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return copy;
}

/** Where pieces of some widths stand in rows that are no wider than `width`. */
export function laidOut(widths: readonly number[], width: number): { x: number; row: number }[] {
  let [x, row] = [0, 0];
  return widths.map((wide) => {
    if (x > 0 && x + wide > width) {
      x = 0;
      row += 1;
    }
    const place = { x, row };
    x += wide;
    return place;
  });
}

/** Letters for XML alone: an address of data takes no other. */
const address = (svg: SVGSVGElement) =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;

/** Saves the chart of a card. */
export async function savePicture(card: Element, title: string, name: string): Promise<void> {
  const chart = card.querySelector<SVGSVGElement>("svg.chart");
  if (!chart) return;
  const { width, height } = chart.getBoundingClientRect();
  const svg = standing(chart);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  const image = new Image();
  image.src = address(svg);
  await image.decode();
  const items = Array.from(card.querySelectorAll<HTMLElement>(".legend i"), (mark) => ({
    colour: getComputedStyle(mark).backgroundColor,
    words: mark.dataset.name ?? "",
  }));
  const places = laidOut(
    items.map(({ words }) => labelWidth(words) + 34),
    width,
  );
  const foot = places.length ? ((places.at(-1)?.row ?? 0) + 1) * FOOT : 0;
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * EDGE) * SCALE;
  canvas.height = (height + HEAD + foot + EDGE) * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const style = getComputedStyle(card);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.font = `700 15px ${style.fontFamily}`;
  pen.fillText(title, EDGE, 23);
  pen.drawImage(image, EDGE, HEAD, width, height);
  pen.font = `12px ${style.fontFamily}`;
  items.forEach(({ colour, words }, i) => {
    const { x = 0, row = 0 } = places[i] ?? {};
    const y = height + HEAD + FOOT * row;
    pen.fillStyle = colour;
    pen.fillRect(EDGE + x, y + 8, 10, 10);
    pen.fillStyle = style.color;
    pen.fillText(words, EDGE + x + 15, y + 17);
  });
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (file) download(file, `${name}.png`);
}
