import { expect, test } from "vitest";
import { proveFailures, proveValues, resultOf } from "../../testing/formulas.ts";
import { parseDuration, printDuration } from "./durations.ts";

proveValues("[FX9]", [
  ["now()", "2026-05-12T10:00:00.000Z"],
  ["today()", "2026-05-12"],
  ["today('Pacific/Auckland')", "2026-05-12"],
  ["today('Pacific/Kiritimati')", "2026-05-13"],
  ["date('2026-05-12T22:30:00Z')", "2026-05-13"],
  ["date('2026-05-12T22:30:00Z', 'UTC')", "2026-05-12"],
  ["date('2026-05-12')", "2026-05-12"],
  ["time('2026-05-12T22:30:00Z')", "00:30"],
  ["time('2026-05-12T22:30:15Z', 'UTC')", "22:30:15"],
  ["time('09:05:00')", "09:05"],
  ["datetime('2026-05-12T12:00:00+02:00')", "2026-05-12T10:00:00.000Z"],
  ["datetime('2026-05-12')", "2026-05-11T22:00:00.000Z"],
  ["datetime('2026-05-12', '09:30')", "2026-05-12T07:30:00.000Z"],
  ["datetime('2026-05-12', '09:30', 'America/New_York')", "2026-05-12T13:30:00.000Z"],
  ["datetime('2026-03-29', '02:30')", "2026-03-29T01:30:00.000Z"],
  ["datetime('2026-10-25', '02:30')", "2026-10-25T00:30:00.000Z"],
  ["year(when)", 2026],
  ["month('2026-05-12')", 5],
  ["day('2026-05-12')", 12],
  ["day('2026-05-31T23:00:00Z')", 1],
  ["weekday('2026-05-12')", 2],
  ["weekday('2026-05-17')", 7],
  ["hour(when)", 12],
  ["hour(when, 'UTC')", 10],
  ["hour('08:45')", 8],
  ["minute('08:45')", 45],
  ["minute('2026-05-12T10:20:00Z', 'Asia/Kolkata')", 50],
  ["startOfDay(when)", "2026-05-11T22:00:00.000Z"],
  ["startOfDay(when, 'UTC')", "2026-05-12T00:00:00.000Z"],
  ["plus('2026-01-31', 'P1M')", "2026-02-28"],
  ["plus('2024-02-29', 'P1Y')", "2025-02-28"],
  ["plus('2026-05-12', 'P1W')", "2026-05-19"],
  ["plus('2026-12-31', 'P1D')", "2027-01-01"],
  ["minus('2026-03-31', 'P1M')", "2026-02-28"],
  ["minus('2026-01-15', 'P1Y2M')", "2024-11-15"],
  ["plus('2026-05-12', '-P1D')", "2026-05-11"],
  ["plus(when, 'PT90M')", "2026-05-12T11:30:00.000Z"],
  ["plus('2026-03-28T12:00:00+01:00', 'P1D')", "2026-03-29T10:00:00.000Z"],
  ["plus('2026-03-28T12:00:00+01:00', 'PT24H')", "2026-03-29T11:00:00.000Z"],
  ["plus('2026-03-28T12:00:00+01:00', 'P1D', 'UTC')", "2026-03-29T11:00:00.000Z"],
  ["minus(now(), 'P7D')", "2026-05-05T10:00:00.000Z"],
  ["plus('2026-05-12T10:00:00Z', 'PT0.5S')", "2026-05-12T10:00:00.500Z"],
  ["between('2026-05-12T10:00:00Z', '2026-05-12T12:30:05Z')", "PT2H30M5S"],
  ["between('2026-05-12T10:00:01Z', '2026-05-12T10:00:00Z')", "-PT1S"],
  ["between('2026-05-12', '2026-06-12')", "P31D"],
  ["between('2026-05-12', '2026-05-11')", "-P1D"],
  ["between(when, when)", "PT0S"],
  ["daysBetween('2026-05-12', '2026-05-15')", 3],
  ["daysBetween('2026-05-12T21:59:00Z', '2026-05-12T22:01:00Z')", 1],
  ["daysBetween('2026-05-12T21:59:00Z', '2026-05-12T22:01:00Z', 'UTC')", 0],
  ["daysBetween('2026-05-12', '2026-05-10')", -2],
  ["seconds('PT5M')", 300],
  ["seconds('P1DT1S')", 86401],
  ["seconds('-PT0.5S')", -0.5],
  ["seconds(between(when, plus(when, 'PT1H')))", 3600],
  ["age('2000-05-12')", 26],
  ["age('2000-05-13')", 25],
  ["age('2004-02-29')", 22],
  ["age('2026-12-01')", -1],
]);

proveFailures("[FX9]", [
  ["date('yesterday')", "value@0"],
  ["date('2026-02-30')", "value@0"],
  ["date(1)", "type@0"],
  ["date('2026-05-12T10:00:00')", "value@0"],
  ["date('2026-05-12T24:00:00Z')", "value@0"],
  ["date(when, 'Mars/Base')", "value@0"],
  ["today('nowhere')", "value@0"],
  ["today('')", "value@0"],
  ["plus(when, 'five minutes')", "value@0"],
  ["plus(when, 'P')", "value@0"],
  ["plus(when, 'PT')", "value@0"],
  ["plus('2026-05-12', 'PT1H')", "value@0"],
  ["plus('9999-12-01', 'P9999Y')", "value@0"],
  ["minus('0001-06-01', 'P1Y')", "value@0"],
  ["plus('2026-05-12', 'P999999Y')", "value@0"],
  ["plus(when, 'PT999999999H')", "value@0"],
  ["between(when, '2026-05-12')", "type@0"],
  ["seconds('P1M')", "value@0"],
  ["seconds('x')", "value@0"],
  ["hour('25:00')", "value@0"],
]);

test.each([
  ["P1Y2M3W4DT5H6M7.5S", { months: 14, days: 25, milliseconds: 18_367_500 }],
  ["-P1D", { months: 0, days: -1, milliseconds: 0 }],
  ["PT0S", { months: 0, days: 0, milliseconds: 0 }],
  ["P1", null],
  ["1D", null],
  ["P1DT", null],
  ["P-1D", null],
  ["P1.5D", null],
  ["pt5m", null],
  ["PT5M ", null],
])("[FX9] the duration %s reads as %j", (text, expected) => {
  expect(parseDuration(text)).toEqual(expected);
});

test("[FX9] exact durations print as what reads back", () => {
  for (const milliseconds of [0, 1, 999, 60_000, 3_600_000, 90_061_500, -5_000]) {
    expect(parseDuration(printDuration(milliseconds))?.milliseconds).toBe(milliseconds);
  }
});

test.each([
  ["format(1234.5)", "en-GB", "1,234.5"],
  ["format(1234.5)", "de-DE", "1.234,5"],
  ["format(1234.5, 'integer')", "en-GB", "1,235"],
  ["format(0.256, 'percent')", "en-GB", "25.6%"],
  ["format(price)", "en-GB", "€12.50"],
  ["format(price, 'money')", "en-US", "€12.50"],
  ["format(money('99999999999999999.99', 'EUR'))", "en-GB", "€99,999,999,999,999,999.99"],
  ["format('2026-05-12', 'date-long')", "en-GB", "12 May 2026"],
  ["format('2026-05-12', 'date-long')", "de-DE", "12. Mai 2026"],
  ["format('2026-05-12')", "en-GB", "12 May 2026"],
  ["format('2026-05-12', 'date-full')", "en-US", "Tuesday, May 12, 2026"],
  ["format('2026-05-12', 'weekday')", "de-DE", "Dienstag"],
  ["format('2026-05-12', 'month')", "en-GB", "May 2026"],
  ["format('2026-05-12T22:30:00Z', 'date-short')", "en-GB", "13/05/2026"],
  ["format('2026-05-12T22:30:00Z', 'time')", "en-GB", "00:30"],
  ["format('2026-05-12T22:30:00Z', 'time', 'UTC')", "en-GB", "22:30"],
  ["format('09:05', 'time')", "de-DE", "09:05"],
  ["format(words)", "en-GB", "b, a and b"],
  ["format(['a', 'b'], 'or')", "de-DE", "a oder b"],
  ["format('just words')", "en-GB", "just words"],
  ["format(1234)", "not a locale", "1,234"],
  ["format(missing)", "en-GB", null],
])("[FX11] %s in %s is %s", (source, locale, expected) => {
  expect(resultOf(source, undefined, { locale })).toBe(expected);
});

proveFailures("[FX11]", [
  ["format(1, 'roman')", "value@0"],
  ["format('abc', 'date')", "type@0"],
  ["format('2026-05-12', 'time')", "type@0"],
  ["format('09:05', 'date')", "type@0"],
  ["format(1, 'date')", "type@0"],
  ["format({})", "type@0"],
  ["format(true)", "type@0"],
  ["format(when, 'date', 'Mars/Base')", "value@0"],
  ["format([[1]])", "type@0"],
  ["asset('a.png')", "name@0"],
  ["runtime.visits('ask')", "name@8"],
]);

test("[FX11] label, asset and visits ask the host, and label says where its value was read", () => {
  const asked: unknown[] = [];
  const host = {
    label: (value: unknown, path: string | null) => {
      asked.push([value, path]);
      return value === "Ines" ? "Ms Ines" : null;
    },
    asset: (name: string) => (name === "gone" ? null : `/assets/${name}`),
    visits: (node: string) => (node === "ask" ? 2 : 0),
  };
  expect(resultOf("label(name)", undefined, { host })).toBe("Ms Ines");
  expect(resultOf("label(earlier.prechat.topic)", undefined, { host })).toBe("billing");
  expect(resultOf("label(['Ines', 'x'])", undefined, { host })).toEqual(["Ms Ines", "x"]);
  expect(resultOf("words.map(name, label(name))[0]", undefined, { host })).toBe("b");
  expect(asked.slice(0, 2)).toEqual([
    ["Ines", "name"],
    ["billing", "earlier.prechat.topic"],
  ]);
  expect(asked.slice(2).map((one) => (one as unknown[])[1])).toEqual([null, null, null, null, null]);
  expect(resultOf("asset('funds/' + name)", undefined, { host })).toBe("/assets/funds/Ines");
  expect(resultOf("asset('gone')", undefined, { host })).toBe(null);
  expect(resultOf("runtime.visits('ask') < 2", undefined, { host })).toBe(false);
  expect(resultOf("label(name)")).toBe("Ines");
});
