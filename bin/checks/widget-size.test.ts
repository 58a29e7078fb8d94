import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantProject } from "./planted.ts";
import { widgetSizes } from "./widget-size.ts";

/** A script that gzip cannot make smaller than about three quarters of this. */
const script = (size: number) => `export default "${randomBytes(size).toString("base64").slice(0, size)}";`;

const problemsOf = (files: Record<string, string>) => widgetSizes(join(plantProject(files), "widget/dist")).problems;

test("a widget that was not built is a failure", () => {
  expect(problemsOf({})).toEqual([expect.stringContaining("clew.js is missing")]);
  expect(problemsOf({ "widget/dist/clew.js": "1;" })).toEqual([expect.stringContaining("chat-*.js is missing")]);
});

test("loader and open chat have their budgets", () => {
  expect(problemsOf({ "widget/dist/clew.js": "1;", "widget/dist/chat-1a.js": "2;" })).toEqual([]);
  expect(problemsOf({ "widget/dist/clew.js": script(5_000), "widget/dist/chat-1a.js": "2;" })).toEqual([
    expect.stringMatching(/^loader is \d+ bytes/),
  ]);
  expect(problemsOf({ "widget/dist/clew.js": "1;", "widget/dist/chat-1a.js": script(50_000) })).toEqual([
    expect.stringMatching(/^open chat is \d+ bytes/),
  ]);
});

test("what the chat imports at its top counts, what it loads on demand does not", () => {
  const chat = (text: string) => ({
    "widget/dist/clew.js": 'import("./chat-1a.js");',
    "widget/dist/chat-1a.js": text,
    "widget/dist/parts-2b.js": script(50_000),
  });
  expect(problemsOf(chat('import parts from "./parts-2b.js";'))).toHaveLength(1);
  expect(problemsOf(chat('import("./parts-2b.js");'))).toEqual([]);
});

test("a form has its budget, without what the conversation has loaded already; so has each of its parts", () => {
  const built = (files: Record<string, string>) => ({
    "widget/dist/clew.js": "1;",
    "widget/dist/chat-1a.js": "2;",
    "widget/dist/room-2b.js": 'import "./shared-3c.js";',
    "widget/dist/shared-3c.js": script(40_000),
    "widget/dist/forms-4d.js": 'import "./shared-3c.js";',
    ...files,
  });
  expect(problemsOf(built({ "widget/dist/form-lists-5e.js": 'import "./forms-4d.js";' }))).toEqual([]);
  expect(problemsOf(built({ "widget/dist/forms-4d.js": script(30_000) }))).toEqual([
    expect.stringMatching(/^form is \d+ bytes/),
  ]);
  expect(problemsOf(built({ "widget/dist/form-lists-5e.js": script(5_000) }))).toEqual([
    expect.stringMatching(/^form-lists-5e.js is \d+ bytes/),
  ]);
  expect(problemsOf(built({ "widget/dist/form-new-5e.js": "1;" }))).toEqual([expect.stringContaining("no budget")]);
});

test("a part of a form that needs another file than the form's is refused", () => {
  expect(
    problemsOf({
      "widget/dist/clew.js": "1;",
      "widget/dist/chat-1a.js": "2;",
      "widget/dist/form-lists-5e.js": 'import "./other-6f.js";',
      "widget/dist/other-6f.js": "3;",
    }),
  ).toEqual([expect.stringContaining("cannot be loaded without other-6f.js")]);
});
