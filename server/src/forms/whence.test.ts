import { createHash } from "node:crypto";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { Finding } from "@clew/contract/flows/lint";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../database/connect.ts";

import { ENGINES } from "../testing/configuration.ts";
import { everythingIn, sealingKeyIn } from "../testing/everything-in.ts";
import { flowAdmin } from "../testing/flows.ts";
import { formOf, opens } from "../testing/form-flows.ts";
import { changed, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { newId, postJson, startTestApp, TestStream } from "../testing/test-app.ts";

/** Two proxies in front: the customer's address is the second from the right, what stands before it anybody may write. */
const HEADERS = { "x-forwarded-for": "198.51.100.99, 203.0.113.7, 192.0.2.1", "user-agent": "Lantern/7" };
const BOTH = { ip: "203.0.113.7", userAgent: "Lantern/7" };

const consentOf = (id: string, more: object) => ({
  id,
  kind: "consent",
  textId: id,
  textVersion: 1,
  label: id,
  ...more,
});
const CONSENTS = formOf("test.whence", {
  components: [
    consentOf("both", { keep: ["ip", "userAgent"] }),
    consentOf("browser", { keep: ["userAgent"] }),
    consentOf("none", {}),
  ],
});
/** A consent in each item, with the item's own answer among its words. */
const SEVERAL = formOf("test.several", {
  components: [
    { id: "name", kind: "text", label: "Name" },
    consentOf("own", { label: "I, {{name}}, agree", keep: ["ip"] }),
    {
      ...{ id: "people", kind: "repeat", label: "People" },
      components: [
        { id: "who", kind: "text", label: "Name" },
        consentOf("each", { text: "{{who}} agrees with {{name}}.", label: "Agreed", keep: ["ip", "userAgent"] }),
      ],
    },
  ],
});
const GIVEN = { "ask.both": true, "ask.browser": true, "ask.none": true };

const sha256 = (words: string) => createHash("sha256").update(words).digest("hex");

const whence = ({ receipt }: Pick<FormEntry, "receipt">) =>
  receipt?.answers.map(({ consent }) => {
    const { textId: _textId, version: _version, hash: _hash, ...from } = consent ?? {};
    return from;
  });

describe.each(ENGINES)("whence a consent was given, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine, environment: { CLEW_TRUST_PROXY: "2" } });
    admin = await flowAdmin(app.url);
    await admin.publish(CONSENTS);
    await admin.publish(opens("test.whence"));
    await admin.publish(SEVERAL);
    await admin.publish(opens("test.several"));
  });
  afterAll(() => app.close());

  test("[BB11] what a consent says is kept of its sending, for staff alone, until the customer is erased", async () => {
    const served = await servedCase(app);
    const { conversationId, identity, customer, desk, person } = served;
    const { formId } = await pressButton(app, served, "opentest.whence");
    const elsewhere = await TestStream.open(app.url, { token: identity.accessToken, more: HEADERS });
    expect(await submit(elsewhere, conversationId, formId, GIVEN)).toMatchObject({ ok: true });
    expect(whence((await changed(desk, formId, "submitted")).form)).toEqual([BOTH, { userAgent: "Lantern/7" }, {}]);
    expect(whence((await changed(customer, formId, "submitted")).form)).toEqual([{}, {}, {}]);

    const read = async (headers: Record<string, string>) => {
      const response = await fetch(`${app.url}/api/v1/conversations/${conversationId}`, { headers });
      return (await response.json()) as { forms: FormEntry[] };
    };
    const asStaff = await read(person.headers);
    expect(asStaff.forms.map(whence)).toEqual([[BOTH, { userAgent: "Lantern/7" }, {}]]);
    const asCustomer = await read({ authorization: `Bearer ${identity.accessToken}` });
    expect(asCustomer.forms.map(whence)).toEqual([[{}, {}, {}]]);

    const database = await connect(app.place);
    try {
      const kept = await database.query.selectFrom("form_submissions").select("consents").executeTakeFirstOrThrow();
      expect(JSON.parse(kept.consents)).toMatchObject([{ ...BOTH, field: "ask.both" }, {}, {}]);
      const erased = await fetch(`${app.url}/api/v1/customers/${identity.customerId}`, {
        method: "DELETE",
        headers: admin.headers,
      });
      expect(erased.status).toBe(200);
      const left = await everythingIn(database, await sealingKeyIn(app.folder));
      expect([BOTH.ip, BOTH.userAgent].filter((word) => left.includes(word))).toEqual([]);
    } finally {
      await database.close();
    }
  });

  test("[BB11] a form that is sent by a request of its own is kept by the address of that request", async () => {
    const served = await servedCase(app);
    const { conversationId, identity, desk } = served;
    const { formId } = await pressButton(app, served, "opentest.whence");
    const command = { type: "form.submit", id: newId(), conversationId, formId, revision: 1, values: GIVEN };
    const headers = { ...HEADERS, authorization: `Bearer ${identity.accessToken}` };
    await postJson(`${app.url}/api/v1/commands`, command, headers);
    expect(whence((await changed(desk, formId, "submitted")).form)).toEqual([BOTH, { userAgent: "Lantern/7" }, {}]);
  });

  test("[FZ1] each item of a repeat keeps its own consent, with the words that were read in it and whence it came", async () => {
    const served = await servedCase(app);
    const { conversationId, identity, customer, desk } = served;
    const { formId } = await pressButton(app, served, "opentest.several");
    const elsewhere = await TestStream.open(app.url, { token: identity.accessToken, more: HEADERS });
    const people = [
      { who: "Bo", each: true },
      { who: "Cy", each: false },
      { who: "Di", each: true },
    ];
    const values = { "ask.name": "Ana", "ask.own": true, "ask.people": people };
    expect(await submit(elsewhere, conversationId, formId, values)).toMatchObject({ ok: true });
    const consents = ({ receipt }: Pick<FormEntry, "receipt">) =>
      (receipt?.answers ?? []).flatMap(({ field, consent }) => (consent ? [{ field, ...consent }] : []));
    const first = { field: "ask.people/0/each", textId: "each", version: 1, hash: sha256("Bo agrees with Ana.") };
    expect(consents((await changed(desk, formId, "submitted")).form)).toEqual([
      { field: "ask.own", textId: "own", version: 1, hash: sha256("I, Ana, agree"), ip: BOTH.ip },
      { ...first, ...BOTH },
      { ...first, field: "ask.people/2/each", hash: sha256("Di agrees with Ana."), ...BOTH },
    ]);
    expect(consents((await changed(customer, formId, "submitted")).form)[1]).toEqual(first);
  });

  test("[FZ2] over server-sent events it is the request with the answers that is kept, not the one that reads", async () => {
    const served = await servedCase(app);
    const { conversationId, identity, desk } = served;
    const { formId } = await pressButton(app, served, "opentest.whence");
    const command = { type: "form.submit", id: newId(), conversationId, formId, revision: 1, values: GIVEN };
    const reading = await fetch(`${app.url}/api/v1/stream/sse`, { headers: { "user-agent": "Reader/1" } });
    const reader = reading.body?.pipeThrough(new TextDecoderStream()).getReader();
    onTestFinished(() => reader?.cancel());
    const { value = "" } = (await reader?.read()) ?? {};
    const sse = `${app.url}/api/v1/stream/sse/${/event: link\ndata: (\S+)/.exec(value)?.[1]}`;
    await postJson(sse, [{ type: "hello", protocol: 1, token: identity.accessToken }]);
    await postJson(sse, [{ type: "command", command }], HEADERS);
    expect(whence((await changed(desk, formId, "submitted")).form)).toEqual([BOTH, { userAgent: "Lantern/7" }, {}]);
  });

  test("[BB12] [BB13] the server's linter knows what is live beside a draft", async () => {
    const lint = async (definition: object) =>
      (await admin.post<{ findings: Finding[] }>("/flows/lint", { definition })).findings.map(({ code }) => code);
    const other = { ...formOf("test.other", { components: [consentOf("both", { label: "Other words" })] }) };
    expect(await lint(other)).toContain("name-taken");
    expect(await lint({ ...other, nodes: CONSENTS.nodes })).not.toContain("name-taken");

    const ends = (key: string) => ({
      ...{ $schema: "flow/1", key, kind: "background", trigger: { on: "session.ended" }, start: "end" },
      nodes: { end: { type: "end" } },
    });
    await admin.publish(ends("test.first") as never);
    expect(await lint(ends("test.second"))).toContain("trigger");
    expect(await lint(ends("test.first"))).not.toContain("trigger");
  });
});
