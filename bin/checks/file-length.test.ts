import { expect, test } from "vitest";
import { fileLengths } from "./file-length.ts";
import { plantProject } from "./planted.ts";

const lines = (count: number) => "a;\n".repeat(count);

test("four hundred lines are allowed and one more is not, in tests and style sheets too", () => {
  const root = plantProject({
    "domain/src/a.ts": lines(400),
    "domain/src/a.test.ts": lines(401),
    "console/src/look.css": lines(402),
    "docs/long.md": lines(900),
    "widget/dist/built.js": lines(900),
  });
  expect(fileLengths(root).problems).toEqual([
    "domain/src/a.test.ts has 401 lines",
    "console/src/look.css has 402 lines",
  ]);
});

test("an empty project has no long files", () => {
  expect(fileLengths(plantProject({})).problems).toEqual([]);
});
