import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, expectRefused, openConfigurationStore } from "../testing/configuration.ts";

const WEEK = [[], [], [], [], [], [], []];

describe.each(ENGINES)("hours on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  beforeAll(async () => {
    store = await openConfigurationStore(engine);
  });
  afterAll(() => store.close());

  test("[CF28] hours name a real zone, real days, and spans that fit", async () => {
    const hours = { name: "Hours", timeZone: "Europe/Berlin", week: WEEK, exceptions: [] };
    const wrong = (settings: object, field: string, reason: string) =>
      expectRefused(store.call("createHours", { body: { ...hours, ...settings } }), "setting-refused", {
        field,
        reason,
      });
    await wrong({ timeZone: "Mars/Olympus" }, "/timeZone", "time-zone-unknown");
    await wrong({ week: [[{ from: 600, to: 600 }], ...WEEK.slice(1)] }, "/week/0/0", "range-empty");
    const lunch = [
      { from: 700, to: 900 },
      { from: 540, to: 720 },
    ];
    await wrong({ week: [lunch, ...WEEK.slice(1)] }, "/week/0/0", "hours-overlap");
    await wrong({ exceptions: [{ date: "2026-02-30", spans: [] }] }, "/exceptions/0/date", "hours-date");
    const twice = [
      { date: "2026-12-25", spans: [] },
      { date: "2026-12-25", spans: [] },
    ];
    await wrong({ exceptions: twice }, "/exceptions/0/date", "hours-date");
    const made = await store.call("createHours", {
      body: {
        ...hours,
        week: [
          [
            { from: 720, to: 900 },
            { from: 540, to: 720 },
          ],
          ...WEEK.slice(1),
        ],
      },
    });
    expect(made.week[0]).toEqual([
      { from: 540, to: 720 },
      { from: 720, to: 900 },
    ]);
  });
});
