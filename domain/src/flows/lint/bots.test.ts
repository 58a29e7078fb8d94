import { describe, expect, test } from "vitest";
import { agentScreen, background, END, finding, form, routing, said } from "./testing/flows.ts";

const BOT = "/nodes/go/to/flow";
const toBot = (to: object, more: object = {}) =>
  routing({ go: { type: "route", to: { bot: "Mia", ...to }, next: "end", ...more }, end: END });
const route = { type: "route", to: { queue: "general" }, next: "end" };
const talks = (inputs: object = {}) => routing({ go: route, end: END }, { key: "faq.help", inputs });
const beside = (other: unknown) => ({ flows: new Map([["faq.help", other]]), complete: true });

describe("[BO14] a session is given to a bot", () => {
  test("that has a flow which runs by itself, and counts as routed", () => {
    expect(said(toBot({ flow: "faq.help" }), beside(talks()))).toEqual([]);
    const inputs = { session: { type: "record:Session", required: true }, prechat: { type: "map", required: true } };
    expect(said(toBot({ flow: "faq.help" }), beside(talks(inputs)))).toEqual([]);
  });

  test("not without a flow, nor with one that is not there", () => {
    expect(said(toBot({}))).toEqual([`error missing-field ${BOT}`]);
    expect(finding(toBot({}), "missing-field")?.suggestion).toContain("background or routing");
    expect(said(toBot({ flow: "faq.gone" }), beside(talks()))).toEqual([`error unknown-flow ${BOT}`]);
  });

  test("not with a flow that needs somebody at a screen, or inputs that nobody gives", () => {
    const shown = { type: "screen", components: [{ id: "name", kind: "text", label: "Name" }], next: "end" };
    for (const other of [agentScreen({ show: shown, end: END }), form({ show: shown, end: END })])
      expect(said(toBot({ flow: "faq.help" }), beside({ ...other, key: "faq.help" }))).toEqual([
        `error wrong-kind ${BOT}`,
      ]);
    const needs = talks({ order: { type: "text", required: true } });
    expect(said(toBot({ flow: "faq.help" }), beside(needs))).toEqual([`error missing-input ${BOT}`]);
    const usual = talks({ order: { type: "text", required: true, default: "none" } });
    expect(said(toBot({ flow: "faq.help" }), beside(usual))).toEqual([]);
  });

  test("with a warning when its flow can end and the session is nobody's", () => {
    const ends = background(
      { say: { type: "message.send", text: "Hello", next: "end" }, end: END },
      { key: "faq.help" },
    );
    expect(said(toBot({ flow: "faq.help" }), beside(ends))).toEqual([`warning no-route ${BOT}`]);
  });

  test("and nobody waits for it", () => {
    const waits = toBot({ flow: "faq.help" }, { waitMax: "PT1M", unavailable: "end" });
    for (const field of ["waitMax", "unavailable"])
      expect(said(waits, beside(talks()))).toContain(`error not-for-kind /nodes/go/${field}`);
  });

  test("whose name tells nothing private", () => {
    const flow = toBot({ bot: "Mia for {{name}}", flow: "faq.help" });
    const inputs = { name: { type: "text", privacy: "private", default: "" } };
    expect(said({ ...flow, inputs }, beside(talks()))).toEqual(["error privacy /nodes/go/to/bot"]);
  });
});
