import { readFileSync } from "node:fs";
import type { Flow } from "@clew/contract/flows/definition";
import { describe, expect, it } from "vitest";
import { play } from "./testing/play.ts";

const example = (key: string) =>
  JSON.parse(readFileSync(new URL(`../../../../examples/flows/${key}.flow.json`, import.meta.url), "utf8")) as Flow;

const session = { id: "s2", conversationId: "c1", createdAt: "2026-11-20T10:00:00Z" };
const billing = { name: "Ana", email: "ana@example.com", orderNo: "4711", topic: "billing" };

function routed(prechat: object, { earlier = null as object | null, tier = "none", previous = "unavailable" } = {}) {
  return play({
    flow: example("route.webchat"),
    inputs: { session, prechat } as never,
    doers: {
      "records.get": ({ object }) => {
        const found = object === "Session" ? earlier : { id: "k1", tier };
        return found ? { value: [found] } : { outcome: "notFound" };
      },
      "records.update": () => ({ value: {} }),
      "http.call": () => ({ fault: "timeout" }),
      route: ({ to }) => (to.kind === "previousAgent" ? { outcome: previous } : {}),
    },
  });
}

describe("pre-chat across sessions, in its long form", () => {
  it("[FE1] a first session keeps what was told and goes where the topic says", () => {
    const { run, done } = routed(billing);
    expect(run.status).toBe("completed");
    expect(done.map((one) => one.do)).toEqual(["records.get", "records.update", "records.get", "http.call", "route"]);
    expect(done[1]).toMatchObject({ id: "s2", values: { prechat: billing } });
    expect(done.at(-1)).toMatchObject({
      to: { kind: "skills", skills: [{ skill: "billing", min: 3 }] },
      relaxAfter: 90_000,
    });
  });

  it("[FE1] a later session restores what was not told again, marked as carried; what was told again wins", () => {
    const { done } = routed({ orderNo: "4712" }, { earlier: { id: "s1", prechat: billing } });
    const update = done.find((one) => one.do === "records.update");
    expect(update).toMatchObject({ values: { prechat: { name: "Ana", topic: "billing", orderNo: "4712" } } });
    expect(update).toMatchObject({ provenance: { "prechat.name": "carried", "prechat.topic": "carried" } });
  });

  it("[FE1] the agent of last time is asked first, and when they are not there the next way is taken", () => {
    const { done, run } = routed(billing, { tier: "gold" });
    expect(done.filter((one) => one.do === "route").map(({ to }) => to.kind)).toEqual(["previousAgent", "skills"]);
    expect(run.status).toBe("completed");
  });
});

function funds() {
  let version = 7;
  return play({
    flow: example("loan.useOfFunds.agent"),
    others: [example("loan.useOfFunds.form")],
    inputs: { caseId: "case-1" },
    doers: {
      "records.get": () => ({
        value: [{ id: "case-1", number: "1042", version, conversationId: "c1", contact: { firstName: "Ines" } }],
      }),
      "form.open": () => ({ value: { id: "form-1" } }),
      "message.send": () => ({}),
      "message.note": () => ({}),
      "records.update": ({ ifVersion }) => {
        if (ifVersion !== version) return { fault: "conflict" };
        version += 1;
        return { value: {} };
      },
    },
  });
}

const sent = {
  outcome: "submitted",
  answers: { reason: "renovation", detail: null, iban: null, agreed: { version: 3 } },
  labels: { reason: "Renovation work" },
  receipt: { id: "r-1" },
};

describe("use of funds", () => {
  it("[FE2] opens the form, thanks by the name of the choice, keeps it on the case and shows it", () => {
    const story = funds();
    expect(story.done.map((one) => one.do)).toEqual(["records.get", "form.open"]);
    expect(story.done[1]).toMatchObject({ form: { flow: "loan.useOfFunds.form", inputs: { firstName: "Ines" } } });
    expect(story.event("form", sent)).toBe(true);
    const thanks = story.done.find((one) => one.do === "message.send");
    expect(thanks?.text).toContain("Renovation work");
    expect(story.done.find((one) => one.do === "records.update")).toMatchObject({
      values: { useOfFunds: "renovation" },
    });
    expect(story.run.blocked?.kind).toBe("screen");
    story.answer("next");
    expect(story.run.status).toBe("completed");
  });

  it("[FE2] a form that ran out is opened once more, a second time nobody is bothered", () => {
    const story = funds();
    story.event("form", { outcome: "expired" });
    expect(story.done.filter((one) => one.do === "form.open")).toHaveLength(2);
    story.event("form", { outcome: "expired" });
    expect(story.done.at(-1)?.do).toBe("message.note");
    expect(story.run.status).toBe("completed");
  });

  it("[FE2] an answer that comes twice is taken once", () => {
    const story = funds();
    const { id } = story.run.blocked as { id: string };
    story.event("form", sent);
    const input = { type: "event", id, branch: "form-1", data: sent } as never;
    expect(story.put(input)).toBe(false);
  });
});

describe("a path that ends without an end node", () => {
  it("[FE3] ends the flow, also when its last node had to wait for what it wanted done", () => {
    const flow = {
      $schema: "flow/1",
      key: "short.note",
      kind: "background",
      start: "note",
      nodes: { note: { type: "message.note", text: "Seen" } },
    } as Flow;
    const { run, path } = play({ flow, doers: { "message.note": () => ({}) } });
    expect(run.status).toBe("completed");
    expect(path).toEqual(["note", "note"]);
  });
});
