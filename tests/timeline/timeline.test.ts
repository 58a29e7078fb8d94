import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ConversationEvent, EventOf, EventType } from "@clew/contract/events";
import type { Timeline } from "@clew/contract/timeline";
import { ENGINES } from "@clew/server/testing/configuration";
import { DEMO_CHANNELS, newGuest, newId, signIn, startTestApp, TestStream } from "@clew/server/testing/test-app";
import { describe, expect, test } from "vitest";
import { capture } from "../../bin/setup/terminal.mjs";
import { checkTimeline, readTimeline } from "./read.ts";
import { replay } from "./replay.ts";

const FOLDER = fileURLToPath(new URL("timelines/", import.meta.url));
const pathOf = (name: string) => `${FOLDER}${name}.json`;
const kept = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ""));

test.each(kept)("[TL1] %s is decided again, to the last reason and clock", (name) => {
  const timeline = readTimeline(pathOf(name));
  const { decided, taken, difference } = replay(timeline);
  expect(difference).toBeNull();
  const others = Object.values(taken).reduce((sum, count) => sum + count, 0);
  expect(decided + others).toBe(timeline.events.length);
  expect(decided).toBeGreaterThan(others);
});

/** Changes the first event of a type, in a copy of a kept timeline. */
function tampered<Type extends EventType>(name: string, type: Type, change: (event: EventOf<Type>) => void): Timeline {
  const timeline = readTimeline(pathOf(name));
  change(timeline.events.find((event) => event.type === type) as EventOf<Type>);
  return timeline;
}
const without = (name: string, is: (event: ConversationEvent) => boolean): Timeline => {
  const timeline = readTimeline(pathOf(name));
  const at = timeline.events.findIndex(is);
  const events = timeline.events.toSpliced(at, 1).map((event, index) => ({ ...event, number: index + 1 }));
  return { ...timeline, events, conversation: { ...timeline.conversation, number: events.length } };
};
const LONG = "dropped-and-returned";
const WIDE = "every-decision";

describe("[TL2] a timeline that was tampered with differs, and the difference says where", () => {
  test.each<[string, Timeline, RegExp]>([
    [
      "a clock",
      tampered(LONG, "customer.gone", ({ staff }) => Object.assign(staff?.hold ?? {}, { until: 7 })),
      /^event \d+, customer.gone at \d.*: \/staff\/hold\/until is 7 in the file, the rules say 1\d{12}$/,
    ],
    [
      "a time before the deadline",
      tampered(LONG, "hold.ended", (event) => Object.assign(event, { at: event.at - 60_000 })),
      /hold\.ended.*the rules make no such event of deadline\.strike$/,
    ],
    [
      "a reason",
      tampered(LONG, "customer.returned", (event) => Object.assign(event, { because: "agent-away" })),
      /customer\.returned.*\/because is "agent-away" in the file, the rules say "window-over"$/,
    ],
    [
      "an outcome",
      tampered(WIDE, "customer.returned", (event) => Object.assign(event, { outcome: "same-agent" })),
      /customer\.returned.*\/outcome is "same-agent" in the file, the rules say "other-agent"$/,
    ],
    [
      "an owner",
      tampered(LONG, "session.assigned", ({ session }) => Object.assign(session.agent ?? {}, { name: "Mallory" })),
      /session\.assigned.*\/session\/agent\/name is "Mallory" in the file, the rules say "Amara"$/,
    ],
    [
      "who did it",
      tampered(LONG, "session.ended", ({ by }) => Object.assign(by, { who: "customer" })),
      /session\.ended.*the rules refuse session\.end \(not-found\)$/,
    ],
    [
      "an answer left out",
      tampered(LONG, "facts.recorded", ({ facts }) => void facts.pop()),
      /the rules refuse conversation\.start \(answers-invalid\)$/,
    ],
    ["a decline left out", without(LONG, ({ type }) => type === "session.offer-ended"), /offer-gone|declined/],
    [
      "a hold's end left out",
      without(LONG, ({ type }) => type === "hold.ended"),
      /the deadline hold of .* has not struck$/,
    ],
    [
      "an offer of another agent's making",
      tampered(LONG, "session.offered", (event) => Object.assign(event, { offerId: event.conversationId })),
      /^event \d+, /,
    ],
    [
      "the conversation at the end",
      { ...readTimeline(pathOf(LONG)), conversation: { ...readTimeline(pathOf(LONG)).conversation, status: "open" } },
      /^the conversation in the end: \/status is "open" in the file, the rules say "closed"$/,
    ],
    [
      "the settings",
      tamperedSettings((timeline) => {
        for (const queue of timeline.given.queues) queue.offerFor += 1;
      }),
      /session\.offered.*\/staff\/offer\/dueAt is|session\.offered.*dueAt is/,
    ],
  ])("%s", (_, timeline, difference) => {
    expect(replay(checkTimeline(timeline)).difference).toMatch(difference);
  });

  function tamperedSettings(change: (timeline: Timeline) => void): Timeline {
    const timeline = readTimeline(pathOf(LONG));
    change(timeline);
    return timeline;
  }
});

test("[KP12] that a place was kept, and until when, is decided again", () => {
  const until = tampered("kept-place", "customer.returned", ({ staff }) =>
    Object.assign(staff?.kept ?? {}, { until: 7 }),
  );
  expect(replay(checkTimeline(until)).difference).toMatch(/customer\.returned.*\/staff\/kept\/until is 7 in the file/);
  const ended = without("kept-place", ({ type, by }) => type === "hold.ended" && by.who === "agent");
  expect(replay(checkTimeline(ended)).difference).not.toBeNull();
});

test("[TL3] what is no whole timeline is refused in a sentence", () => {
  const whole = readTimeline(pathOf(LONG));
  const refusal = (file: unknown) => () => checkTimeline(file);
  expect(refusal([])).toThrow("this is no exported timeline: `format` is not clew-timeline");
  expect(refusal({ ...whole, version: 2 })).toThrow("version 2 is not known here");
  expect(refusal({ ...whole, given: undefined })).toThrow("the settings (`given`) are missing: export it again");
  expect(refusal({ ...whole, events: whole.events.toSpliced(4, 1) })).toThrow(
    "event 5 is missing: number 6 is in its place",
  );
  expect(refusal({ ...whole, events: whole.events.slice(0, -1) })).toThrow(/stands at \d+, the last event is \d+/);
  const [first, ...rest] = whole.events;
  expect(refusal({ ...whole, events: [{ ...first, at: "noon" }, ...rest] })).toThrow(
    /^event 1, conversation\.started: \/at must be/,
  );
  expect(refusal({ ...whole, events: [{ ...first, type: "tea.served" }, ...rest] })).toThrow(
    "event 1: tea.served is not known here",
  );
  expect(refusal({ ...whole, events: [{ ...first, conversationId: newId() }, ...rest] })).toThrow(
    "event 1 belongs to another conversation",
  );
});

test.each(ENGINES)("[TL4] the server's export is whole, for staff only, and is decided again (%s)", async (engine) => {
  const app = await startTestApp({ engine });
  const identity = await newGuest(app.url);
  const bearer = { authorization: `Bearer ${identity.accessToken}` };
  const id = newId();
  const answers = Object.entries({ name: "Ana", email: "ana@clew.example", topic: "advice" });
  const guest = await TestStream.open(app.url, { token: identity.accessToken });
  await guest.until(({ type }) => type === "welcome");
  await guest.command({
    ...{ type: "conversation.start", conversationId: id, channelId: DEMO_CHANNELS.shop, language: "en" },
    answers: answers.map(([key, value]) => ({ key, value, how: "typed" })),
  });
  await guest.command({ type: "message.post", conversationId: id, text: "Hello", attachments: [] });
  await guest.command({ type: "session.end", conversationId: id });
  const read = async (headers: Record<string, string>) => {
    const answer = await fetch(`${app.url}/api/v1/conversations/${id}/timeline`, { headers });
    return { status: answer.status, file: (await answer.json()) as Timeline };
  };
  const { file } = await read((await signIn(app.url, "amara")).headers);
  expect(replay(checkTimeline(file))).toMatchObject({ difference: null, decided: file.events.length });
  expect(file.events.at(-1)?.type).toBe("conversation.closed");
  expect(file.given.deployments.map(({ number }) => number)).toEqual([1]);
  expect(file.given.deployments[0]?.settings).toMatchObject({ verification: { keys: [] }, origins: [] });
  expect(JSON.stringify(file.given)).not.toContain("@");
  expect((await read((await signIn(app.url, "ben")).headers)).status).toBe(404);
  expect((await read(bearer)).status).toBe(403);
  guest.cut();
  await app.close();
});

test("[TL5] the command says of each file what came of it, and ends with 1 when one is decided otherwise", async () => {
  const run = (...paths: string[]) => capture(process.execPath, [`${FOLDER}../run.ts`, ...paths]);
  const good = await run(pathOf(LONG), pathOf(WIDE));
  expect(good).toMatchObject({ code: 0 });
  expect(good.output).toMatch(/every-decision\.json: \d+ events decided again the same/);
  const bad = await run(pathOf(LONG), `${FOLDER}no-such.json`);
  expect(bad).toMatchObject({ code: 1 });
  expect(bad.output).toContain("no such file");
  expect((await run()).code).toBe(2);
});
