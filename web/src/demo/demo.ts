// The demo page: the sample shop on the server or in this browser, your own file, a console, and the
// proof that both run the same module.
import { todayIn } from "../calendar.ts";
import "../okaeri-widget.ts";
import type { OkaeriWidget } from "../element.ts";
import { LocalSource, RemoteSource, type Source } from "../source.ts";
import { listQuestions, startConsole } from "./console.ts";
import { find } from "./page.ts";
import { type Words, words } from "./words.ts";

interface Config {
  shop: string;
  token: string;
  as_of: string;
}

/** What the widget on show computes from. */
type Where = "server" | "sample" | "own";

const assets = new URL(".", new URL(import.meta.url)).href;
let lang: "ja" | "en" = navigator.language.startsWith("ja") ? "ja" : "en";
let t: Words = words[lang];
let where: Where = "server";
let config: Config | undefined;
let local: Promise<LocalSource> | undefined;
let status: keyof Words | undefined;

const present = () => find<OkaeriWidget>("widget");

function say(what: typeof status): void {
  status = what;
  find("status").textContent = what ? (t[what] as string) : "";
}

function translate(): void {
  document.documentElement.lang = lang;
  document.title = t.title;
  present().lang = lang;
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    element.textContent = t[element.dataset.t as keyof Words] as string;
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", t[element.dataset.label as keyof Words] as string);
  }
  listQuestions(t);
  find("snippet").textContent = t.snippet(location.origin, config?.shop ?? "your-shop", lang);
  find("snippet-local").textContent = t.snippetLocal(location.origin, lang);
  say(status);
  verdict();
}

function press(now: Where): void {
  where = now;
  find("to-server").setAttribute("aria-pressed", String(now === "server"));
  find("to-browser").setAttribute("aria-pressed", String(now !== "server"));
}

/** The sample as the server wrote it. */
async function sample(): Promise<File> {
  const response = await fetch("/demo/sample.ndjson");
  if (!response.ok) throw new Error(`/demo/sample.ndjson: ${response.status}`);
  return new File([await response.blob()], "sample.ndjson");
}

/** The module in this browser with the sample in it; made once, for the console. */
function localSample(): Promise<LocalSource> {
  local ??= (async () => {
    const source = new LocalSource(assets);
    await source.load(await sample(), "sample.ndjson", () => {});
    return source;
  })();
  return local;
}

/** Another shop, another widget: what one was set to does not reach the next. */
function freshWidget(): OkaeriWidget {
  const fresh = document.createElement("okaeri-widget") as OkaeriWidget;
  fresh.id = "widget";
  fresh.lang = lang;
  fresh.theme = find<HTMLSelectElement>("theme").value as OkaeriWidget["theme"];
  present().replaceWith(fresh);
  return fresh;
}

function onServer(): void {
  press("server");
  const fresh = freshWidget();
  if (!config) {
    say("noServer");
    return;
  }
  say(undefined);
  fresh.host = location.origin;
  fresh.token = config.token;
  fresh.asOf = config.as_of;
  fresh.shop = config.shop;
}

async function inBrowser(file?: File): Promise<void> {
  press(file ? "own" : "sample");
  say(file ? "local" : "loading");
  const fresh = freshWidget();
  try {
    if (!file && config) fresh.asOf = config.as_of;
    await fresh.loadFile(file ?? (await sample()));
    say("local");
  } catch {
    // A file that cannot be read is told of by the widget.
    say(file ? "local" : "noServer");
  }
}

function server(): RemoteSource | undefined {
  return config && new RemoteSource({ host: location.origin, ...config });
}

/** Who else holds the orders on show. */
function other(): Promise<Source> | undefined {
  const remote = server();
  if (where === "own" || !remote) return undefined;
  return where === "server" ? localSample() : Promise.resolve(remote);
}

function verdict(): void {
  const [one, two] = [find("server-sha").textContent, find("browser-sha").textContent];
  const known = one?.length === 64 && two?.length === 64;
  const equal = one === two;
  find("verdict").textContent = known ? (equal ? t.equal : t.different) : "";
  find("verdict").className = known ? (equal ? "equal" : "different") : "";
}

/** Asks each side what it runs; one that is away leaves its line empty. */
async function identify(): Promise<void> {
  const sides = { browser: new LocalSource(assets), server: server() };
  for (const [side, source] of Object.entries(sides)) {
    const about = await source?.about().catch(() => undefined);
    source?.close();
    if (!about) continue;
    find(`${side}-version`).textContent = about.version;
    find(`${side}-sha`).textContent = about.sha256;
  }
  verdict();
}

function copies(button: HTMLElement, from: string): void {
  button.onclick = async () => {
    await navigator.clipboard.writeText(find(from).textContent ?? "");
    button.textContent = t.copied;
  };
}

async function start(): Promise<void> {
  const response = await fetch("/demo/config.json").catch(() => undefined);
  config = response?.ok ? ((await response.json()) as Config) : undefined;
  translate();
  onServer();
  find("to-server").onclick = onServer;
  find("to-browser").onclick = () => inBrowser();
  find<HTMLInputElement>("own").onchange = ({ target }) => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
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
  };
  copies(find("copy"), "snippet");
  copies(find("copy-local"), "snippet-local");
  startConsole({
    t: () => t,
    lang: () => lang,
    source: () => present().source as Source | undefined,
    asOf: () => present().shownAsOf || config?.as_of || todayIn("Asia/Tokyo"),
    other,
  });
  await identify();
}

void start();
