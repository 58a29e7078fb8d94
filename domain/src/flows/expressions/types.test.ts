import { expect, test } from "vitest";
import { failureOf } from "../../testing/formulas.ts";
import { compile, ExpressionError } from "./expression.ts";
import { FUNCTION_NAMES } from "./functions.ts";
import { signatureOf } from "./signatures.ts";
import { compileText } from "./text.ts";
import {
  fits,
  parseType,
  printType,
  type Scope,
  suggestionFor,
  type Type,
  typeOf,
  typeOfText,
  type Variable,
} from "./types.ts";

const of = (type: string, privacy?: Variable["privacy"]): Variable => ({
  type: parseType(type),
  ...(privacy && { privacy }),
});
const TOPIC: Type = { kind: "choice", nullable: false, options: ["billing", "delivery"] };
const RECORDS = new Map([
  [
    "Contact",
    new Map([
      ["name", of("text")],
      ["born", of("date?", "private")],
      ["tier", of("choice")],
      ["cases", of("list<record:Case>")],
    ]),
  ],
  [
    "Case",
    new Map([
      ["id", of("id:Case")],
      ["number", of("text")],
      ["amount", of("money?")],
      ["opened", of("datetime")],
      ["pin", of("text", "secret")],
    ]),
  ],
]);
const SCOPE: Scope = {
  variables: new Map<string, Variable>([
    ["contact", of("record:Contact")],
    ["earlier", of("record:Case?")],
    ["cases", of("list<record:Case>")],
    ["prechat", of("map")],
    ["risk", of("number")],
    ["score", of("number?")],
    ["topic", { type: TOPIC }],
    ["day", of("date")],
    ["at", of("datetime")],
    ["clock", of("time")],
    ["wait", of("duration")],
    ["caseId", of("id:Case")],
    ["contactId", of("id:Contact")],
    ["price", of("money")],
    ["agreed", of("consent")],
    ["iban", of("text?", "private")],
    ["code", of("text", "secret")],
    ["tags", of("list<text>")],
    [
      "ask",
      {
        type: {
          kind: "map",
          nullable: false,
          fields: new Map([
            ["reason", { type: TOPIC }],
            ["iban", of("text?", "private")],
          ]),
        },
      },
    ],
  ]),
  record: (object) => RECORDS.get(object) ?? null,
};
const check = (source: string) => typeOf(compile(source), SCOPE);

test.each([
  ["1", "number"],
  ["'a'", "text"],
  ["null", "null"],
  ["[1, 2]", "list<number>"],
  ["[1, 'a']", "list<any>"],
  ["[]", "list<any>"],
  ["[1, null]", "list<number?>"],
  ["{a: 1}", "map"],
  ["{a: 1}.a", "number"],
  ["contact.name", "text"],
  ["contact.born", "date?"],
  ["earlier.number", "text?"],
  ["prechat.anything", "any"],
  ["prechat.deep.deeper", "any"],
  ["contact.cases[0]", "record:Case?"],
  ["contact['name']", "text"],
  ["risk + 1", "number"],
  ["score + 1", "number?"],
  ["-score", "number?"],
  ["prechat.count * 2", "any"],
  ["'a' + contact.name", "text"],
  ["'a' + earlier.number", "text?"],
  ["topic + '!'", "text"],
  ["tags + ['a']", "list<text>"],
  ["price + price", "money"],
  ["price.amount", "text"],
  ["risk > 3 && agreed", "boolean"],
  ["score > 3", "boolean"],
  ["!earlier", null],
  ["risk > 1 ? 'a' : null", "text?"],
  ["risk > 1 ? 1 : 'a'", "any"],
  ["risk > 1 ? day : at", "text"],
  ["topic in ['billing']", "boolean"],
  ["'a' in tags", "boolean"],
  ["'name' in prechat", "boolean"],
  ["caseId == earlier.id", "boolean"],
  ["caseId == 'c1'", "boolean"],
  ["day > '2026-05-12'", "boolean"],
  ["at > now()", "boolean"],
  ["at > prechat.when", "boolean"],
  ["cases.filter(c, c.number == '1')", "list<record:Case>"],
  ["cases.map(c, c.number)", "list<text>"],
  ["cases.find(c, c.opened < now())", "record:Case?"],
  ["cases.find(c, true).number", "text?"],
  ["cases.sum(c, c.amount)", "money"],
  ["cases.sum(c, 1)", "number"],
  ["cases.count(c, true)", "number"],
  ["cases.all(c, c.amount > price)", "boolean"],
  ["cases.max(c, c.opened)", "datetime?"],
  ["cases.sortBy(c, c.opened).first().opened", "datetime?"],
  ["upper(contact.name)", "text"],
  ["upper(iban)", "text?"],
  ["coalesce(iban, 'none')", "text"],
  ["coalesce(earlier.number, iban)", "text?"],
  ["coalesce(score, 0)", "number"],
  ["isEmpty(score)", "boolean"],
  ["number('1')", "number?"],
  ["first(tags)", "text?"],
  ["sum([1, 2])", "number"],
  ["max(1, risk)", "number"],
  ["max(tags)", "text?"],
  ["plus(day, 'P1D')", "date"],
  ["plus(at, wait)", "datetime"],
  ["plus('2026-05-12', 'P1D')", "date"],
  ["between(at, now())", "duration"],
  ["flatten([[1], [2]])", "list<number>"],
  ["label(topic)", "text"],
  ["label(tags)", "list<text>"],
  ["asset('a')", "text?"],
  ["runtime.visits('ask') < 2", "boolean"],
  ["format(at, 'date-long')", "text"],
  ["today()", "date"],
])("[FX17] %s is %s", (source, expected) => {
  const { type, errors } = check(source);
  if (expected === null) return expect(errors).toHaveLength(1);
  expect(errors).toEqual([]);
  expect(printType(type)).toBe(expected);
});

test.each([
  ["contac.name", "variable", 0, "contact"],
  ["contact.nmae", "field", 8, "name"],
  ["contact['nmae']", "field", 8, "name"],
  ["ask.raeson == 'billing'", "field", 4, "reason"],
  ["zzzzzz", "variable", 0, undefined],
  ["topic == 'biling'", "option", 9, "billing"],
  ["'deliver' == topic", "option", 0, "delivery"],
  ["topic in ['billing', 'delivry']", "option", 21, "delivery"],
  ["risk + 'a'", "type", 5, undefined],
  ["risk == 'a'", "type", 5, undefined],
  ["risk < day", "type", 5, undefined],
  ["day + 'P1D'", "type", 4, undefined],
  ["day == at", "type", 4, undefined],
  ["day > '12.5.2026'", "type", 4, undefined],
  ["wait < wait", "type", 5, undefined],
  ["caseId == contactId", "type", 7, undefined],
  ["contact + 1", "type", 8, undefined],
  ["price * price", "type", 6, undefined],
  ["risk && true", "type", 0, undefined],
  ["!risk", "type", 1, undefined],
  ["-tags", "type", 0, undefined],
  ["risk ? 1 : 2", "type", 0, undefined],
  ["risk.name", "type", 5, undefined],
  ["tags.name", "type", 5, undefined],
  ["tags['a']", "type", 4, undefined],
  ["risk[0]", "type", 4, undefined],
  ["1 in risk", "type", 2, undefined],
  ["1 in tags", "type", 2, undefined],
  ["risk.filter(x, true)", "type", 5, undefined],
  ["tags.filter(x, x)", "type", 15, undefined],
  ["tags.map(x, x.name)", "type", 14, undefined],
  ["cases.map(c, c.numbr)", "field", 15, "number"],
  ["cases.sum(c, c.number)", "type", 15, undefined],
  ["upper(risk)", "type", 6, undefined],
  ["contains(contact.name, 1)", "type", 23, undefined],
  ["plus(day, 'five')", "type", 10, undefined],
  ["plus(risk, 'P1D')", "type", 5, undefined],
  ["sum(tags)", "type", 4, undefined],
  ["matches(contact.name, '(')", "pattern", 22, undefined],
  ["format(day, 'date-lnog')", "value", 12, "date-long"],
  ["today('Europe/Berln')", "value", 6, undefined],
])("[FX17] %s is refused: %s at %i, perhaps %s", (source, code, at, suggestion) => {
  const { errors } = check(source);
  expect(errors.map((error) => [error.code, error.at, error.suggestion])).toEqual([[code, at, suggestion]]);
});

test("[FX17] every mistake is told, and one is told once", () => {
  expect(check("contac.name + riks && topic == 'x'").errors.map(({ at }) => at)).toEqual([0, 14, 31]);
});

test("[FX17] a function that does not exist gets the name that was probably meant", () => {
  const suggest = (source: string) => {
    try {
      compile(source);
    } catch (error) {
      return suggestionFor(error as ExpressionError, source);
    }
    return undefined;
  };
  expect(suggest("1 + uper('a')")).toBe("upper");
  expect(suggest("tags.fliter(x, true)")).toBe("filter");
  expect(suggest("zzzzzzzz()")).toBe(undefined);
  expect(suggest("1 +")).toBe(undefined);
});

test("[FX17] every function has a signature", () => {
  expect(FUNCTION_NAMES.filter((name) => !signatureOf(name))).toEqual([]);
  expect(FUNCTION_NAMES.length).toBeGreaterThanOrEqual(45);
});

test.each(["text", "number?", "list<record:Case>?", "id:Case", "list<list<text?>>", "signature", "map?", "any"])(
  "[FX17] the type %s prints as it is written",
  (source) => {
    expect(printType(parseType(source))).toBe(source);
  },
);

test.each([
  "",
  "?",
  "txt",
  "Text",
  "list",
  "list<>",
  "list<text",
  "record",
  "record:",
  "record:case",
  "text??",
  "id:A-B",
  "list<list<list<list<list<list<text>>>>>>",
  "constructor",
])("[FX17] %j is no type", (source) => {
  expect(failureOf(() => parseType(source))).toBe("syntax@0");
});

test.each([
  ["text", "text?", true],
  ["text?", "text", false],
  ["null", "text?", true],
  ["null", "text", false],
  ["any", "number", true],
  ["number", "any", true],
  ["choice", "text", true],
  ["text", "choice", true],
  ["email", "text", true],
  ["text", "email", true],
  ["date", "text", true],
  ["text", "date", false],
  ["date", "datetime", false],
  ["number", "text", false],
  ["text", "number", false],
  ["id:Case", "text", true],
  ["text", "id:Case", true],
  ["id:Case", "id:Contact", false],
  ["record:Case", "record:Case", true],
  ["record:Case", "record:Contact", false],
  ["record:Case", "map", true],
  ["map", "record:Case", false],
  ["money", "map", true],
  ["list<text>", "list<text?>", true],
  ["list<text?>", "list<text>", false],
  ["list<date>", "list<text>", true],
  ["list<text>", "text", false],
  ["consent", "boolean", true],
  ["boolean", "consent", false],
])("[FX17] %s fits where %s is asked for: %s", (from, to, expected) => {
  expect(fits(parseType(from), parseType(to))).toBe(expected);
});

test.each([
  ["contact.name", "open"],
  ["contact.born", "private"],
  ["contact", "secret"],
  ["contact.cases[0].number", "open"],
  ["earlier", "secret"],
  ["earlier != null", "open"],
  ["earlier.number", "open"],
  ["earlier.pin", "secret"],
  ["isEmpty(earlier)", "open"],
  ["isEmpty(code)", "secret"],
  ["size(code)", "secret"],
  ["code == '1234'", "secret"],
  ["code == null", "secret"],
  ["risk > 1 ? iban : 'none'", "private"],
  ["isEmpty(iban) ? 1 : 2", "private"],
  ["'x' + upper(coalesce(iban, code))", "secret"],
  ["[1, iban]", "private"],
  ["{a: code, b: 1}", "secret"],
  ["{a: code, b: 1}.b", "open"],
  ["{a: code, b: 1}['a']", "secret"],
  ["ask", "private"],
  ["ask.reason", "open"],
  ["ask[contact.name]", "private"],
  ["cases.map(c, c.number)", "open"],
  ["cases.map(c, c.pin)", "secret"],
  ["cases.filter(c, c.pin == '1').map(c, c.number)", "secret"],
  ["cases.filter(c, c.number == '1').map(c, c.number)", "open"],
  ["cases.find(c, true).number", "open"],
  ["cases.sortBy(c, c.pin).first().number", "secret"],
  ["cases.first()", "secret"],
  ["contact.cases.map(c, c)", "secret"],
  ["cases.exists(c, true)", "open"],
  ["tags.map(x, code)", "secret"],
  ["tags[size(code)]", "secret"],
  ["merge(ask, {})", "private"],
  ["date(contact.born)", "private"],
  ["false && code == '1'", "secret"],
])("[FX18] %s is %s", (source, privacy) => {
  expect(check(source).privacy).toBe(privacy);
});

test.each([
  ["prechat.topic == 'x' && risk > 1 && prechat.topic != null", ["prechat.topic", "risk"]],
  ["contact.cases[risk].number", ["contact.cases", "risk"]],
  ["cases.map(c, c.number + contact.name)", ["cases", "contact.name"]],
  ["cases.map(risk, risk) == risk", ["cases", "risk"]],
  ["cases.map(c, c.items.map(d, d + c.x + e))", ["cases", "e"]],
  ["c.map(c, c.x)", ["c"]],
  ["{a: contact.name}.a", ["contact.name"]],
  ["runtime.visits('ask') + size(tags)", ["tags"]],
  ["1 + 2", []],
  ["a ? b?.c : -d", ["a", "b.c", "d"]],
])("[FX19] %s reads %j", (source, reads) => {
  expect(check(source).reads).toEqual(reads);
});

test("[FX16] a text's holes are checked together, and those that may be empty are told", () => {
  const source = "Hi {{contact.name}}, {{earlier.number}} {{ iban }} {{tags}} {{contac.name}} {{price}}";
  const checked = typeOfText(compileText(source), SCOPE);
  expect(checked.reads).toEqual(["contact.name", "earlier.number", "iban", "tags", "contac.name", "price"]);
  expect(checked.privacy).toBe("private");
  expect(checked.nullable).toEqual([source.indexOf("earlier"), source.indexOf("iban")]);
  expect(checked.errors.map(({ code, at, suggestion }) => [code, at, suggestion])).toEqual([
    ["type", source.indexOf("tags"), undefined],
    ["variable", source.indexOf("contac.name"), "contact"],
  ]);
  expect(printType(checked.type)).toBe("text");
});
