// Lists, forms and letters: customers, a customer, import, mail.
import { css } from "lit";

export const listStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    align-items: center;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    padding: 0.15em 0.5em 0.15em 0.8em;
    border-radius: 99px;
    background: var(--tint);
    color: var(--accent);
    font-size: calc(var(--okaeri-size) * 0.9);
    font-weight: 600;
  }
  .chip button {
    width: 1.5em;
    height: 1.5em;
    border-radius: 50%;
    text-align: center;
    line-height: 1.4;
  }
  .chip button:hover {
    background: color-mix(in oklab, var(--accent) 18%, transparent);
  }
  .filters {
    gap: 0.5rem 1.5rem;
  }
  .bound {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
  }
  .bound input {
    width: 7.5em;
  }
  .person {
    display: grid;
    justify-items: start;
    min-width: 9em;
    max-width: 19em;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .person small {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pager {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 0.6rem;
    padding-top: 0.8rem;
  }
  .timeline {
    display: grid;
    gap: 0;
  }
  .timeline > li {
    display: grid;
    grid-template-columns: 8.5rem minmax(0, 1fr) auto;
    gap: 0.25rem 1rem;
    padding: 0.7rem 0;
    border-bottom: 1px solid var(--line);
  }
  .timeline > li.out {
    color: var(--soft);
  }
  .timeline .goods {
    display: grid;
    gap: 0.1rem;
  }
  .pairs-list {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 0.15rem 1rem;
  }
  .pairs-list dt {
    color: var(--soft);
    font-size: calc(var(--okaeri-size) * 0.87);
  }
  .pairs-list dd {
    overflow-wrap: anywhere;
  }
  .drop {
    display: grid;
    justify-items: center;
    gap: 0.6rem;
    padding: 2.5rem 1rem;
    border: 2px dashed color-mix(in oklab, var(--accent) 45%, var(--line));
    border-radius: var(--okaeri-radius);
    background: var(--surface);
    text-align: center;
  }
  .drop.over {
    background: var(--tint);
    border-color: var(--accent);
  }
  progress {
    width: min(24rem, 100%);
    height: 8px;
    accent-color: var(--accent);
  }
  .letter {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: min(8px, var(--okaeri-radius));
    overflow: hidden;
  }
  .letter header {
    padding: 0.6rem 0.9rem;
    border-bottom: 1px solid var(--line);
    background: var(--raised);
    overflow-wrap: anywhere;
  }
  .letter pre {
    margin: 0;
    padding: 0.9rem;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    font: inherit;
    max-height: 22rem;
    overflow-y: auto;
  }
  .letter iframe {
    display: block;
    width: 100%;
    height: 20rem;
    border: 0;
    background: #fff;
  }
  textarea {
    width: 100%;
    min-height: 14rem;
    line-height: 1.6;
    resize: vertical;
  }
  .steps {
    display: flex;
    gap: 0.4rem 1.2rem;
    flex-wrap: wrap;
    counter-reset: step;
    font-size: calc(var(--okaeri-size) * 0.87);
    color: var(--soft);
  }
  .steps li {
    counter-increment: step;
  }
  .steps li::before {
    content: counter(step) ". ";
  }
  .steps [aria-current] {
    color: var(--accent);
    font-weight: 700;
  }
`;
