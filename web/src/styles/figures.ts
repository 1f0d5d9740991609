// Tables, charts and the pieces of single views.
import { css } from "lit";

export const figureStyles = css`
  .scroll {
    position: relative;
    overflow-x: auto;
    margin-inline: -0.25rem;
    padding-inline: 0.25rem;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: calc(var(--okaeri-size) * 0.93);
  }
  caption {
    text-align: start;
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.87);
    padding-bottom: 0.4rem;
  }
  th,
  td {
    padding: 0.42em 0.7em;
    text-align: start;
    border-bottom: 1px solid var(--line);
    vertical-align: middle;
  }
  th {
    font-weight: 600;
  }
  thead th {
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.85);
    white-space: nowrap;
    vertical-align: bottom;
  }
  .num,
  th.num {
    text-align: end;
  }
  tbody tr:hover > :is(td, th) {
    background: color-mix(in oklab, var(--accent) 5%, transparent);
  }
  tbody th {
    font-weight: 500;
    min-width: 6em;
  }
  table:not(.heat) tbody th:not(.keep) {
    min-width: 9em;
    overflow-wrap: anywhere;
  }
  .sort {
    font-weight: 600;
    color: inherit;
  }
  .arrow::after {
    content: "↕";
    margin-inline-start: 0.3em;
    opacity: 0.45;
  }
  [aria-sort="ascending"] .arrow::after {
    content: "↑";
    opacity: 1;
  }
  [aria-sort="descending"] .arrow::after {
    content: "↓";
    opacity: 1;
  }
  [aria-sort]:not([aria-sort="none"]) .sort {
    color: var(--accent);
  }
  .open-month {
    color: var(--soft);
  }
  .meter {
    position: relative;
    height: 8px;
    border-radius: min(8px, var(--okaeri-radius));
    background: color-mix(in oklab, var(--ink) 9%, var(--surface));
  }
  .meter > i {
    position: absolute;
    inset: 0 auto 0 0;
    width: calc(min(var(--v), 1) * 100%);
    border-radius: min(8px, var(--okaeri-radius));
    background: var(--meter, var(--okaeri-repeat));
  }
  .meter > b {
    position: absolute;
    inset-block: -4px;
    left: calc(var(--mark) * 100%);
    width: 2px;
    background: var(--ink);
  }
  .mark-label {
    position: relative;
    font-size: calc(var(--okaeri-size) * 0.78);
    color: var(--soft);
    padding-inline-start: calc(var(--mark) * 100% - 1.6em);
    white-space: nowrap;
    line-height: 1.5;
    margin-top: 0.2rem;
  }
  .tiles {
    display: grid;
    gap: 1rem;
    grid-template-columns: repeat(5, minmax(0, 1fr));
  }
  .tile {
    display: grid;
    align-content: start;
    gap: 0.15rem;
    padding: 1rem 1.1rem 0.7rem;
  }
  .tile .name {
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.87);
    font-weight: 600;
    line-height: 1.4;
  }
  .tile .value {
    font-size: calc(var(--okaeri-size) * 1.9);
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  .tile .value small {
    font-size: 0.5em;
    font-weight: 600;
    letter-spacing: 0;
    margin-inline-start: 0.15em;
  }
  .tile .note {
    font-size: calc(var(--okaeri-size) * 0.85);
    color: var(--soft);
    line-height: 1.5;
  }
  .up {
    color: var(--okaeri-good);
    font-weight: 600;
  }
  .down {
    color: var(--okaeri-bad);
    font-weight: 600;
  }
  .tile .meter {
    margin-top: 0.45rem;
  }
  .why {
    margin-top: 0.4rem;
    font-size: calc(var(--okaeri-size) * 0.82);
  }
  .why summary {
    cursor: pointer;
    color: var(--accent);
    width: fit-content;
    padding-block: 0.15rem;
  }
  .why p {
    color: var(--soft);
    padding: 0.25rem 0 0.4rem;
    line-height: 1.6;
  }
  .hero {
    display: grid;
    gap: 0.2rem;
    background: light-dark(var(--accent), color-mix(in oklab, var(--accent) 22%, var(--surface)));
    color: light-dark(var(--okaeri-on-accent), var(--ink));
    border-radius: var(--okaeri-radius);
    padding: 1.2rem 1.4rem;
  }
  .hero h2 {
    font-size: calc(var(--okaeri-size) * 1.4);
  }
  .hero p {
    opacity: 0.95;
  }
  .actions {
    display: grid;
    gap: 0.6rem;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
  }
  .action {
    display: grid;
    gap: 0.15rem;
    align-content: start;
    padding: 0.8rem 0.95rem;
    border: 1px solid var(--line);
    border-radius: min(10px, var(--okaeri-radius));
    background: var(--raised);
  }
  .action:hover {
    border-color: var(--accent);
  }
  .action strong {
    display: flex;
    justify-content: space-between;
    gap: 0.5rem;
  }
  .action .go {
    color: var(--accent);
    font-weight: 600;
    font-size: calc(var(--okaeri-size) * 0.87);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1rem;
    font-size: calc(var(--okaeri-size) * 0.87);
    color: var(--soft);
  }
  .legend i {
    display: inline-block;
    width: 0.8em;
    height: 0.8em;
    border-radius: 2px;
    margin-inline-end: 0.4em;
    vertical-align: -0.05em;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 1rem;
    align-items: baseline;
    min-height: 1.7em;
    margin-bottom: 0.35rem;
    font-variant-numeric: tabular-nums;
  }
  .readout > strong {
    min-width: 5.5em;
  }
  svg.chart {
    display: block;
    width: 100%;
    overflow: visible;
  }
  svg.chart text {
    fill: var(--soft);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  svg.chart .grid-line {
    stroke: var(--line);
    stroke-width: 1;
    shape-rendering: crispEdges;
  }
  svg.chart .hit {
    fill: transparent;
    cursor: pointer;
  }
  svg.chart .hit:hover,
  svg.chart .hit.on {
    fill: color-mix(in oklab, var(--accent) 9%, transparent);
  }
  svg.chart .curve {
    fill: none;
    stroke: var(--okaeri-new);
    stroke-width: 2.5;
  }
  svg.chart .flow {
    fill: none;
    stroke: var(--okaeri-repeat);
    stroke-opacity: 0.28;
    cursor: pointer;
  }
  svg.chart .flow:hover,
  svg.chart .flow.on {
    stroke-opacity: 0.6;
  }
  svg.chart text.name {
    fill: var(--ink);
    font-size: 12.5px;
    paint-order: stroke;
    stroke: var(--surface);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
  .heat td.hot {
    padding: 2px;
    border: 0;
  }
  .heat :is(th, td) {
    border: 0;
  }
  .heat tbody tr:hover > :is(td, th) {
    background: none;
  }
  .hot > :is(button, span) {
    display: block;
    width: 100%;
    border-radius: 6px;
    padding: 0.3em 0.45em;
    text-align: end;
    background: color-mix(in oklab, var(--accent) var(--heat, 0%), var(--raised));
    color: var(--on, var(--ink));
    font-variant-numeric: tabular-nums;
  }
  .hot > button:hover {
    outline: 2px solid var(--accent);
    outline-offset: 0;
  }
  .hot > button[aria-pressed="true"] {
    outline: 3px solid var(--okaeri-new);
    outline-offset: 0;
  }
  .hot.pending > :is(button, span) {
    background: repeating-linear-gradient(
      -45deg,
      var(--raised) 0 5px,
      color-mix(in oklab, var(--ink) 7%, var(--surface)) 5px 10px
    );
    color: var(--soft);
  }
  .matrix .hot > button {
    display: grid;
    gap: 0;
    padding: 0.65em 0.8em;
    text-align: start;
    border-radius: min(10px, var(--okaeri-radius));
    min-height: 5.4rem;
    align-content: space-between;
  }
  .matrix {
    table-layout: fixed;
    height: 1px;
  }
  .matrix thead td {
    width: 7.5em;
  }
  .matrix.tight thead td {
    width: 6.2em;
  }
  .matrix tbody tr,
  .matrix .hot {
    height: 100%;
  }
  .matrix .hot > button {
    height: 100%;
    align-content: start;
  }
  .matrix .hot .who {
    font-size: calc(var(--okaeri-size) * 0.87);
    font-weight: 600;
    word-break: keep-all;
  }
  .matrix .hot .many {
    font-size: calc(var(--okaeri-size) * 1.35);
    font-weight: 700;
    line-height: 1.3;
  }
  .matrix .hot .part {
    font-size: calc(var(--okaeri-size) * 0.82);
  }
  .matrix.tight .hot > button {
    min-height: 3.9rem;
    padding: 0.45em 0.6em;
  }
  .matrix.tight .hot .many {
    font-size: calc(var(--okaeri-size) * 1.15);
  }
  .matrix th[scope="row"] {
    padding-inline-start: 0;
    line-height: 1.4;
  }
  .cohort {
    font-size: calc(var(--okaeri-size) * 0.82);
    width: auto;
    min-width: 100%;
  }
  .cohort th[scope="row"] {
    position: sticky;
    left: 0;
    background: var(--surface);
    white-space: nowrap;
    z-index: 1;
  }
  .cohort .hot {
    min-width: 3.7em;
  }
  .cohort thead th + th + th {
    padding-inline: 0.2em;
    text-align: center;
  }
  .cohort .hot > :is(button, span) {
    padding: 0.15em 0.35em;
    border-radius: 4px;
    text-align: center;
  }
  .cohort .hot small {
    display: block;
    color: inherit;
    white-space: nowrap;
  }
  .rfm {
    table-layout: fixed;
  }
  .rfm thead td {
    width: 3.2em;
  }
  .rfm .hot > button {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    gap: 0.5em;
    min-height: 3.8rem;
    padding: 0.5em 0.6em;
    border-radius: min(8px, var(--okaeri-radius));
  }
  .rfm .hot .many {
    text-align: start;
    font-weight: 600;
    align-self: start;
  }
  .bars {
    display: flex;
    align-items: flex-end;
    gap: 2px;
    height: 2.4rem;
  }
  .bars i {
    display: block;
    width: 5px;
    height: max(2px, calc(var(--v) * 100%));
    background: currentColor;
    opacity: 0.7;
    border-radius: 1px;
  }
  .bar {
    display: block;
    height: 0.7em;
    border-radius: 3px;
    background: var(--okaeri-repeat);
    width: calc(var(--v) * 100%);
    min-width: 1px;
  }
  td.wide {
    width: 30%;
    min-width: 7rem;
  }
  @container okaeri (max-width: 72rem) {
    .tiles {
      grid-template-columns: repeat(6, minmax(0, 1fr));
    }
    .tile {
      grid-column: span 2;
    }
    .tile:nth-child(n + 4) {
      grid-column: span 3;
    }
  }
  @container okaeri (max-width: 44rem) {
    .tile,
    .tile:nth-child(n + 4) {
      grid-column: span 3;
    }
    .tile:first-child {
      grid-column: 1 / -1;
    }
    .tile .value {
      font-size: calc(var(--okaeri-size) * 1.6);
    }
    .matrix .hot > button {
      padding: 0.45em 0.5em;
      min-height: 5rem;
    }
    .matrix .hot .part.more,
    .matrix th small {
      display: none;
    }
    .matrix thead td,
    .matrix.tight thead td {
      width: 4.4em;
    }
    .matrix .hot .who {
      font-size: calc(var(--okaeri-size) * 0.75);
      line-height: 1.35;
    }
    .matrix th {
      padding-inline: 0.3em;
      white-space: normal;
      font-size: calc(var(--okaeri-size) * 0.78);
    }
    .rfm .hot > button {
      grid-template-columns: 1fr;
      padding: 0.3em;
      min-height: 3rem;
    }
    .rfm .bars {
      display: none;
    }
    .rfm th {
      padding-inline: 0.2em;
    }
    .timeline > li {
      grid-template-columns: 1fr auto;
    }
    .timeline .goods {
      grid-column: 1 / -1;
      order: 3;
    }
  }
  @media (forced-colors: active) {
    .hot > :is(button, span) {
      border: 1px solid ButtonText;
    }
    .meter > i,
    .bar,
    .legend i {
      forced-color-adjust: none;
    }
  }
`;
