import { describe, expect, test } from "vitest";
import { csvCell, csvFile } from "../src/csv.ts";
import { formats } from "../src/format.ts";

describe("formats", () => {
  test("write yen without decimals and dollars with cents", () => {
    expect(formats("ja", "JPY").money(1234567)).toBe("¥1,234,567");
    expect(formats("en", "USD").money(1234567)).toBe("$12,345.67");
  });

  test("shorten money in the reader's own way", () => {
    expect(formats("ja", "JPY").moneyShort(31_149_960)).toBe("¥3,110万");
    expect(formats("en", "JPY").moneyShort(31_149_960)).toBe("¥31.1m");
  });

  test("write shares, changes and months", () => {
    const f = formats("ja", "JPY");
    expect(f.share(0.2836)).toBe("28.4%");
    expect(f.delta(12)).toBe("+12");
    expect(f.delta(0)).toBe("0");
    expect(f.points(-0.004)).toBe("-0.4");
    expect(f.month(24252)).toBe("2021年1月");
    expect(f.monthShort(24263)).toBe("21/12");
    expect(f.day("2025-01-31T10:00:00")).toBe("2025年1月31日");
  });
});

describe("csv", () => {
  test.each([
    ["=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"],
    ["＝1+1", "'＝1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-2+3+cmd", "'-2+3+cmd"],
    [' "=1+1', `"' ""=1+1"`],
    ["\t=1", "'\t=1"],
    ["-1200", "-1200"],
    ["+81-90-1234-5678", "+81-90-1234-5678"],
    ["佐藤 花子", "佐藤 花子"],
    ['a,"b"', '"a,""b"""'],
    ["two\nlines", '"two\nlines"'],
  ])("writes %j as %j", (value, written) => {
    expect(csvCell(value)).toBe(written);
  });

  test("begins with a byte order mark and ends each row with CRLF", async () => {
    const bytes = new Uint8Array(await csvFile(["名前"], [["花子"], [null]]).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe("名前\r\n花子\r\n\r\n");
  });
});
