// What became of a text: words that stay, go and come.

export interface Piece {
  text: string;
  is: "same" | "gone" | "new";
}

const words = (text: string): string[] =>
  text.match(/'(?:[^']|'')*'|[<>!]=|\w+|\s+|[^\w\s]/g) ?? [];

// Longer texts are shown whole, one after the other.
const WORDS_MAX = 600;

/** The pieces of both texts, in order. */
export function pieces(before: string, after: string): Piece[] {
  const [a, b] = [words(before), words(after)];
  if (a.length > WORDS_MAX || b.length > WORDS_MAX) {
    return joined([
      { text: before, is: "gone" },
      { text: after, is: "new" },
    ]);
  }
  // The longest that both have in common, from each place to the end.
  const long = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => long[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = long[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      found.push({ text: a[i] ?? "", is: "same" });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      found.push({ text: a[i] ?? "", is: "gone" });
      i += 1;
    } else {
      found.push({ text: b[j] ?? "", is: "new" });
      j += 1;
    }
  }
  return joined(found);
}

/** Neighbours of one kind are one piece; a space between two that changed changes with them. */
function joined(list: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of list) {
    const last = found.at(-1);
    if (last?.is === piece.is) last.text += piece.text;
    else if (piece.text) found.push({ ...piece });
  }
  return found;
}
