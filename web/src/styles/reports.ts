// Pages of reports: their controls, the marks of their charts, their tables.
import { css } from "lit";

export const reportStyles = css`
  :host {
    --s-green: light-dark(#5f8f3a, #9cc46f);
    --s-violet: light-dark(#8159a6, #bd9be0);
    --s-rose: light-dark(#b64a64, #ef92a5);
    --s-blue: light-dark(#4a68b0, #90abeb);
    --s-olive: light-dark(#8a7a2e, #cbb968);
  }
  .c-repeat { --c: var(--okaeri-repeat); }
  .c-new { --c: var(--okaeri-new); }
  .c-guest { --c: var(--okaeri-guest); }
  .c-good { --c: var(--okaeri-good); }
  .c-bad { --c: var(--okaeri-bad); }
  .c-accent { --c: var(--accent); }
  .c-green { --c: var(--s-green); }
  .c-violet { --c: var(--s-violet); }
  .c-rose { --c: var(--s-rose); }
  .c-blue { --c: var(--s-blue); }
  .c-olive { --c: var(--s-olive); }
  i[class^="c-"] {
    background: var(--c);
  }
  .scroll > svg.chart {
    background: var(--surface);
  }
  svg.chart .mark {
    fill: var(--c);
  }
  svg.chart .mark.pending {
    fill-opacity: 0.45;
  }
  svg.chart :is(.mark, .dot, .bubble).opens {
    cursor: pointer;
  }
  svg.chart .mark.opens:hover {
    fill: color-mix(in oklab, var(--c) 78%, var(--ink));
  }
  svg.chart .idle {
    cursor: default;
  }
  svg.chart .line {
    fill: none;
    stroke: var(--c);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  svg.chart .line.dashed {
    stroke-dasharray: 6 5;
  }
  svg.chart .band {
    fill: var(--c);
    fill-opacity: 0.16;
  }
  svg.chart .dot {
    fill: var(--c);
    stroke: var(--surface);
    stroke-width: 1.5;
  }
  svg.chart .whisker {
    fill: none;
    stroke: var(--ink);
    stroke-width: 1.5;
    opacity: 0.7;
  }
  svg.chart .reference {
    stroke: var(--ink);
    stroke-width: 1;
    stroke-dasharray: 4 4;
    opacity: 0.6;
  }
  svg.chart .bubble circle {
    fill: color-mix(in oklab, var(--accent) max(var(--heat, 0%), 12%), var(--raised));
    stroke: var(--accent);
    stroke-width: 1;
  }
  svg.chart .bubble.opens:hover circle {
    stroke-width: 2.5;
  }
  svg.chart .bubble text.inside {
    fill: var(--on, var(--ink));
  }
  svg.chart .flow[class*="c-"] {
    stroke: var(--c);
  }
  svg.chart .flow.idle {
    cursor: default;
  }
  .report-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    transition: opacity 0.15s;
  }
  .report-body[aria-busy="true"] {
    opacity: 0.55;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.6rem 1.1rem;
  }
  .control {
    display: grid;
    gap: 0.15rem;
    justify-items: start;
    font-size: calc(var(--okaeri-size) * 0.9);
  }
  .control > span:first-child {
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.82);
  }
  .control :is(input, select) {
    min-height: 2.2em;
    padding-block: 0.1em;
  }
  .control .choice button {
    padding-block: 0.2em;
  }
  .control input[type="number"] {
    width: 6em;
  }
  .controls .link {
    min-height: 2.2em;
    font-size: calc(var(--okaeri-size) * 0.9);
  }
  .controls okaeri-day {
    align-items: end;
  }
  .controls okaeri-day label {
    display: grid;
    gap: 0.15rem;
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.82);
  }
  .controls .typed {
    width: 8em;
    min-height: 2.45em;
    padding-block: 0.1em;
    color: var(--ink);
  }
  .button.save {
    min-height: 2.1em;
    font-size: calc(var(--okaeri-size) * 0.85);
  }
  /* A table that is a picture is saved as a table. */
  .card.picture:not(:has(svg.chart)) .save {
    display: none;
  }
  .card.picture > .card-head {
    margin-bottom: 0.4rem;
  }
  .scroll.tall {
    max-height: 34rem;
    overflow: auto;
  }
  table.report thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--surface);
    box-shadow: inset 0 -1px var(--line);
  }
  table.report :is(tbody th, thead th:first-child) {
    position: sticky;
    left: 0;
    z-index: 1;
    background: var(--surface);
  }
  table.report tbody tr:hover > th {
    background: color-mix(in oklab, var(--accent) 5%, var(--surface));
  }
  table.report thead th:first-child {
    z-index: 2;
  }
  table.report td {
    line-height: 1.45;
  }
  table.report td.long {
    min-width: 17em;
  }
  .overlap .set {
    text-align: center;
  }
  .overlap thead th {
    white-space: normal;
    text-align: center;
  }
  .set i {
    display: inline-block;
    width: 0.85em;
    height: 0.85em;
    border-radius: 50%;
    background: color-mix(in oklab, var(--ink) 12%, var(--surface));
  }
  .set i.in {
    background: var(--accent);
  }
  .settings {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .threshold {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.1rem;
    align-items: end;
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
  .threshold legend {
    padding: 0;
    font-weight: 600;
    font-size: calc(var(--okaeri-size) * 0.93);
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr));
    gap: 1.1rem 1.6rem;
    align-items: start;
  }
  .fields > .wide {
    grid-column: 1 / -1;
  }
  .lines {
    display: grid;
    justify-items: start;
    gap: 0.6rem;
    width: 100%;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 0.9rem;
    align-items: end;
    width: 100%;
    padding-block-end: 0.6rem;
    border-block-end: 1px solid var(--line);
  }
  .line input:not([type="number"]) {
    width: 10em;
  }
  .settings summary {
    cursor: pointer;
    color: var(--accent);
    font-weight: 600;
  }
  .settings details[open] > summary {
    margin-block-end: 0.8rem;
  }
  .threshold input[aria-invalid="true"] {
    border-color: var(--okaeri-bad);
  }
`;
