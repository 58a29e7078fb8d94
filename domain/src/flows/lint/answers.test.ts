import { expect, test } from "vitest";
import { background, END, said } from "./testing/flows.ts";

test("[FA31] the answer to a question that may be left out may be null, that of any other may not", () => {
  const flow = (more: object) => {
    const ways = { within: "PT1H", next: "tell", gaveUp: "end", timeout: "end" };
    const ask = { type: "ask", text: "When?", expect: { id: "day", kind: "date", ...more }, ...ways };
    return background({ ask, tell: { type: "message.send", text: "Until {{ask.day}}", next: "end" }, end: END });
  };
  expect(said(flow({}))).toEqual([]);
  expect(said(flow({ required: true }))).toEqual([]);
  expect(said(flow({ required: false }))).toEqual(["warning null-in-text /nodes/tell/text"]);
});
