import { expect, test } from "vitest";
import { plantProject } from "../../bin/checks/planted.ts";
import { root } from "../../bin/setup/paths.mjs";
import { brokenLinks } from "./links.ts";
import { readPages } from "./pages.ts";

test.each(readPages().map((page) => [page.path, page] as const))(
  "every link and every file named in %s exists",
  (_path, page) => {
    expect(brokenLinks(page, root)).toEqual([]);
  },
);

test("a link, an anchor or a file that is not there is found", () => {
  const text = [
    "[here](b.md) [there](missing.md) [part](b.md#second-part) [lost](b.md#third) [up](../domain/src/a.ts)",
    "`domain/src/a.ts` `domain/src/gone.ts` `docs/b.md` `npm start` `widget/dist/clew.js` `docs/rules/*.md`",
    "[out](https://example.org/x) [served](/docs/api) ![picture](images/none.png)",
    "```\n[in code](nowhere.md) `domain/src/nowhere.ts`\n```",
  ].join("\n");
  const project = plantProject({ "docs/a.md": text, "docs/b.md": "## Second part!\n", "domain/src/a.ts": "" });
  const page = readPages(project).find(({ path }) => path === "docs/a.md");
  expect(page && brokenLinks(page, project)).toEqual([
    "docs/a.md: missing.md",
    "docs/a.md: b.md#third",
    "docs/a.md: images/none.png",
    "docs/a.md: domain/src/gone.ts",
  ]);
});
