import type { HoursSettings } from "@clew/contract/hours";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isCalendarDate } from "./calendar-date.ts";
import { isOpen, nextOpening, workingTimeBetween } from "./opening-hours.ts";
import { offsetAt } from "./zone.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NONE: HoursSettings["week"] = [[], [], [], [], [], [], []];
const span = (from: string, to: string) => {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { from: minutes(from), to: minutes(to) };
};
const daily = (...spans: { from: number; to: number }[]): HoursSettings["week"] => NONE.map(() => spans);
const hours = (
  timeZone: string,
  week: HoursSettings["week"],
  exceptions: HoursSettings["exceptions"] = [],
): HoursSettings => ({
  name: "hours",
  timeZone,
  week,
  exceptions,
});
const at = (text: string) => Date.parse(text);
const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());

test("[HO1] open is what the clock on the wall says, the end not included", () => {
  const week = [...NONE];
  week[0] = [span("09:00", "17:30")];
  const office = hours("America/New_York", week);
  // Monday, 12 January 2026; New York is five hours behind.
  expect(isOpen(office, at("2026-01-12T14:00:00Z"))).toBe(true);
  expect(isOpen(office, at("2026-01-12T13:59:59.999Z"))).toBe(false);
  expect(isOpen(office, at("2026-01-12T22:29:59.999Z"))).toBe(true);
  expect(isOpen(office, at("2026-01-12T22:30:00Z"))).toBe(false);
  expect(isOpen(office, at("2026-01-13T15:00:00Z"))).toBe(false);
  expect(iso(nextOpening(office, at("2026-01-13T15:00:00Z")))).toBe("2026-01-19T14:00:00.000Z");
});

test("[HO2] hours over midnight are two days that join", () => {
  const bar = hours("Asia/Kolkata", daily(span("00:00", "02:00"), span("18:00", "24:00")));
  expect(isOpen(bar, at("2026-03-04T18:30:00Z"))).toBe(true);
  expect(workingTimeBetween(bar, at("2026-03-04T12:00:00Z"), at("2026-03-04T21:00:00Z"))).toBe(8 * HOUR);
  expect(iso(nextOpening(bar, at("2026-03-04T20:30:00Z")))).toBe("2026-03-05T12:30:00.000Z");
});

test("[HO3] an exception replaces its day, and may be the only opening there is", () => {
  const xmas = { date: "2026-12-25", spans: [] };
  const shop = hours("Europe/Berlin", daily(span("09:00", "17:00")), [
    xmas,
    { date: "2026-12-26", spans: [span("12:00", "13:00")] },
  ]);
  expect(isOpen(shop, at("2026-12-25T10:00:00Z"))).toBe(false);
  expect(iso(nextOpening(shop, at("2026-12-24T16:00:00Z")))).toBe("2026-12-26T11:00:00.000Z");
  const once = hours("Europe/Berlin", NONE, [{ date: "2029-05-01", spans: [span("10:00", "11:00")] }]);
  expect(iso(nextOpening(once, at("2026-12-24T16:00:00Z")))).toBe("2029-05-01T08:00:00.000Z");
  expect(nextOpening(once, at("2029-05-01T09:00:00Z"))).toBeNull();
});

test("[HO4] in the missing hour nothing opens, and what begins in it opens with the change", () => {
  // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
  const within = hours("Europe/Berlin", daily(span("02:15", "02:45")));
  expect(iso(nextOpening(within, at("2026-03-28T12:00:00Z")))).toBe("2026-03-30T00:15:00.000Z");
  const begins = hours("Europe/Berlin", daily(span("02:30", "05:00")));
  expect(iso(nextOpening(begins, at("2026-03-29T00:00:00Z")))).toBe("2026-03-29T01:00:00.000Z");
  expect(workingTimeBetween(begins, at("2026-03-29T00:00:00Z"), at("2026-03-29T12:00:00Z"))).toBe(2 * HOUR);
});

test("[HO5] the repeated hour is open both times", () => {
  // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
  const night = hours("Europe/Berlin", daily(span("02:00", "02:30")));
  expect(isOpen(night, at("2026-10-25T00:15:00Z"))).toBe(true);
  expect(isOpen(night, at("2026-10-25T00:45:00Z"))).toBe(false);
  expect(isOpen(night, at("2026-10-25T01:15:00Z"))).toBe(true);
  expect(iso(nextOpening(night, at("2026-10-25T00:30:00Z")))).toBe("2026-10-25T01:00:00.000Z");
  expect(workingTimeBetween(night, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z"))).toBe(HOUR);
});

test("[HO5] a clock set back over midnight repeats the evening before", () => {
  // Cairo, 30 October 2026: 00:00 becomes 23:00 of the 29th at 21:00 UTC.
  const late = hours("Africa/Cairo", daily(span("23:00", "24:00")));
  expect(workingTimeBetween(late, at("2026-10-29T12:00:00Z"), at("2026-10-30T12:00:00Z"))).toBe(2 * HOUR);
});

test("[HO7] where nothing opens there is no next opening", () => {
  expect(nextOpening(hours("UTC", NONE), 0)).toBeNull();
  const year = Array.from({ length: 400 }, (_, day) => ({
    date: new Date(day * 24 * HOUR).toISOString().slice(0, 10),
    spans: [],
  }));
  expect(iso(nextOpening(hours("UTC", daily(span("08:00", "09:00")), year), 0))).toBe("1971-02-05T08:00:00.000Z");
  expect(nextOpening(hours("UTC", NONE, year), 0)).toBeNull();
});

test("[HO1] an unknown time zone throws: it was refused when the hours were saved", () => {
  expect(() => isOpen(hours("Mars/Olympus", NONE), 0)).toThrow(RangeError);
});

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "America/St_Johns",
];
const minute = fc.integer({ min: 0, max: 1440 });
const day = fc.array(
  fc.tuple(minute, minute).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  { maxLength: 2 },
);
/** Around changes of the clock as well as anywhere. */
const moment = fc
  .tuple(
    fc.constantFrom(
      "2026-03-08",
      "2026-03-29",
      "2026-04-05",
      "2026-04-24",
      "2026-10-04",
      "2026-10-25",
      "2026-10-29",
      "2026-11-01",
      "2011-12-29",
      "2027-01-31",
    ),
    fc.integer({ min: -48 * 60, max: 48 * 60 }),
  )
  .map(([date, minutes]) => at(`${date}T00:00:00Z`) + minutes * MINUTE);
const anyHours = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    week: fc.tuple(day, day, day, day, day, day, day),
    exceptions: fc.array(fc.record({ at: moment, spans: day }), { maxLength: 3 }),
  })
  .map(({ zone, week, exceptions }) => {
    return hours(
      zone,
      week,
      exceptions.map(({ at: when, spans }) => ({ date: new Date(when).toISOString().slice(0, 10), spans })),
    );
  });

test("[HO6] the next opening is open, and nothing before it is", () => {
  fc.assert(
    fc.property(anyHours, moment, fc.array(fc.nat(1_000_000), { maxLength: 30 }), (of, now, tries) => {
      const next = nextOpening(of, now);
      if (next !== null) expect(isOpen(of, next)).toBe(true);
      expect(next === now).toBe(isOpen(of, now));
      // A fortnight is enough to look at where nothing opens.
      const until = next ?? now + 14 * 24 * HOUR;
      for (const share of [...tries, 999_999.9]) {
        const between = Math.floor(now + ((until - now) * share) / 1_000_001);
        if (between >= now && between < until) expect(isOpen(of, between)).toBe(false);
      }
      if (next !== null && next > now) expect(isOpen(of, next - 1)).toBe(false);
    }),
    { numRuns: 1500 },
  );
});

test("[HO8] working time is what counting every minute gives, and parts add up", () => {
  fc.assert(
    fc.property(
      anyHours,
      moment,
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 2000 }),
      (of, from, first, second) => {
        const middle = from + first * MINUTE;
        const to = middle + second * MINUTE;
        const whole = workingTimeBetween(of, from, to);
        expect(workingTimeBetween(of, from, middle) + workingTimeBetween(of, middle, to)).toBe(whole);
        let counted = 0;
        for (let now = from; now < to; now += MINUTE) if (isOpen(of, now)) counted += MINUTE;
        expect(whole).toBe(counted);
      },
    ),
    { numRuns: 60 },
  );
});

test("[HO1] offsets agree with what Intl writes", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), moment, (zone, now) => {
      const shown = new Intl.DateTimeFormat("sv-SE", {
        timeZone: zone,
        dateStyle: "short",
        timeStyle: "medium",
      }).format(now);
      expect(at(`${shown.replace(" ", "T")}Z`) - now).toBe(offsetAt(zone, now));
    }),
  );
});

test("[P10] only days that exist are dates", () => {
  const good = ["2024-02-29", "0001-01-01", "2026-12-31"];
  const bad = ["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", ""];
  expect(good.filter(isCalendarDate)).toEqual(good);
  expect(bad.filter(isCalendarDate)).toEqual([]);
});
