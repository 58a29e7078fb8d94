import { flowsOn } from "@clew/server/testing/open-flows";

/**
 * A server's part of runs alone, as a process that can be killed: tells all waiting runs their events, in an order of its
 * own, as often as it is started. Says how far it is, and "done" at the end.
 */
const { place, count, now } = JSON.parse(process.argv[2] ?? "{}") as {
  place: Parameters<typeof flowsOn>[0];
  count: number;
  now: number;
};
const time = { now };
const on = await flowsOn(place, time);
// What the process before left under way is taken up again when its time is over.
time.now += 60_000;
await on.sweep();
const numbers = Array.from({ length: count }, (_, index) => index + 1).sort(() => Math.random() - 0.5);
let told = 0;
await Promise.all(
  numbers.map(async (number) => {
    await on.hear({ id: `event-${number}`, type: "test.paid", key: `key-${number}` });
    told += 1;
    if (told % 50 === 0) console.log(`told ${told}`);
  }),
);
await on.idle();
console.log("done");
await on.stop();
