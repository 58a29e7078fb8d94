import { expect, test } from "vitest";
import { background, END, finding, said } from "./testing/flows.ts";

const emits = (event: string) => background({ tell: { type: "event.emit", event, key: "k", next: "end" }, end: END });
const waits = (event: string) =>
  background({
    wait: {
      type: "wait",
      any: [
        { event, key: "k", next: "end" },
        { after: "P1D", next: "end" },
      ],
    },
    end: END,
  });

test("[BB2] what the platform says is no flow's to say; a word of one's own is", () => {
  for (const event of ["form", "session.ended", "message.received", "case.changed", "session.bot", "run.dismissed"])
    expect(said(emits(event)), event).toEqual(["error not-allowed /nodes/tell/event"]);
  for (const event of ["api", "none", "schedule"])
    expect(said(emits(event)), event).toEqual(["error not-allowed /nodes/tell/event"]);
  expect(said(emits("shop.paid"))).toEqual([]);
  expect(said(emits("case.paid"))).toEqual([]);
});

test("[BB1] [BB2] a flow waits for what the platform says by its names, and for a form by its handle alone", () => {
  const at = "/nodes/wait/any/0/event";
  expect(finding(waits("form"), "not-allowed")).toMatchObject({
    path: at,
    suggestion: expect.stringContaining("cowork.await"),
  });
  expect(said(waits("run.dismissed"))).toEqual([`error not-allowed ${at}`]);
  for (const event of ["session.ended", "customer.verified", "case.changed", "shop.paid"])
    expect(said(waits(event)), event).toEqual([]);
  expect(finding(waits("session.end"), "unknown-name")).toMatchObject({
    severity: "warning",
    suggestion: 'did you mean "session.ended"?',
  });
});

test("[BB7] fields of a trigger that mean nothing for it are told", () => {
  const begins = (trigger: object) => said(background({ end: END }, { trigger }));
  expect(begins({ on: "case.changed", fields: ["status"], filter: "=true", order: 1 })).toEqual([]);
  expect(begins({ on: "case.changed", channels: ["web"] })).toEqual(["warning trigger /trigger/channels"]);
  expect(begins({ on: "api", where: ["case"], label: "Go", schedule: { every: "PT1H" } })).toEqual([
    "warning trigger /trigger/where",
    "warning trigger /trigger/label",
    "warning trigger /trigger/schedule",
  ]);
  expect(begins({ on: "session.ended", channels: ["web"], fields: ["status"] })).toEqual([
    "warning trigger /trigger/fields",
  ]);
});
