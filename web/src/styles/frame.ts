// The frame around the views: top bar, menu, heads, cards, dialogs.
import { css } from "lit";

export const frameStyles = css`
  .top {
    display: flex;
    align-items: center;
    gap: 0.5rem 1rem;
    flex-wrap: wrap;
    padding: 0.7rem 1.25rem;
    background: var(--surface);
    border-bottom: 1px solid var(--line);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.55rem;
    font-weight: 700;
    font-size: calc(var(--okaeri-size) * 1.13);
    letter-spacing: 0.04em;
  }
  .brand svg {
    display: block;
    color: var(--accent);
  }
  .brand .shop {
    font-weight: 500;
    letter-spacing: 0;
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.93);
  }
  .brand .shop::before {
    content: "／";
    margin-inline-end: 0.3em;
    color: var(--line);
  }
  .top .spring {
    flex: 1;
  }
  .top label {
    display: flex;
    align-items: center;
    gap: 0.5em;
    font-size: calc(var(--okaeri-size) * 0.87);
    color: var(--soft);
  }
  okaeri-day {
    display: flex;
    gap: 0.3rem;
  }
  .top .typed {
    min-height: 2.2em;
    width: 7.6em;
    padding-block: 0.1em;
    color: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  .typed:invalid {
    border-color: var(--okaeri-bad);
  }
  .picker {
    position: relative;
  }
  .picker .button {
    min-height: 2.2em;
    padding: 0 0.6em;
    color: var(--soft);
  }
  /* There for its calendar alone, which opens where it stands. */
  .picker input {
    position: absolute;
    inset: 0;
    width: 100%;
    min-height: 0;
    opacity: 0;
    pointer-events: none;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    padding: 0.15em 0.75em;
    border-radius: 99px;
    background: var(--tint);
    color: var(--accent);
    font-size: calc(var(--okaeri-size) * 0.82);
    font-weight: 600;
    white-space: nowrap;
  }
  .badge.plain {
    background: var(--raised);
    color: var(--soft);
  }
  .badge.good {
    background: color-mix(in oklab, var(--okaeri-good) 12%, var(--surface));
    color: var(--okaeri-good);
  }
  .badge::before {
    content: "";
    width: 0.5em;
    height: 0.5em;
    border-radius: 50%;
    background: currentColor;
  }
  .badge.bare::before {
    content: none;
  }
  .body {
    display: grid;
    grid-template-columns: 12.5rem minmax(0, 1fr);
    align-items: start;
    min-height: 34rem;
  }
  okaeri-menu {
    display: block;
    position: sticky;
    top: 0;
    max-height: 100vh;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  nav.menu {
    padding: 1rem 0.75rem 1.5rem;
    display: grid;
    gap: 0.7rem;
  }
  .menu .group {
    display: flex;
    justify-content: space-between;
    align-items: center;
    width: 100%;
    font-size: calc(var(--okaeri-size) * 0.8);
    font-weight: 600;
    color: var(--soft);
    padding: 0.1rem 0.75rem;
    letter-spacing: 0.06em;
    border-radius: min(8px, var(--okaeri-radius));
  }
  .menu .group:hover {
    color: var(--accent);
  }
  .chevron {
    width: 0.45em;
    height: 0.45em;
    margin-inline: 0.5em 0.2em;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
    opacity: 0.7;
  }
  [aria-expanded="true"] > .chevron {
    transform: rotate(45deg) translate(-0.1em, -0.1em);
  }
  .menu li button {
    display: block;
    width: 100%;
    padding: 0.38em 0.75rem;
    border-radius: min(8px, var(--okaeri-radius));
    font-size: calc(var(--okaeri-size) * 0.95);
  }
  .menu li button:hover {
    background: color-mix(in oklab, var(--accent) 8%, transparent);
  }
  .menu li button[aria-current="page"] {
    background: var(--accent);
    color: var(--okaeri-on-accent);
    font-weight: 600;
  }
  .stage {
    min-width: 0;
    padding: 1.25rem 1.5rem 2.5rem 0.75rem;
    display: block;
  }
  .stage > * {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .head {
    display: grid;
    gap: 0.25rem;
  }
  .head-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .says {
    font-size: calc(var(--okaeri-size) * 1.07);
    font-weight: 600;
    max-width: 48em;
  }
  .todo {
    color: var(--soft);
    max-width: 52em;
    font-size: calc(var(--okaeri-size) * 0.93);
  }
  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--okaeri-radius);
    padding: 1.1rem 1.25rem;
    min-width: 0;
  }
  .card > h3 {
    margin-bottom: 0.6rem;
  }
  .card > * + h3 {
    margin-top: 1.1rem;
  }
  .card-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    margin-bottom: 0.7rem;
  }
  .cards {
    display: grid;
    gap: 1rem;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
  }
  .choice {
    display: inline-flex;
    border: 1px solid var(--line);
    border-radius: min(8px, var(--okaeri-radius));
    overflow: hidden;
    background: var(--surface);
  }
  .choice button {
    padding: 0.3em 0.9em;
    font-size: calc(var(--okaeri-size) * 0.9);
    border-inline-start: 1px solid var(--line);
  }
  .choice button:first-child {
    border-inline-start: 0;
  }
  .choice button[aria-pressed="true"] {
    background: var(--accent);
    color: var(--okaeri-on-accent);
    font-weight: 600;
  }
  .choice button:focus-visible {
    outline-offset: -3px;
  }
  .notice {
    display: grid;
    justify-items: center;
    gap: 0.6rem;
    padding: 3.5rem 1.5rem;
    text-align: center;
  }
  .notice.slim {
    padding-block: 1rem 0.5rem;
  }
  .card > .notice {
    padding-block: 1rem;
  }
  .notice.bad .says {
    color: var(--okaeri-bad);
  }
  .notice .small {
    overflow-wrap: anywhere;
  }
  .back {
    justify-self: start;
    width: fit-content;
    margin-bottom: 0.5rem;
  }
  [aria-busy="true"] > .scroll {
    opacity: 0.55;
  }
  .notice p {
    max-width: 40em;
  }
  .busy {
    position: relative;
    height: 3px;
    overflow: hidden;
    background: transparent;
  }
  .busy[data-on]::after {
    content: "";
    position: absolute;
    inset: 0;
    width: 30%;
    background: var(--accent);
    animation: run 1.1s ease-in-out infinite;
  }
  @keyframes run {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(430%);
    }
  }
  dialog {
    width: min(66rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--okaeri-radius);
    background: var(--okaeri-ground);
    color: var(--ink);
    box-shadow: 0 24px 70px rgb(0 0 0 / 0.28);
  }
  dialog::backdrop {
    background: rgb(10 16 20 / 0.45);
  }
  .dialog-head,
  .dialog-foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    padding: 0.85rem 1.25rem;
    background: var(--surface);
  }
  .dialog-head {
    border-bottom: 1px solid var(--line);
  }
  .dialog-foot {
    border-top: 1px solid var(--line);
    position: sticky;
    bottom: 0;
  }
  .dialog-body {
    display: grid;
    gap: 1rem;
    padding: 1.1rem 1.25rem;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    align-items: start;
  }
  .dialog-body > .wide {
    grid-column: 1 / -1;
  }
  .field {
    display: grid;
    gap: 0.3rem;
    font-size: calc(var(--okaeri-size) * 0.93);
  }
  .field > span:first-child {
    font-weight: 600;
  }
  .stack {
    display: grid;
    gap: 0.9rem;
    min-width: 0;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  @container okaeri (max-width: 56rem) {
    .body {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    okaeri-menu {
      position: static;
      max-height: none;
    }
    nav.menu {
      gap: 0.3rem;
      padding: 0.5rem 1rem;
      border-bottom: 1px solid var(--line);
      background: var(--surface);
    }
    .menu .fold {
      justify-content: space-between;
      width: 100%;
    }
    .menu .group {
      min-height: 2.4em;
      font-size: calc(var(--okaeri-size) * 0.9);
    }
    .menu li button {
      padding-inline-start: 1.5rem;
      min-height: 2.5em;
    }
    .stage {
      padding: 1rem 1rem 2rem;
    }
  }
  @container okaeri (max-width: 40rem) {
    .top {
      padding: 0.6rem 1rem;
    }
    .card {
      padding: 0.9rem 1rem;
    }
    .top .badge {
      order: 5;
    }
  }
  @media (max-width: 44rem) {
    .steps {
      order: 3;
      width: 100%;
    }
    .dialog-body {
      grid-template-columns: minmax(0, 1fr);
    }
    dialog {
      width: 100vw;
      max-width: 100vw;
      max-height: 100dvh;
      border-radius: 0;
    }
  }
  @media (forced-colors: active) {
    .menu li button[aria-current="page"],
    .choice button[aria-pressed="true"] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
