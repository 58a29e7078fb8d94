import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { formOf, opens } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, skip, submit } from "../testing/form-stage.ts";
import { startTestApp } from "../testing/test-app.ts";

const DAY_MS = 24 * 3_600_000;
const QUESTIONS = [
  { id: "email", kind: "email", label: "E-mail" },
  { id: "plan", kind: "choice", label: "Plan", options: ["s", "m"].map((value) => ({ value, label: value })) },
  { id: "born", kind: "date", label: "Born", privacy: "private" },
  { id: "agreed", kind: "consent", label: "Agreed", textId: "terms", textVersion: 1 },
];

describe.each(ENGINES)("what is remembered on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    const admin = await flowAdmin(app.url);
    await admin.publish(formOf("first", { components: QUESTIONS, page: { remember: true } }));
    const open = [{ ...QUESTIONS[1] }, { ...QUESTIONS[2], privacy: "open" }];
    await admin.publish(formOf("second", { components: open, page: { remember: true } }));
    await admin.publish(formOf("third", { components: QUESTIONS, page: { remember: false } }));
    for (const name of ["first", "second", "third"]) await admin.publish(opens(name));
  });
  afterAll(() => app.close());

  test("[FA12] what was told in the conversation is filled in, with the day, and what is changed is what counts", async () => {
    const served = await servedCase(app);
    const open = async (name: string) => {
      const inputs = { conversationId: served.conversationId };
      const { formId } = await pressButton(app, served, `open${name}`, inputs);
      const side = formSide(served.customer, served.conversationId, formId);
      const { view } = await side.join();
      const fields = Object.fromEntries(
        view.fields.map(({ field, value, source, at }) => [field, { value, source, at }]),
      );
      return { formId, fields, side };
    };
    const { formId, fields } = await open("first");
    // From the pre-chat, where it was typed; the rest is new.
    expect(fields["ask.email"]).toMatchObject({ value: "ana@clew.example", source: "carried" });
    expect(fields["ask.plan"]?.value).toBeUndefined();
    const answers = { "ask.email": "ana@new.example", "ask.plan": "m", "ask.born": "1990-01-02", "ask.agreed": true };
    expect(await submit(served.customer, served.conversationId, formId, answers)).toMatchObject({ ok: true });
    const sent = await changed(served.customer, formId, "submitted");
    skip(app, 3 * DAY_MS, served.customer, served.desk);

    const later = await open("first");
    expect(later.fields["ask.email"]).toEqual({
      value: "ana@new.example",
      source: "carried",
      at: sent.form.receipt?.at,
    });
    expect(later.fields["ask.plan"]).toMatchObject({ value: "m", source: "carried" });
    expect(later.fields["ask.born"]).toMatchObject({ value: "1990-01-02", source: "carried" });
    // A consent is given anew every time.
    expect(later.fields["ask.agreed"]?.value).toBeUndefined();
    later.side.act({ act: "set", field: "ask.plan", value: "s", base: 99 });
    await later.side.until("field", ({ view: { field, value } }) => field === "ask.plan" && value === "s");
    expect(await submit(served.customer, served.conversationId, later.formId, { "ask.agreed": true })).toMatchObject({
      ok: true,
    });
    const receipt = (await changed(served.customer, later.formId, "submitted")).form.receipt;
    expect(receipt?.answers.find(({ field }) => field === "ask.plan")?.text).toBe("s");

    const other = await open("second");
    expect(other.fields["ask.plan"]).toMatchObject({ value: "s", source: "carried" });
    // What was private is not filled in where everybody may see it; nor anything where nobody wants it.
    expect(other.fields["ask.born"]?.value).toBeUndefined();
    expect((await open("third")).fields["ask.email"]?.value).toBeUndefined();
  });

  test("[FA13] of another customer nothing is filled in", async () => {
    const served = await servedCase(app, "chiyo");
    const inputs = { conversationId: served.conversationId };
    const { formId } = await pressButton(app, served, "opensecond", inputs);
    const { view } = await formSide(served.customer, served.conversationId, formId).join();
    expect(view.fields.filter(({ value }) => value !== undefined)).toEqual([]);
  });
});
