// Styles of the page of segments. They come with it: the widget begins without them.
import { css } from "lit";

export const segmentStyles = css`
  .seg-make {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    gap: 1rem 1.5rem;
    align-items: start;
  }
  @container okaeri (max-width: 64rem) {
    .seg-make {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  okaeri-segment-builder,
  okaeri-segment-editor {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.7rem;
  }
  .rows {
    display: grid;
    gap: 0.5rem;
  }
  .join {
    font-size: calc(var(--okaeri-size) * 0.9);
  }
  .term {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    gap: 0.45rem;
    padding: 0.5rem 0.6rem;
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--accent);
    border-radius: min(8px, var(--okaeri-radius));
    background: var(--surface);
  }
  .term.is-not,
  .seg-group.is-not {
    border-inline-start-color: var(--okaeri-bad);
  }
  .term :is(input, select, .button, .typed) {
    min-height: 2.2em;
    padding-block: 0.1em;
    font-size: calc(var(--okaeri-size) * 0.93);
  }
  .term-fields {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.45rem;
  }
  .term-tools {
    display: flex;
    gap: 0.35rem;
  }
  .term select {
    field-sizing: content;
    max-width: 100%;
  }
  @container okaeri (max-width: 40rem) {
    .term {
      grid-template-columns: minmax(0, 1fr);
    }
    .term-tools {
      justify-content: end;
    }
  }
  .term .attribute {
    max-width: 18em;
    font-weight: 600;
  }
  .term input[type="number"] {
    width: 6.5em;
  }
  .term input.text {
    width: 11em;
    max-width: 100%;
  }
  .term input[aria-invalid="true"] {
    border-color: var(--okaeri-bad);
  }
  .term .given {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em;
    font-size: calc(var(--okaeri-size) * 0.9);
    color: var(--soft);
  }
  .term .given :is(input, select) {
    color: var(--ink);
  }
  .term .given input[type="number"] {
    width: 4.5em;
  }
  .term .bound {
    flex-wrap: wrap;
  }
  .in-field label {
    font-size: 0;
  }
  .in-field label input {
    width: 7.6em;
  }
  .not,
  .remove,
  .more {
    padding-inline: 0.6em;
    color: var(--soft);
  }
  .not[aria-pressed="true"] {
    background: color-mix(in oklab, var(--okaeri-bad) 12%, var(--surface));
    border-color: var(--okaeri-bad);
    color: var(--okaeri-bad);
  }
  .missing {
    color: var(--okaeri-bad);
  }
  .seg-group {
    display: grid;
    gap: 0.5rem;
    justify-items: stretch;
    min-width: 0;
    margin: 0;
    padding: 0.6rem;
    border: 1px dashed color-mix(in oklab, var(--accent) 45%, var(--line));
    border-inline-start: 3px solid var(--accent);
    border-radius: min(8px, var(--okaeri-radius));
    background: var(--raised);
  }
  .seg-group > .link {
    justify-self: start;
  }
  .picks {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.3rem;
  }
  .picks button {
    padding: 0.15em 0.7em;
    border: 1px solid var(--line);
    border-radius: 99px;
    font-size: calc(var(--okaeri-size) * 0.87);
  }
  .picks button[aria-pressed="true"] {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--okaeri-on-accent);
  }
  .seg-text {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    background: var(--surface);
    border-radius: min(8px, var(--okaeri-radius));
  }
  .seg-text > textarea,
  .seg-text > .mirror {
    grid-area: 1 / 1;
    min-height: 8.5em;
    margin: 0;
    padding: 0.6rem 0.75rem;
    border: 1px solid var(--line);
    font: calc(var(--okaeri-size) * 0.93) / 1.7 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
    letter-spacing: normal;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    word-break: normal;
    line-break: auto;
    tab-size: 2;
  }
  /* It grows with its text, which the mirror has as well. */
  .seg-text > textarea {
    overflow: hidden;
    resize: none;
    background: transparent;
  }
  .seg-text > .mirror {
    border-color: transparent;
    color: transparent;
    pointer-events: none;
    user-select: none;
  }
  .mirror mark {
    background: color-mix(in oklab, var(--okaeri-bad) 14%, transparent);
    color: transparent;
    text-decoration: underline wavy var(--okaeri-bad) 1.5px;
    text-underline-offset: 0.25em;
    text-decoration-skip-ink: none;
  }
  .seg-words {
    position: absolute;
    z-index: 5;
    top: calc(100% + 4px);
    inset-inline: 0;
    max-height: 19em;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: min(8px, var(--okaeri-radius));
    background: var(--surface);
    box-shadow: 0 12px 32px rgb(0 0 0 / 0.18);
  }
  .seg-words li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.8em;
    padding: 0.3em 0.75rem;
    cursor: pointer;
    font-size: calc(var(--okaeri-size) * 0.9);
  }
  .seg-words li:is(:hover, [aria-selected="true"]) {
    background: var(--tint);
  }
  .seg-words li[aria-selected="true"] {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .seg-words span {
    color: var(--soft);
  }
  .seg-words small {
    margin-inline-start: auto;
  }
  .seg-errors {
    display: grid;
    gap: 0.5rem;
  }
  .seg-errors li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.6rem;
  }
  .seg-errors strong {
    color: var(--okaeri-bad);
    font-weight: 600;
  }
  .seg-errors .button {
    min-height: 2em;
  }
  :is(.seg-versions, .seg-words, .seg-starts) code {
    font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
    font-size: calc(var(--okaeri-size) * 0.87);
    overflow-wrap: anywhere;
  }
  .stale-note {
    color: var(--okaeri-bad);
  }
  .seg-sentence {
    font-weight: 600;
    font-size: calc(var(--okaeri-size) * 1.05);
    max-width: 60em;
    overflow-wrap: anywhere;
  }
  .seg-figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
    gap: 0.6rem 1.2rem;
    margin-block: 0.9rem;
  }
  .seg-figures dt {
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.85);
  }
  .seg-figures dd {
    font-size: calc(var(--okaeri-size) * 1.35);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
  }
  .seg-figures small {
    display: block;
    font-weight: 400;
  }
  .seg-sentence::first-letter,
  .seg-alone th::first-letter {
    text-transform: uppercase;
  }
  .seg-alone tbody th {
    max-width: 32em;
    white-space: normal;
  }
  .seg-starts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
    gap: 0.6rem;
  }
  summary h3 {
    display: inline;
  }
  summary {
    cursor: pointer;
  }
  details[open] > summary {
    margin-bottom: 0.7rem;
  }
  .seg-starts button {
    display: grid;
    gap: 0.15rem;
    align-content: start;
    width: 100%;
    height: 100%;
    padding: 0.6rem 0.8rem;
    border: 1px solid var(--line);
    border-radius: min(8px, var(--okaeri-radius));
  }
  .seg-starts button:hover {
    border-color: var(--accent);
    background: var(--tint);
  }
  .seg-starts small {
    font-weight: 400;
  }
  okaeri-segment-saved .card > h3 {
    margin-bottom: 0;
  }
  .seg-save input.text {
    width: 18em;
    max-width: 100%;
  }
  .seg-name {
    display: grid;
    justify-items: start;
    max-width: 30em;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .row.tight {
    flex-wrap: nowrap;
  }
  .row.tight .button {
    min-height: 2em;
  }
  .seg-saved tr[aria-current] > * {
    background: color-mix(in oklab, var(--accent) 5%, var(--surface));
  }
  .seg-past-body {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: 1rem 1.5rem;
    padding-block: 0.5rem;
    white-space: normal;
  }
  .seg-past h4 {
    font-size: calc(var(--okaeri-size) * 0.9);
    margin-bottom: 0.3rem;
  }
  .seg-versions {
    display: grid;
    gap: 0.7rem;
  }
  .seg-versions .button {
    min-height: 2em;
  }
  ins {
    background: color-mix(in oklab, var(--okaeri-good) 18%, transparent);
    text-decoration: none;
    border-bottom: 2px solid var(--okaeri-good);
  }
  del {
    background: color-mix(in oklab, var(--okaeri-bad) 12%, transparent);
  }
  .seg-choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.1rem;
    margin-block: 0.6rem;
  }
  .seg-choices label {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }
  input.text.wide {
    flex: 1 1 16rem;
    min-width: 0;
    max-width: 40rem;
  }
  .seg-overlap {
    margin-top: 0.8rem;
  }
`;

/** Gives the styles to the widget that a page is drawn in, once. */
export function adopt(element: Element): void {
  const root = element.getRootNode();
  const sheet = segmentStyles.styleSheet;
  if (!(root instanceof ShadowRoot) || !sheet || root.adoptedStyleSheets.includes(sheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
