// Colours, type and spaces. Every `--okaeri-*` may be set by the page that embeds the widget.
import { css } from "lit";

export const tokens = css`
  :host {
    color-scheme: light dark;
    --okaeri-font: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Kaku Gothic ProN", "Hiragino Sans",
      "Yu Gothic UI", "Yu Gothic", Meiryo, system-ui, sans-serif;
    --okaeri-ground: light-dark(#f6f5f1, #14171a);
    --okaeri-surface: light-dark(#ffffff, #1c2126);
    --okaeri-raised: light-dark(#faf9f6, #242a30);
    --okaeri-ink: light-dark(#1d2327, #eceff1);
    --okaeri-ink-soft: light-dark(#566068, #a9b3bb);
    --okaeri-line: light-dark(#e3e0d8, #333b43);
    --okaeri-accent: light-dark(#14607a, #6cc0d8);
    --okaeri-on-accent: light-dark(#ffffff, #08222b);
    --okaeri-new: light-dark(#e39a5b, #e8a76c);
    --okaeri-repeat: light-dark(#1f7a94, #4aa9c4);
    --okaeri-guest: light-dark(#b9bfc3, #66717a);
    --okaeri-good: light-dark(#1f7a4d, #6fcf9a);
    --okaeri-bad: light-dark(#b3261e, #ff9d92);
    --okaeri-radius: 12px;
    --okaeri-size: 15px;

    --ink: var(--okaeri-ink);
    --soft: var(--okaeri-ink-soft);
    --line: var(--okaeri-line);
    --surface: var(--okaeri-surface);
    --raised: var(--okaeri-raised);
    --accent: var(--okaeri-accent);
    --heat-ink: var(--okaeri-on-accent);
    --tint: color-mix(in oklab, var(--accent) 9%, var(--surface));

    display: block;
    container: okaeri / inline-size;
    color: var(--ink);
    background: var(--okaeri-ground);
    font: 400 var(--okaeri-size) / 1.65 var(--okaeri-font);
    font-feature-settings: "palt" 0;
    border-radius: var(--okaeri-radius);
    overflow: clip;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  dl,
  dd,
  ul,
  ol,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.4rem;
    font-size: calc(var(--okaeri-size) * 1.45);
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: 0.01em;
  }
  h2 {
    text-wrap: balance;
  }
  p {
    text-wrap: pretty;
  }
  h2:focus {
    outline: none;
  }
  h3 {
    font-size: calc(var(--okaeri-size) * 1.06);
    font-weight: 700;
    line-height: 1.4;
  }
  small,
  .small {
    font-size: calc(var(--okaeri-size) * 0.85);
    color: var(--soft);
  }
  .soft {
    color: var(--soft);
  }
  .num,
  td,
  .value {
    font-variant-numeric: tabular-nums;
  }
  .num {
    text-align: end;
    white-space: nowrap;
  }
  .keep {
    white-space: nowrap;
  }
  /* Japanese parts between phrases where the browser knows how, and never within a figure. */
  :lang(ja) {
    word-break: auto-phrase;
    line-break: strict;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  a {
    color: var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    background: none;
    border: 0;
    padding: 0;
    text-align: inherit;
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-height: 2.5em;
    padding: 0.3em 1em;
    border: 1px solid var(--line);
    border-radius: min(8px, var(--okaeri-radius));
    background: var(--surface);
    font-weight: 600;
    font-size: calc(var(--okaeri-size) * 0.93);
    white-space: nowrap;
    transition: background 0.12s, border-color 0.12s;
  }
  .button:hover:not(:disabled) {
    border-color: var(--accent);
    background: var(--tint);
  }
  .button.main {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--okaeri-on-accent);
  }
  .button.main:hover:not(:disabled) {
    background: color-mix(in oklab, var(--accent) 86%, var(--ink));
  }
  .link {
    color: var(--accent);
    text-decoration: underline;
    text-decoration-color: color-mix(in oklab, var(--accent) 35%, transparent);
    text-underline-offset: 0.2em;
  }
  .link:hover {
    text-decoration-color: currentColor;
  }
  input,
  select,
  textarea {
    border: 1px solid var(--line);
    border-radius: min(8px, var(--okaeri-radius));
    background: var(--surface);
    min-height: 2.5em;
    padding: 0.3em 0.7em;
  }
  input[type="checkbox"] {
    min-height: 0;
    width: 1.15em;
    height: 1.15em;
    margin: 0;
    accent-color: var(--accent);
    vertical-align: -0.15em;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
    }
  }
`;
