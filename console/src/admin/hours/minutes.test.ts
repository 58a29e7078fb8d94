import { expect, test } from "vitest";
import { dayInWords, minutesAsText, minutesFromText, nextSpan, problemsOfDay } from "./minutes.ts";

test("[AD21] minutes are written as times of day, up to 24:00", () => {
  expect(minutesAsText(0)).toBe("00:00");
  expect(minutesAsText(545)).toBe("09:05");
  expect(minutesAsText(1440)).toBe("24:00");
});

test("[AD21] times of day are understood as people type them", () => {
  const typed = ["9", "9:30", "0930", "9.30", "5pm", "12am", "12:15 pm", "24:00"];
  expect(typed.map(minutesFromText)).toEqual([540, 570, 570, 570, 1020, 0, 735, 1440]);
});

test("[AD21] what is no time of day is refused, never guessed", () => {
  expect(["", "25", "24:01", "9:60", "13pm", "soon", "9:3"].map(minutesFromText)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test("[AD22] spans that end before they start or overlap are named by their place", () => {
  expect(problemsOfDay([{ from: 540, to: 540 }])).toEqual([{ index: 0, what: "ends-before-it-starts" }]);
  const overlap = [
    { from: 540, to: 720 },
    { from: 700, to: 800 },
  ];
  expect(problemsOfDay(overlap)).toEqual([{ index: 1, what: "overlaps" }]);
  expect(
    problemsOfDay([
      { from: 540, to: 720 },
      { from: 720, to: 800 },
    ]),
  ).toEqual([]);
});

test("[AD22] the next span offered never leaves the day", () => {
  expect(nextSpan([])).toEqual({ from: 540, to: 1020 });
  expect(nextSpan([{ from: 540, to: 720 }])).toEqual({ from: 780, to: 960 });
  expect(nextSpan([{ from: 540, to: 1410 }])).toEqual({ from: 1439, to: 1440 });
  expect(nextSpan([{ from: 0, to: 1440 }])).toBeNull();
  expect(
    dayInWords([
      { from: 540, to: 720 },
      { from: 780, to: 1050 },
    ]),
  ).toBe("09:00–12:00, 13:00–17:30");
});
