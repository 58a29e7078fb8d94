import { setTimeout as after } from "node:timers/promises";
import { makeGuests } from "./crowd-guests.ts";
import type { CrowdOrder, CrowdReply, CrowdTarget, ReturnResult } from "./crowd-messages.ts";
import { Person } from "./crowd-person.ts";
import { floorRole, type Returning } from "./crowd-roles.ts";

/** People who connect at the same time while the crowd gathers, and how long all of it may take, in milliseconds. */
const AT_ONCE = 200;
const GATHER = 240_000;

/** Plays everybody who is connected to one server: a process of its own, so that the server is measured and not we. */
let roles: Returning[] = [];
let people: Person[] = [];

process.on("message", (order: CrowdOrder) => {
  follow(order).then(
    (reply) => reply && process.send?.(reply),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));

async function follow(order: CrowdOrder): Promise<CrowdReply | null> {
  switch (order.do) {
    case "gather":
      await gather(order.target);
      return { done: "gather" };
    case "return":
      return { done: "return", result: await comeBack(order) };
    case "disband":
      for (const person of people) person.leave();
      process.disconnect();
      return null;
  }
}

async function gather({ kind, url, people: count, waiting }: CrowdTarget): Promise<void> {
  roles =
    kind === "clew"
      ? await makeGuests(url, count, waiting)
      : Array.from({ length: count }, (_, index) => floorRole(url, `conversation-${index}`));
  let live = 0;
  let wrong = 0;
  const heard = { live: () => live++, wrong: () => wrong++, refused: () => wrong++ };
  people = roles.map((role, index) => new Person(role, index, heard));
  const deadline = performance.now() + GATHER;
  for (let next = 0; live < count; await after(1)) {
    if (wrong > 0 || performance.now() > deadline) throw new Error(`${live} of ${count} gathered, ${wrong} went wrong`);
    for (; next < count && next - live < AT_ONCE; next += 1) people[next]?.connect();
  }
}

async function comeBack({ jitter, behind, patience }: Extract<CrowdOrder, { do: "return" }>): Promise<ReturnResult> {
  const liveAt: (number | undefined)[] = Array.from({ length: people.length }, () => undefined);
  const wrong = new Set<number>();
  let live = 0;
  let refused = 0;
  for (const role of roles) role.from(behind);
  for (const [index, person] of people.entries()) {
    person.comeBack(jitter, {
      live() {
        if (liveAt[index] === undefined) live += 1;
        else wrong.add(index);
        liveAt[index] ??= performance.timeOrigin + performance.now();
      },
      wrong: () => wrong.add(index),
      refused: () => refused++,
    });
  }
  const deadline = performance.now() + patience;
  while (live < people.length && performance.now() < deadline) await after(5);
  return { liveAt: liveAt.filter((at) => at !== undefined), refused, gaps: wrong.size };
}
