// Writes CSV that a spreadsheet opens without running anything in it.

// A spreadsheet takes a cell that begins so, even after spaces or a quote, for a formula.
const FORMULA = /^[\s"'\u00a0\u3000]*[=+\-@\t\r\n＝＋－＠]/;
// A phone number or a plain number may keep its sign: no formula is made of digits alone.
const NUMBER = /^[+-]?[\d\s().-]*\d$/;

/** One cell: quoted where needed, and never a formula. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (FORMULA.test(text) && !NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file with a heading. It begins with a byte order mark, by which Excel knows UTF-8. */
export function csvFile(
  heading: readonly string[],
  rows: Iterable<readonly (string | number | boolean | null | undefined)[]>,
): Blob {
  const parts = ["\ufeff", heading.map(csvCell).join(","), "\r\n"];
  for (const row of rows) parts.push(row.map(csvCell).join(","), "\r\n");
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** Hands a file to the person. */
export function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
