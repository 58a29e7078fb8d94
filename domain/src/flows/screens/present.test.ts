import { expect, test } from "vitest";
import "./formula-language.ts";
import { PLAIN, screenText } from "./present.ts";

test("[AW6] what fills a text that is read as Markdown is only text there, elsewhere it stays as it is", () => {
  const values = { name: "[x](https://evil.example)" };
  expect(screenText("**Hello** {{name}}", values, PLAIN, "markdown")).toBe("**Hello** \\[x\\](https://evil.example)");
  expect(screenText({ de: "=name" }, values, PLAIN, "markdown")).toBe("\\[x\\](https://evil.example)");
  expect(screenText("**Hello**", values, PLAIN, "markdown")).toBe("**Hello**");
  expect(screenText("**Hello** {{name}}", values, PLAIN)).toBe("**Hello** [x](https://evil.example)");
  expect(screenText("={'a': name}.a", values, PLAIN, "markdown")).toContain("\\[x");
  expect(screenText("=missing", values, PLAIN, "markdown")).toBe("");
});
