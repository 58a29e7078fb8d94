import fc from "fast-check";
import { expect, test } from "vitest";
import { DATA, failureOf, OPTIONS, USUAL_SIZE } from "../../testing/formulas.ts";
import type { ValueMap } from "./expression.ts";
import { spellingOf, spellLiteral } from "./spelling.ts";
import { compileText, type Escape, renderText } from "./text.ts";

const render = (source: string, values: ValueMap = DATA, target: Escape = "plain") =>
  renderText(compileText(source), values, OPTIONS, target);

test("[PK6] the place of the customer's own link is kept for who sends the words; what fills a hole makes none", () => {
  const values = { told: "{{reconnect.link}}" };
  for (const target of ["plain", "markdown"] as const) {
    const text = render("{{told}}: {{reconnect.link}}{{told}}", values, target);
    expect(text.split("{{reconnect.link}}")).toEqual(["{reconnect.link}: ", "{reconnect.link}"]);
  }
});

test.each([
  ["", ""],
  ["Hello", "Hello"],
  ["Hi {{name}}!", "Hi Ines!"],
  ["{{name}}{{name}}", "InesInes"],
  ["{{ count + 1 }} left", "4 left"],
  ["{{missing}}", ""],
  ["[{{missing.deep}}]", "[]"],
  ["{{yes}}", "true"],
  ["{{price}}", "€12.50"],
  ["{{format(when, 'date-long')}}", "12 May 2026"],
  ["{{join(words, ' ')}}", "b a b"],
  ["{{ {a: {b: 'x'}}.a.b }}", "x"],
  ["{{{a: 1}.a}}", "1"],
  ["{{'}}'}}", "}}"],
  ["{{'{{'}}", "{{"],
  ["a }} b { c } d", "a }} b { c } d"],
  ["it's {{name}}'s \"turn\"", "it's Ines's \"turn\""],
  ["{{\n  name\n}}", "Ines"],
  ["{{count > 2 ? 'many' : 'few'}}", "many"],
])("[FX16] %j reads %j", (source, expected) => {
  expect(render(source)).toBe(expected);
});

test.each([
  ["Hi {{", "syntax@5"],
  ["Hi {{}}", "syntax@5"],
  ["Hi {{name", "syntax@9"],
  ["Hi {{name}", "syntax@9"],
  ["Hi {{name} }", "syntax@9"],
  ["Hi {{name name}}", "syntax@10"],
  ["{{#if name}}", "syntax@2"],
  ["{{name | upper}}", "syntax@7"],
  ["{{> partial}}", "syntax@2"],
  ["ab {{nope()}}", "name@5"],
  ["ab {{a.constructor}}", "name@7"],
  ["ab {{list}}", "type@5"],
  ["ab {{earlier}}", "type@5"],
  ["ab {{1 / 0}}", "number@7"],
])("[FX16] %j fails: %s, counted in the whole text", (source, failure) => {
  expect(failureOf(() => render(source))).toBe(failure);
});

test("[FX16] the limits are those of formulas for each hole, a hundred holes and 20,000 characters", () => {
  expect(failureOf(() => compileText(`${"a".repeat(3_000)}{{1}}`))).toBe("no error");
  expect(failureOf(() => compileText(`{{${" ".repeat(2_000)}1}}`, USUAL_SIZE))).toMatch(/^limit@/);
  expect(failureOf(() => compileText("{{1}}".repeat(100)))).toBe("no error");
  expect(failureOf(() => compileText("{{1}}".repeat(101)))).toBe("limit@500");
  expect(failureOf(() => compileText("a".repeat(20_001)))).toBe("limit@20000");
});

test("[FX16] all holes share one budget", () => {
  const text = compileText("{{list.map(x, list.map(y, y)).flatten().size()}}".repeat(3));
  const options = (budget: number) => ({ ...OPTIONS, budget });
  const long = Array.from({ length: 30 }, (_, index) => index);
  expect(
    failureOf(() =>
      renderText(
        compileText("{{list.map(x, list.map(y, y)).flatten().size()}}"),
        { list: long },
        options(4_000),
        "plain",
      ),
    ),
  ).toBe("no error");
  expect(failureOf(() => renderText(text, { list: long }, options(4_000), "plain"))).toMatch(/^budget@/);
});

test.each([
  ["html", "<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"],
  ["plain", "<b>*x*", "<b>*x*"],
  ["markdown", "*bold* _it_ `code` ~~no~~ [a](b)", "\\*bold\\* \\_it_ \\`code\\` \\~~no\\~~ \\[a\\](b)"],
  ["markdown", "# head", "\\# head"],
  ["markdown", "> quote\n- item\n1. one", "\\> quote\n\\- item\n1\\. one"],
  ["markdown", "+43 1 234\n+ item", "+43 1 234\n\\+ item"],
  ["markdown", "12.50 and 3-4", "12.50 and 3-4"],
  ["markdown", "https://example.org/a_b?c=d", "https://example.org/a_b?c=d"],
  ["markdown", "a\\*b", "a\\\\\\*b"],
] as const)("[FX16] for %s, %j in a hole becomes %j", (target, value, expected) => {
  expect(render("{{v}}", { v: value }, target)).toBe(expected);
});

test("[FX16] the author's own signs stay, what fills the holes cannot add any", () => {
  expect(render("**{{v}}** <b>", { v: "*x*" }, "markdown")).toBe("**\\*x\\*** <b>");
  expect(render("<b>{{v}}</b>", { v: "<script>" }, "html")).toBe("<b>&lt;script&gt;</b>");
  // What a value holds is never read as a hole.
  expect(render("{{v}}", { v: "{{name}}" })).toBe("{{name}}");
});

test("[FX16] no value makes a tag, whatever it is", () => {
  fc.assert(
    fc.property(fc.string(), (v) => {
      expect(render("{{v}}", { v }, "html")).not.toMatch(/[<>"']/);
    }),
  );
});

test.each([
  ["abc", { kind: "literal", value: "abc" }],
  ["", { kind: "literal", value: "" }],
  ["=1 + 1", { kind: "formula", source: "1 + 1", offset: 1 }],
  ["=", { kind: "formula", source: "", offset: 1 }],
  ["==a", { kind: "formula", source: "=a", offset: 1 }],
  ["Hi {{name}}", { kind: "text", source: "Hi {{name}}", offset: 0 }],
  ["='{{'", { kind: "formula", source: "'{{'", offset: 1 }],
  ["'=abc", { kind: "literal", value: "=abc" }],
  ["''=abc", { kind: "literal", value: "'=abc" }],
  ["'abc", { kind: "literal", value: "'abc" }],
  [" =abc", { kind: "literal", value: " =abc" }],
  ["'= {{name}}", { kind: "text", source: "= {{name}}", offset: 1 }],
  [5, { kind: "literal", value: 5 }],
  [null, { kind: "literal", value: null }],
  [["=a"], { kind: "literal", value: ["=a"] }],
])("[FX20] %j is spelled as %j", (value, expected) => {
  expect(spellingOf(value)).toEqual(expected);
});

test("[FX20] every text can be written as a literal that means it", () => {
  const texts = fc.array(fc.oneof(fc.constantFrom("=", "'", "{{", "{", "}}", "a", "\\"), fc.string({ maxLength: 3 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      texts.map((parts) => parts.join("")),
      (text) => {
        const spelled = spellingOf(spellLiteral(text));
        if (spelled.kind === "literal") expect(spelled.value).toBe(text);
        else {
          expect(spelled.kind).toBe("text");
          expect(render((spelled as { source: string }).source)).toBe(text);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
