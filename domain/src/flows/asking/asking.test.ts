import type { Flow } from "@clew/contract/flows/definition";
import { expect, test } from "vitest";
import { draftAnswers, type FormDraft } from "../cowork/draft.ts";
import { formOf } from "../cowork/form.ts";
import { prefilled } from "../cowork/rules.ts";
import { MOST_ASIDES } from "./aside.ts";
import { unaskable } from "./askable.ts";
import { MOST_TRIES, NOT_ASKED_YET } from "./asking.ts";
import { type AskedForm, nextQuestion } from "./next-question.ts";
import { questionText } from "./question-text.ts";
import { askAgain, askRefused, takeAnswer } from "./take-answer.ts";

const EMPTY: FormDraft = { seq: 0, fields: new Map(), suggestions: new Map(), sent: [], showTyping: true };
const NAME = { id: "name", kind: "text", label: "Name", required: true };
const DAY = { id: "day", kind: "date", label: "Day", required: true };
const GOES = { id: "goes", kind: "boolean", label: "Coming?", required: true };
const COLOUR = {
  id: "colour",
  kind: "choice",
  label: "Colour",
  required: true,
  options: [
    { value: "red", label: "Red" },
    { value: "back", label: "Back" },
  ],
};

/** A form of these screens, one after the other, answered by messages. */
function asking(screens: readonly object[], locale = "en") {
  const nodes = Object.fromEntries(
    screens.map((screen, index) => [`page${index}`, { type: "screen", next: `page${index + 1}`, ...screen }]),
  );
  const flow = { $schema: "flow/1", key: "f", kind: "screen", audience: "customer", title: "F", start: "page0" };
  const whole = { ...flow, nodes: { ...nodes, [`page${screens.length}`]: { type: "end" } } } as unknown as Flow;
  const form = formOf({ flow: whole, version: 1 });
  let asked: AskedForm = {
    ...{ form, inputs: {}, draft: EMPTY, confirms: false },
    shown: { now: 1_000, zone: "UTC", locale },
  };
  let number = 0;
  return {
    form,
    get draft() {
      return asked.draft;
    },
    get answers() {
      return draftAnswers(asked.draft);
    },
    change(change: (draft: FormDraft) => FormDraft) {
      asked = { ...asked, draft: change(asked.draft) };
    },
    again(sentBack: Parameters<typeof askAgain>[1]) {
      asked = { ...asked, draft: askAgain(asked, sentBack) };
    },
    question(): string | null {
      const { next, draft } = nextQuestion(asked);
      const { heard = 0, before = null } = draft.asking ?? {};
      return questionText({ ...asked, draft }, next, { before, first: heard === 0 });
    },
    says(text: string, toAgent = false): string {
      number += 1;
      const heard = { text, number, op: `op ${number}`, customerId: "c", toAgent };
      asked = { ...asked, draft: takeAnswer(asked, heard) };
      return asked.draft.asking?.then ?? "";
    },
  };
}

test("[FA5] a word that leads away is an answer where it is one of the options, and its button's own word counts too", () => {
  const form = asking([{ components: [NAME, COLOUR], buttons: { back: "Previous", cancel: false } }]);
  expect(form.question()).toContain("Reply “Previous” to return");
  expect(form.question()).not.toContain("to stop");
  form.says("Ana");
  form.says("previous");
  expect(form.answers.page0).toBeUndefined();
  form.says("cancel");
  expect(form.answers.page0).toEqual({ name: "cancel" });
  expect(form.says("back")).toBe("send");
  expect(form.answers.page0).toEqual({ name: "cancel", colour: "back" });
});

test("[FA6] answers to be looked at are listed before they are sent; the number of one asks it again", () => {
  const form = asking([{ components: [NAME] }, { components: [GOES], review: true, buttons: { next: "Book it" } }]);
  form.says("Ana");
  expect(form.says("no")).toBe("ask");
  expect(form.question()).toContain("1. Name: Ana\n2. Coming?: –");
  expect(form.question()).toContain("“Book it”");
  form.says("1");
  expect(form.question()).toBe("Name");
  form.says("Bea");
  expect(form.question()).toContain("1. Name: Bea");
  expect(form.says("book it")).toBe("send");
});

test("[FA7] what the customer did not say in this form is shown before it is sent where it was carried", () => {
  const form = asking([{ components: [NAME, GOES] }]);
  form.change((draft) =>
    prefilled(
      draft,
      { field: "page0.name", value: "Ana", question: NAME as never, source: "carried" },
      { now: 1, shown: { now: 1, zone: "UTC", locale: "en" } },
    ),
  );
  expect(form.question()).toContain("Coming?");
  form.says("yes");
  expect(form.question()).toContain("1. Name: Ana");
  expect(form.says("send")).toBe("send");
});

test("[FA8] sent back, the fields named are asked again after the remark, once; answers given since stay", () => {
  const form = asking([{ components: [NAME, GOES] }]);
  form.says("Ana");
  form.says("yes");
  // As the sending leaves them: nobody's latest act.
  form.change((draft) => ({
    ...draft,
    fields: new Map([...draft.fields].map(([name, field]) => [name, { ...field, op: null }])),
  }));
  const again = { number: 9, text: "Your whole name, please.", fields: ["page0.name"] };
  form.again(again);
  expect(form.question()).toBe("Your whole name, please.\n\nName");
  const before = form.draft;
  form.again(again);
  expect(form.draft).toBe(before);
  form.again({ number: 10, text: "All of it.", fields: [] });
  form.change((draft) => ({ ...draft, asking: { ...(draft.asking ?? NOT_ASKED_YET), heard: 0 } }));
  expect(form.says("Ana Sol")).toBe("ask");
  expect(form.question()).toContain("Coming?");
});

test("[FA9] answers that do not fit are asked again so often, then the form is given up", () => {
  const form = asking([{ components: [DAY] }]);
  for (let tries = 1; tries < MOST_TRIES; tries += 1) {
    expect(form.says("soon")).toBe("ask");
    expect(form.question()).toMatch(/^There is no such date\.\n\nDay/);
  }
  expect(form.says("soon")).toBe("give-up");
});

test("[FA10] what was refused when it was sent is asked again with the reason", () => {
  const form = asking([{ components: [NAME, GOES] }]);
  form.says("Ana");
  form.says("yes");
  form.change((draft) => askRefused(draft, { "page0.name": "Nobody knows this name." }));
  expect(form.question()).toBe("Nobody knows this name.\n\nName");
});

test("[FA11] questions are asked in the customer's language, with what helps to answer them", () => {
  const form = asking(
    [{ title: "Termin", components: [{ kind: "display", text: "Wir haben **werktags** offen." }, DAY, GOES] }],
    "de-AT",
  );
  expect(form.question()).toContain("Termin\n\nWir haben **werktags** offen.\n\nDay\nZum Beispiel: 31.12.1990");
  expect(form.says("24.12.2026")).toBe("ask");
  expect(form.question()).toBe("Coming?\nBitte mit Ja oder Nein antworten.");
  expect(form.says("ja")).toBe("send");
  expect(form.answers.page0).toEqual({ day: "24.12.2026", goes: true });
});

test("[SE6] labels, options and answers are only text in the message that asks", () => {
  const heading = { kind: "heading", text: "About *{{page0.name}}*" };
  const shown = { kind: "display", text: "**Read** {{page0.name}}" };
  const ways = { ...COLOUR, label: "A _way_", options: [{ value: "a", label: "[Red](https://evil.example)" }] };
  const form = asking([{ components: [NAME] }, { title: "# Two", components: [heading, shown, ways], review: true }]);
  form.says("*Ana* [x](https://evil.example)");
  const name = "\\*Ana\\* \\[x\\](https://evil.example)";
  const question = form.question();
  expect(question).toContain(`\\# Two\n\nAbout \\*${name}\\*\n\n**Read** ${name}\n\nA \\_way_\n`);
  expect(question).toContain("1. \\[Red\\](https://evil.example)");
  form.says("1");
  expect(form.question()).toContain(`1. Name: ${name}\n2. A \\_way_: \\[Red\\](https://evil.example)`);
});

test("[FA28] who asks back has not answered wrongly: the question is put once more, and no try is lost for so long", () => {
  const form = asking([{ components: [DAY] }]);
  for (let asides = 1; asides <= MOST_ASIDES; asides += 1) {
    expect(form.says("Why do you need that? 🙂")).toBe("ask");
    expect(form.question()).toBe(
      `Our team can read this. To go on, please answer this question:\n\nDay\nFor example: Dec 31, 1990`,
    );
  }
  for (let tries = 1; tries < MOST_TRIES; tries += 1) expect(form.says("why？")).toBe("ask");
  expect(form.question()).toContain("There is no such date.");
  expect(form.says("why؟")).toBe("give-up");
  const fits = asking([{ components: [{ ...NAME, kind: "longText" }, DAY] }]);
  fits.says("Where is my order?");
  expect(fits.answers.page0).toEqual({ name: "Where is my order?" });
});

test("[FA29] what is said to an agent is no try, and the question is put behind it once; what fits is the answer", () => {
  const form = asking([{ components: [DAY, GOES] }]);
  form.says("one moment", true);
  expect(form.question()).toMatch(/^Our team can read this/);
  const before = form.draft;
  for (let words = 0; words < 20; words += 1) form.says("I am looking for it", true);
  expect(form.draft).toBe(before);
  form.says("2026-12-24", true);
  expect(form.question()).toContain("Coming?");
});

test("[FA30] where any words would do, what is said to an agent is the answer once the customer says so", () => {
  const form = asking([{ components: [NAME, COLOUR] }]);
  form.says("Thanks, I'll do that", true);
  expect(form.question()).toBe(
    "Is “Thanks, I'll do that” your answer here? Reply yes, or answer the question:\n\nName",
  );
  form.says("Ana $& Sol", true);
  form.says("no");
  expect(form.question()).toMatch(/^Our team can read this/);
  form.says("Ana $& Sol", true);
  expect(form.question()).toContain("“Ana $& Sol”");
  expect(form.answers.page0).toBeUndefined();
  form.says("yes");
  expect(form.answers.page0).toEqual({ name: "Ana $& Sol" });
  expect(form.question()).toContain("Colour");
  const other = asking([{ components: [NAME] }]);
  other.says("ok, thanks", true);
  expect(other.says("Bea")).toBe("send");
  expect(other.answers.page0).toEqual({ name: "Bea" });
});

test("[FZ12] a question of an item is asked with the answers of that item in its words, whatever the page has of that name", () => {
  const people = {
    ...{ id: "people", kind: "repeat", label: "People", min: 2, max: 2 },
    components: [NAME, { kind: "heading", text: "Now {{name}}" }, { ...DAY, label: "Birthday of {{name}}" }],
  };
  const form = asking([{ components: [NAME, people] }]);
  form.says("Ana");
  form.says("Bo");
  expect(form.question()).toContain("Now Bo");
  expect(form.question()).toContain("1 · Birthday of Bo");
  form.says("2015-02-03");
  form.says("Cy");
  expect(form.question()).toContain("2 · Birthday of Cy");
});

test("[FA2] secrets, files, signatures and payments cannot be asked, wherever they stand", () => {
  const inside = { id: "list", kind: "repeat", components: [{ id: "scan", kind: "file" }] };
  expect(unaskable(asking([{ components: [NAME] }, { components: [inside] }]).form)).toBe("page1.list.scan");
  const group = { kind: "group", components: [{ id: "pin", kind: "text", privacy: "secret" }] };
  expect(unaskable(asking([{ components: [group] }]).form)).toBe("page0.pin");
  expect(unaskable(asking([{ components: [NAME, DAY, COLOUR] }]).form)).toBeNull();
});
