import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES } from "../testing/configuration.ts";
import { everythingIn, sealingKeyIn } from "../testing/everything-in.ts";
import { flowAdmin } from "../testing/flows.ts";
import { changed, formSide, pressButton, type Served, servedCase, submit } from "../testing/form-stage.ts";
import { ASKS_HIDDEN, filesIn, HIDDEN_FORM } from "../testing/hidden-answers.ts";
import { signIn, startTestApp } from "../testing/test-app.ts";

const IBAN = "DE89370400440532013000";
const PIN = "4711-hush-4711";
const DAY = 86_400_000;

describe.each(ENGINES)("answers that are nobody's business, on %s", (engine) => {
  const logs: string[] = [];
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let database: Database;
  let key: Uint8Array;
  beforeAll(async () => {
    app = await startTestApp({ engine, logs });
    [admin, database, key] = await Promise.all([flowAdmin(app.url), connect(app.place), sealingKeyIn(app.folder)]);
    await admin.publish(HIDDEN_FORM);
    await admin.publish(ASKS_HIDDEN);
  });
  afterAll(async () => {
    await database.close();
    await app.close();
  });

  const read = async (path: string, headers: Record<string, string>) =>
    (await fetch(`${app.url}/api/v1${path}`, { headers })).text();

  /** All places where somebody might find what was typed, by name. */
  async function places({ desk, identity, person, conversationId, caseId }: Served, runId: string) {
    const stranger = await signIn(app.url, "chiyo");
    const conversation = `/conversations/${conversationId}`;
    return {
      "the agent's wire": JSON.stringify(desk.messages),
      "the store": await everythingIn(database),
      "the files of the server, which backups copy": await filesIn(app.folder),
      "the log": logs.join(""),
      "the run": await read(`/runs/${runId}`, admin.headers),
      "the run's screen": await read(`/runs/${runId}/screen`, person.headers),
      "the transcript of staff": await read(`${conversation}/transcript`, person.headers),
      "the transcript of the customer": await read(`${conversation}/transcript`, {
        authorization: `Bearer ${identity.accessToken}`,
      }),
      "the timeline and its export": await read(`${conversation}/events`, admin.headers),
      "the conversation": await read(conversation, admin.headers),
      "the case, for who does not serve": await read(`/records/Case/${caseId}`, stranger.headers),
      "the audit": await read("/audit", admin.headers),
    };
  }
  async function found(word: string, served: Served, runId: string): Promise<string[]> {
    return Object.entries(await places(served, runId)).flatMap(([place, text]) => (text.includes(word) ? [place] : []));
  }
  const sealed = async (word: string) => (await everythingIn(database, key)).includes(word);

  test("[C16] a private and a secret answer are on no wire, in no log, trace, transcript, export or backup; the secret is gone after a day", async () => {
    const served = await servedCase(app);
    const { customer, desk, conversationId, caseId } = served;
    const { formId, runId } = await pressButton(app, served, ASKS_HIDDEN.key, { conversationId, caseId });
    const [typing, looking] = [customer, desk].map((stream) => formSide(stream, conversationId, formId));
    await typing?.join();
    await looking?.join();
    typing?.act({ act: "set", field: "ask.word", value: "geranium", base: 0 });
    typing?.act({ act: "set", field: "ask.iban", value: IBAN, base: 0 });
    typing?.act({ act: "set", field: "ask.pin", status: "filled", base: 0 });
    await looking?.until("field", ({ view: { field, status } }) => field === "ask.pin" && status === "filled");
    // What is open is found where it should be: the search is none that finds nothing.
    expect(await found("geranium", served, runId)).toContain("the agent's wire");
    expect(await found(IBAN, served, runId)).toEqual([]);
    expect(await sealed(IBAN)).toBe(true);
    expect(await sealed(PIN)).toBe(false);

    expect(await submit(customer, conversationId, formId, { "ask.pin": PIN })).toMatchObject({ ok: true });
    await changed(desk, formId, "submitted");
    await expect.poll(async () => (await admin.run(runId)).run.node).toBe("wait");
    expect(await found("geranium", served, runId)).toEqual(
      expect.arrayContaining(["the store", "the run", "the conversation", "the case, for who does not serve"]),
    );
    expect(await found(IBAN, served, runId)).toEqual([]);
    expect(await found(PIN, served, runId)).toEqual([]);
    expect(await sealed(IBAN)).toBe(true);
    expect(await sealed(PIN)).toBe(true);

    app.skip(DAY);
    await expect.poll(() => sealed(PIN), { timeout: 12_000 }).toBe(false);
    expect(await sealed(IBAN)).toBe(true);
  });
});
