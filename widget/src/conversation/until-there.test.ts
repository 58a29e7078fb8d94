import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untilThere } from "./until-there.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("addEventListener", (_: string, goOn: () => void) => online.push(goOn));
  online = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

let online: (() => void)[] = [];

/** Comes with the try of that number. */
function coming(at: number) {
  let tries = 0;
  const load = async () => {
    tries += 1;
    if (tries < at) throw new Error("no network");
    return "there";
  };
  return { tries: () => tries, load };
}

test("[FS24] what does not come is tried again after pauses that double, half a minute at most", async () => {
  const { tries, load } = coming(9);
  const found = untilThere(load);
  const pauses: number[] = [];
  for (let before = tries(); before < 9; before = tries()) {
    const from = Date.now();
    await vi.advanceTimersToNextTimerAsync();
    pauses.push(Date.now() - from);
  }
  expect(await found).toBe("there");
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000));
});

test("[FS24] it is tried at once when the browser is online again", async () => {
  const { tries, load } = coming(2);
  const found = untilThere(load);
  await vi.advanceTimersByTimeAsync(10);
  expect(tries()).toBe(1);
  online[0]?.();
  expect(await found).toBe("there");
});
