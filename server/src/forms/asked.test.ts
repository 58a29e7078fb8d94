import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoredRecord } from "@clew/contract/flows/records";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, formOf, pinForm } from "../testing/form-flows.ts";
import { changed, pressButton, type Served, servedCase, skip, submit } from "../testing/form-stage.ts";
import { newGuest, newId, postJson, startTestApp, TestStream } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";
const IBAN = "DE89370400440532013000";

type Server = Awaited<ReturnType<typeof startTestApp>>;

/** A customer whose client shows messages and nothing else. */
async function plainCase(app: Server, agent = "amara"): Promise<Served> {
  return servedCase(app, agent, newGuest(app.url), []);
}

/** The two sides of a chat: what the bot said after the customer's words, and those words. */
function talk(stream: TestStream, conversationId: string) {
  const said = () => stream.events(conversationId).flatMap((event) => (event.type === "message.posted" ? [event] : []));
  const post = (text: string) => stream.command({ type: "message.post", conversationId, text, attachments: [] });
  return {
    said,
    bot: () => said().flatMap(({ by, text }) => (by.who === "bot" ? [text] : [])),
    post,
    /** Says it, and waits for the answer of the bot to it. */
    async says(text: string): Promise<string> {
      const answered = await post(text);
      if (!answered.ok) throw new Error(JSON.stringify(answered.problem));
      const { number } = answered.answer;
      await expect.poll(() => said().some((event) => event.number > number && event.by.who === "bot")).toBe(true);
      return said().find((event) => event.number > number && event.by.who === "bot")?.text ?? "";
    },
    /** The first question. */
    async asked(): Promise<string> {
      await expect.poll(() => said().filter(({ by }) => by.who === "bot").length).toBeGreaterThan(0);
      return said().findLast(({ by }) => by.who === "bot")?.text ?? "";
    },
  };
}

/** A button that opens the form, and says what came of it, or why nothing could. */
const tells = (key: string, form: string, answers: string) =>
  asks(key, {
    form,
    vars: { answers: { type: "map?" } },
    ask: { into: "answers", faults: [{ match: ["*"], next: "cannot", as: "fault" }], next: "tell" },
    nodes: {
      tell: says(answers),
      cannot: says("cannot: {{fault.code}}, {{fault.message}}"),
    },
  });
const says = (text: string) => ({ type: "message.send", conversation: "=conversationId", text, next: "end" });

const caseOf = async (admin: Awaited<ReturnType<typeof flowAdmin>>, caseId: string) => {
  const { values } = await admin.request<StoredRecord>("GET", `/records/Case/${caseId}`);
  const { useOfFunds, useOfFundsDetail, payoutIban } = values as Record<string, unknown>;
  return { useOfFunds, useOfFundsDetail, payoutIban };
};

describe.each(ENGINES)("a form asked as messages on %s", (engine) => {
  let app: Server;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  test("[C28] where forms cannot be shown the same questions are asked as messages, and the output is the same", async () => {
    const asked = await plainCase(app);
    const { formId, runId } = await pressButton(app, asked, LOAN);
    const chat = talk(asked.customer, asked.conversationId);
    expect(await chat.asked()).toContain("what do you want to use the money for?");
    expect(await chat.asked()).toContain("3. For something else");
    // What does not fit is told in the field's own words, and asked again.
    const again = await chat.says("a spaceship");
    expect(again).toContain("Please choose one of the options.");
    expect(again).toContain("1. To renovate");
    expect(await chat.says("for something else")).toContain("What will it be?");
    expect(await chat.says("a boat")).toContain("Our team can read what you write here.");
    expect(await chat.says("DE00 1234")).toContain("not a valid IBAN");
    expect(await chat.says("DE89 3704 0044 0532 0130 00")).toContain("Reply yes to agree.");
    await chat.says("yes");
    const sent = await changed(asked.customer, formId, "submitted");
    await expect.poll(async () => (await admin.run(runId)).run.node).toBe("show");

    const shown = await servedCase(app, "chiyo");
    const form = await pressButton(app, shown, LOAN);
    const values = { "ask.reason": "other", "ask.detail": "a boat", "ask.iban": IBAN, "ask.agreed": true };
    expect(await submit(shown.customer, shown.conversationId, form.formId, values)).toMatchObject({ ok: true });
    const filled = await changed(shown.customer, form.formId, "submitted");
    await expect.poll(async () => (await admin.run(form.runId)).run.node).toBe("show");
    expect(sent.form.receipt?.answers).toEqual(filled.form.receipt?.answers);
    expect(sent.form.receipt?.by).toBe("customer");
    expect(await caseOf(admin, asked.caseId)).toEqual(await caseOf(admin, shown.caseId));
    expect(talk(shown.customer, shown.conversationId).bot()).not.toContainEqual(
      expect.stringContaining("1. To renovate"),
    );
  });

  test("[FA1] back asks the question before once more, cancel gives the form up, as its buttons do", async () => {
    const { customer, conversationId, ...served } = await plainCase(app);
    const { formId, runId } = await pressButton(app, { customer, conversationId, ...served }, LOAN);
    const chat = talk(customer, conversationId);
    await chat.asked();
    expect(await chat.says("2")).toContain("Account");
    expect(await chat.says("Back")).toContain("1. To renovate");
    expect(await chat.says("1")).toContain("Account");
    expect(await chat.says("cancel")).toContain("Nothing was sent");
    expect((await changed(customer, formId, "cancelled")).by.who).toBe("customer");
    await expect.poll(async () => (await admin.run(runId)).run.status).toBe("completed");
    // What comes after is a message like any other.
    const before = chat.bot().length;
    expect(await chat.post("1")).toMatchObject({ ok: true });
    expect(chat.bot()).toHaveLength(before);
  });

  test("[FA25] when time runs out the question is put once more, and the end is told; an agent's words about it as well", async () => {
    const served = await plainCase(app);
    const { formId } = await pressButton(app, served, LOAN);
    const chat = talk(served.customer, served.conversationId);
    await chat.asked();
    skip(app, 6 * 60_000, served.customer, served.desk);
    await expect.poll(() => chat.bot().at(-1)).toMatch(/^This is still open\.\n\nPurpose/);
    skip(app, 30 * 60_000, served.customer, served.desk);
    await changed(served.customer, formId, "expired");
    await expect
      .poll(() => chat.bot().some((text) => text.startsWith("The time for these questions is over")))
      .toBe(true);
    const other = await plainCase(app, "chiyo");
    const open = await pressButton(app, other, LOAN);
    const talked = talk(other.customer, other.conversationId);
    await talked.asked();
    const { conversationId } = other;
    await other.desk.command({ type: "form.cancel", conversationId, formId: open.formId, text: "We have found it." });
    await expect.poll(() => talked.bot()).toContain("We have found it.");
  });

  test("[FA26] sent back by the agent, what they name is asked again, and the second answer counts", async () => {
    const served = await plainCase(app, "chiyo");
    const { conversationId, customer, desk } = served;
    const { formId } = await pressButton(app, served, LOAN);
    const chat = talk(customer, conversationId);
    await chat.asked();
    for (const answer of ["1", "skip"]) await chat.says(answer);
    await chat.says("yes");
    await changed(customer, formId, "submitted");
    const fields = ["ask.reason"];
    await desk.command({ type: "form.send-back", conversationId, formId, text: "Are you sure?", fields });
    await expect.poll(() => chat.bot().at(-1)).toMatch(/^Are you sure\?\n\nPurpose/);
    await chat.says("2");
    await expect
      .poll(() =>
        customer.events(conversationId).flatMap((event) => (event.type === "form.changed" ? [event.how] : [])),
      )
      .toEqual(["submitted", "sent-back", "submitted"]);
    const last = customer.events(conversationId).findLast((event) => event.type === "form.changed");
    expect(last?.type === "form.changed" && last.form.receipt?.answers[0]?.text).toBe("To buy a vehicle");
  });

  test("[FA27] what was written before a question stood is no answer to it", async () => {
    const served = await plainCase(app);
    await pressButton(app, served, LOAN);
    const chat = talk(served.customer, served.conversationId);
    await chat.asked();
    const [, second] = await Promise.all([chat.post("2"), chat.post("one moment, please")]);
    await expect.poll(() => chat.bot().some((text) => text.startsWith("Account that"))).toBe(true);
    expect(await chat.says("skip")).toContain("Reply yes to agree.");
    const question = chat.said().find(({ text }) => text.startsWith("Account that"));
    const taken = chat.bot().some((text) => text.includes("not a valid IBAN"));
    // On a slow machine the question may have been there first: then it is one.
    expect(taken).toBe(second?.ok === true && second.answer.number > (question?.number ?? 0));
  });

  test("[FA29] what the customer says to an agent in between is no try; what fits the question is its answer", async () => {
    const served = await plainCase(app);
    const { conversationId, customer, desk } = served;
    await pressButton(app, served, LOAN);
    const chat = talk(customer, conversationId);
    await chat.asked();
    const tell = { type: "message.post", conversationId, text: "Take your time.", attachments: [] } as const;
    expect(await desk.command(tell)).toMatchObject({ ok: true });
    expect(await chat.says("thank you, one moment")).toMatch(/^Our team can read this\. .*\n\nPurpose/);
    expect(await desk.command(tell)).toMatchObject({ ok: true });
    expect(await chat.says("2")).toContain("Account");
  });

  test("[FA2] what no message can ask takes the path for faults, and nothing is opened", async () => {
    await admin.publish(pinForm(`test.pin.${engine}`));
    await admin.publish(tells(`test.askPin.${engine}`, `test.pin.${engine}`, "sent"));
    const { customer, conversationId, caseId, person } = await plainCase(app);
    await postJson(
      `${app.url}/api/v1/flows/test.askPin.${engine}/runs`,
      { id: newId(), conversationId, caseId, inputs: { conversationId } },
      person.headers,
    );
    const chat = talk(customer, conversationId);
    await expect.poll(() => chat.bot()).toContainEqual(expect.stringMatching(/^cannot: forbidden, .*ask\.pin$/));
    expect(customer.events(conversationId).some(({ type }) => type === "form.opened")).toBe(false);
  });

  test("[FA3] items of a repeat are asked one after the other, until there is no further one", async () => {
    const name = `test.pets.${engine}`;
    await admin.publish(
      formOf(name, {
        components: [
          {
            ...{ id: "pets", kind: "repeat", label: "Pets" },
            components: [{ id: "name", kind: "text", label: "Name", required: true }],
          },
          { id: "note", kind: "text", label: "Anything else?" },
        ],
        outputs: { pets: { type: "list<map>?" } },
      }),
    );
    await admin.publish(tells(`test.askPets.${engine}`, name, "pets: {{join(answers.pets.map(pet, pet.name), ', ')}}"));
    const { customer, conversationId, caseId, person } = await plainCase(app);
    await postJson(
      `${app.url}/api/v1/flows/test.askPets.${engine}/runs`,
      { id: newId(), conversationId, caseId, inputs: { conversationId } },
      person.headers,
    );
    const chat = talk(customer, conversationId);
    expect(await chat.asked()).toContain("0 so far");
    expect(await chat.says("yes")).toContain("1 · Name");
    expect(await chat.says("Rex")).toContain("1 so far");
    expect(await chat.says("yes")).toContain("2 · Name");
    expect(await chat.says("Minka")).toContain("2 so far");
    expect(await chat.says("no")).toContain("Anything else?");
    await chat.says("skip");
    await expect.poll(() => chat.bot()).toContain("pets: Rex, Minka");
  });
});

test("[FA4] the asking goes on after a restart, and no question is asked twice", async () => {
  const data = await mkdtemp(join(tmpdir(), "clew-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const before = await startTestApp({ data });
  const served = await plainCase(before);
  const { conversationId, identity } = served;
  const { formId } = await pressButton(before, served, LOAN);
  const chat = talk(served.customer, conversationId);
  await chat.asked();
  await chat.says("2");
  const asked = chat.bot();
  await before.close();
  const after = await startTestApp({ data });
  onTestFinished(() => after.close());
  const customer = await TestStream.open(after.url, { token: identity.accessToken });
  customer.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
  await customer.until(({ type }) => type === "live");
  const again = talk(customer, conversationId);
  expect(await again.says("skip")).toContain("Reply yes to agree.");
  await again.says("yes");
  const { form } = await changed(customer, formId, "submitted");
  expect(form.receipt?.answers.map(({ text }) => text)).toEqual(["To buy a vehicle", "✓"]);
  expect(again.bot().slice(0, asked.length)).toEqual(asked);
  expect(new Set(again.bot()).size).toBe(again.bot().length);
});
