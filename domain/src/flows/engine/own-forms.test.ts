import { expect, it } from "vitest";
import { flowOf, typed } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

const opens = { "form.open": () => ({ value: { id: "form-own" } }), "form.act": () => ({}) };
const open = { type: "cowork.open", flow: "test.form", conversation: "='c1'", handle: "mine", next: "set" };
const closing = (handle: string) => ({ type: "cowork.act", handle, action: { do: "cancel" }, next: "end" });
const awaiting = (handle: string) => ({ type: "cowork.await", handles: handle, next: "end", cancelled: "end" });
const END = { type: "end" };

/** Opens a form, makes a handle from what `set` says, and does something by it. */
function story(last: object, value: string) {
  const set = { type: "assign", set: [{ var: "other", value }], next: "last" };
  const flow = flowOf({ open, set, last, end: END }, { vars: typed({ mine: "map?", other: "map?", id: "text?" }) });
  return play({ flow, doers: opens });
}

it("[BB1] a handle that was made up, or came from elsewhere, leads to no form", () => {
  const elsewhere = "={'id': 'form-of-somebody'}";
  for (const last of [closing("other"), awaiting("other")]) {
    const { run, done } = story(last, elsewhere);
    expect(run).toMatchObject({ status: "faulted", fault: { code: "forbidden", node: "last" } });
    expect(done.map((one) => one.do)).toEqual(["form.open"]);
  }
});

it("[BB1] however its variable came by it, the handle of a form of one's own does", () => {
  expect(story(closing("other"), "=mine").run.status).toBe("completed");
  const waiting = story(awaiting("other"), "=mine");
  expect(waiting.event("form", { outcome: "submitted", answers: {} })).toBe(true);
  expect(waiting.run.status).toBe("completed");
});

it("[BB1] a run that began before its forms were kept goes on with those it has", () => {
  const waiting = story(awaiting("mine"), "=mine");
  delete waiting.run.opened;
  waiting.go({ type: "fault", id: "none", code: "timeout", message: "" });
  expect(waiting.event("form", { outcome: "submitted", answers: {} })).toBe(true);
  expect(waiting.run.status).toBe("completed");
});

it("[BB1] [BB2] neither a form nor what the platform says to itself is waited for by its name, nor said", () => {
  const wait = { type: "wait", any: [{ event: "form", key: "form-of-somebody", next: "end" }] };
  const emit = { type: "event.emit", event: "run.dismissed", key: "another-run", next: "end" };
  for (const node of [wait, emit]) {
    const { run } = play({ flow: flowOf({ node, end: END }) });
    expect(run).toMatchObject({ status: "faulted", fault: { code: "forbidden" } });
  }
});
