// The demo page: the sample shop on the server or in this browser, your own file, a console, and the
// proof that both run the same module.
import { todayIn } from "../calendar.ts";
import "../okaeri-widget.ts";
import type { OkaeriWidget } from "../element.ts";
import { LocalSource, RemoteSource, type Source } from "../source.ts";
import type { Question } from "../wire.gen.ts";
import { type Words, words } from "./words.ts";

interface Config {
  host?: string;
  shop: string;
  token: string;
  as_of: string;
}

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const KINDS =
  "dashboard summary counts shops rfm cells months products cohort f2 f2hist f2prod flow flow12 pairs_order pairs_customer decile id_cc review customers".split(
    " ",
  );

const assets = new URL(".", new URL(import.meta.url)).href;
let lang: "ja" | "en" = navigator.language.startsWith("ja") ? "ja" : "en";
let t: Words = words[lang];
let config: Config | undefined;
let local: Promise<LocalSource> | undefined;

const widget = find<OkaeriWidget>("widget");

function say(text: string): void {
  find("status").textContent = text;
}

function translate(): void {
  document.documentElement.lang = lang;
  widget.lang = lang;
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    element.textContent = t[element.dataset.t as keyof Words] as string;
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", t[element.dataset.label as keyof Words] as string);
  }
}

function press(where: "server" | "browser"): void {
  find("to-server").setAttribute("aria-pressed", String(where === "server"));
  find("to-browser").setAttribute("aria-pressed", String(where === "browser"));
}

/** The sample as the server wrote it. */
async function sample(): Promise<File> {
  const response = await fetch("/demo/sample.csv");
  if (!response.ok) throw new Error(`/demo/sample.csv: ${response.status}`);
  return new File([await response.blob()], "sample.csv");
}

/** The module in this browser with the sample in it; made once, for the console. */
function localSample(): Promise<LocalSource> {
  local ??= (async () => {
    const source = await LocalSource.start(assets);
    await source.load(await sample(), "sample.csv", () => {});
    return source;
  })();
  return local;
}

/** A widget cannot forget its server, so a new one takes its place. */
function freshWidget(): OkaeriWidget {
  const present = document.querySelector<OkaeriWidget>("okaeri-widget");
  const fresh = document.createElement("okaeri-widget") as OkaeriWidget;
  fresh.id = "widget";
  fresh.lang = lang;
  fresh.theme = find<HTMLSelectElement>("theme").value as OkaeriWidget["theme"];
  present?.replaceWith(fresh);
  return fresh;
}

function onServer(): void {
  if (!config) {
    say(t.noServer);
    return;
  }
  const fresh = freshWidget();
  fresh.host = config.host ?? location.origin;
  fresh.token = config.token;
  fresh.asOf = config.as_of;
  fresh.shop = config.shop;
  press("server");
  say("");
}

async function inBrowser(file?: File): Promise<void> {
  press("browser");
  say(t.loading);
  try {
    const fresh = freshWidget();
    if (!file && config) fresh.asOf = config.as_of;
    await fresh.loadFile(file ?? (await sample()));
    say(t.local);
  } catch (cause) {
    say(String(cause));
  }
}

function present(): OkaeriWidget {
  return document.querySelector<OkaeriWidget>("okaeri-widget") ?? widget;
}

function questionOf(text: string): Question {
  const trimmed = text.trim();
  return (trimmed.startsWith("{") ? JSON.parse(trimmed) : { kind: trimmed }) as Question;
}

/** Answers with one line a row, so that a person can read it. */
function legible(text: string): string {
  return text.replaceAll("],[", "],\n   [").replaceAll('},"', '},\n "');
}

async function askBoth(question: Question, asOf: string): Promise<boolean> {
  if (!config) throw new Error(t.noServer);
  const server = new RemoteSource({ host: config.host ?? location.origin, ...config });
  const browser = await localSample();
  const [one, other] = await Promise.all([
    server.askText(asOf, question),
    browser.askText(asOf, question),
  ]);
  return one === other;
}

async function run(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const answer = find("answer");
  const timing = find("timing");
  try {
    const question = questionOf(find<HTMLInputElement>("question").value);
    const source: Source | undefined = present().source;
    const asOf = present().shownAsOf || config?.as_of || todayIn("Asia/Tokyo");
    if (!source) throw new Error(t.noServer);
    const start = performance.now();
    const text = await source.askText(asOf, question);
    const took = (performance.now() - start).toFixed(1);
    const bytes = new TextEncoder().encode(text).length.toLocaleString();
    timing.textContent = t.took(took, bytes);
    answer.textContent = legible(text).slice(0, 100_000);
    if (find<HTMLInputElement>("both").checked) {
      const same = await askBoth(question, asOf);
      timing.textContent += ` · ${same ? t.sameBytes : t.otherBytes}`;
    }
  } catch (cause) {
    timing.textContent = "";
    answer.textContent = String(cause);
  }
}

async function identify(): Promise<void> {
  const show = (where: string, version: string, sha256: string) => {
    find(`${where}-version`).textContent = version;
    find(`${where}-sha`).textContent = sha256;
  };
  const browser = await (await LocalSource.start(assets)).about();
  show("browser", browser.version, browser.sha256);
  if (!config) return;
  const host = config.host ?? location.origin;
  const server = await new RemoteSource({ ...config, host }).about();
  show("server", server.version, server.sha256);
  const equal = server.sha256 === browser.sha256;
  const verdict = find("verdict");
  verdict.textContent = equal ? t.equal : t.different;
  verdict.className = equal ? "equal" : "different";
}

function snippet(): string {
  const host = location.origin;
  return `<script type="module" src="${host}/okaeri-widget.js"></script>
<okaeri-widget
  host="${host}" shop="${config?.shop ?? "your-shop"}" token="okaeri_…"
  lang="${lang}" theme="auto"></okaeri-widget>`;
}

async function start(): Promise<void> {
  translate();
  find("questions").append(
    ...KINDS.map((kind) => Object.assign(document.createElement("option"), { value: kind })),
  );
  const response = await fetch("/demo/config.json").catch(() => undefined);
  config = response?.ok ? ((await response.json()) as Config) : undefined;
  find("snippet").textContent = snippet();
  onServer();
  find("to-server").onclick = onServer;
  find("to-browser").onclick = () => inBrowser();
  find<HTMLInputElement>("own").onchange = ({ target }) => {
    const file = (target as HTMLInputElement).files?.[0];
    if (file) void inBrowser(file);
  };
  find<HTMLSelectElement>("theme").onchange = ({ target }) => {
    const { value } = target as HTMLSelectElement;
    document.documentElement.dataset.theme = value;
    present().theme = value as OkaeriWidget["theme"];
  };
  find("lang").onclick = () => {
    lang = lang === "ja" ? "en" : "ja";
    t = words[lang];
    translate();
    present().lang = lang;
    find("snippet").textContent = snippet();
  };
  find("copy").onclick = async () => {
    await navigator.clipboard.writeText(snippet());
    find("copy").textContent = t.copied;
  };
  find<HTMLFormElement>("console").onsubmit = run;
  await identify();
}

void start();
