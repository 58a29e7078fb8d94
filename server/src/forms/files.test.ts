import type { Attachment } from "@clew/contract/attachments";
import type { RunScreen } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, button, formOf } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, type Served, servedCase, skip, submit } from "../testing/form-stage.ts";
import { newId, postJson, signIn, startTestApp } from "../testing/test-app.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAPERS = formOf("test.papers", {
  components: [{ id: "papers", kind: "file", label: "Papers", max: 2, accept: ["application/pdf"], required: true }],
  outputs: { papers: { type: "list<file>?", label: "Papers" } },
});
const ASKS = asks("test.asksPapers", { form: PAPERS.key });
const SLOW = asks("test.slowPapers", { form: PAPERS.key, ask: { expires: "P7D" } });
const SHOWS = button("test.agentAdds", {
  ask: {
    type: "screen",
    title: "The contract",
    components: [{ id: "contract", kind: "file", label: "Contract", required: true }],
    next: "end",
  },
  end: { type: "end" },
});

describe.each(ENGINES)("files of a form on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    const admin = await flowAdmin(app.url);
    await admin.publish(PAPERS);
    await admin.publish(ASKS);
    await admin.publish(SLOW);
    await admin.publish(SHOWS);
  });
  afterAll(() => app.close());

  async function store(served: Served, content: string, by?: Record<string, string>): Promise<Attachment> {
    const body = new FormData();
    body.append("file", new Blob([content]), "proof.pdf");
    const response = await fetch(`${app.url}/api/v1/conversations/${served.conversationId}/attachments`, {
      method: "POST",
      headers: by ?? { authorization: `Bearer ${served.identity.accessToken}` },
      body,
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Attachment;
  }
  const read = ({ person }: Served, id: string) =>
    fetch(`${app.url}/api/v1/attachments/${id}`, { headers: person.headers }).then(({ status }) => status);

  test("[CW8] a file of an answer is the one that was stored for it; the agent reads it once it is sent, and it stays", async () => {
    const served = await servedCase(app);
    const other = await servedCase(app, "chiyo");
    const { formId } = await pressButton(app, served, ASKS.key, { conversationId: served.conversationId });
    const [pdf, foreign, text] = [
      await store(served, "%PDF-1.7 mine"),
      await store(other, "%PDF-1.7 not mine"),
      await store(served, "just words"),
    ];
    const send = (files: unknown) => submit(served.customer, served.conversationId, formId, { "ask.papers": files });
    const claimed = (file: Attachment) => ({ id: file.id, name: "x", size: 1, type: "application/pdf" });
    const side = formSide(served.desk, served.conversationId, formId);
    await side.join();
    for (const wrong of [claimed(foreign), claimed(text), { ...claimed(pdf), id: served.conversationId }]) {
      const refused = await send([wrong]);
      expect(refused).toMatchObject({ ok: false, problem: { fields: { "ask.papers": expect.any(String) } } });
    }
    await side.until("field", ({ view }) => view.field === "ask.papers" && view.problem !== undefined);
    expect(await read(served, pdf.id)).toBe(404);

    expect(await send([claimed(pdf)])).toMatchObject({ ok: true });
    const { form } = await changed(served.desk, formId, "submitted");
    const { id, name, size, type } = pdf;
    expect(form.receipt?.answers).toMatchObject([{ text: "proof.pdf", files: [{ id, name, size, type }] }]);
    expect(await read(served, pdf.id)).toBe(200);
    skip(app, 2 * DAY, served.customer, served.desk, other.customer);
    expect(await read(other, foreign.id)).toBe(404);
    expect(await read(served, pdf.id)).toBe(200);

    // Sent back, the same file is still the answer.
    const back = {
      type: "form.send-back",
      conversationId: served.conversationId,
      formId,
      text: "Once more",
      fields: [],
    };
    expect(await served.desk.command(back as never)).toMatchObject({ ok: true });
    const again = { type: "form.submit", conversationId: served.conversationId, formId, revision: 2, values: {} };
    expect(await served.customer.command(again as never)).toMatchObject({ ok: true });
  });

  test("[CW10] a file that a draft names stays for as long as the form is open, however late it is sent", async () => {
    const served = await servedCase(app, "chiyo");
    const { conversationId, customer } = served;
    const { formId } = await pressButton(app, served, SLOW.key, { conversationId });
    const { id, name, size, type } = await store(served, "%PDF-1.7 early");
    const left = await store(served, "%PDF-1.7 left", served.person.headers);
    const side = formSide(customer, conversationId, formId);
    await side.join();
    const op = side.act({ act: "set", field: "ask.papers", value: [{ id, name, size, type }], base: 0 });
    await side.until("ack", (said) => said.op === op);
    skip(app, DAY + 2 * HOUR, customer, served.desk);
    await expect.poll(() => read(served, left.id)).toBe(404);
    expect(await submit(customer, conversationId, formId, {})).toMatchObject({ ok: true });
    expect(await read(served, id)).toBe(200);
  });

  test("[CW9] a file that an agent adds on a screen of a script stays, and colleagues who see the conversation read it", async () => {
    const served = await servedCase(app);
    const file = await store(served, "%PDF-1.7 contract", served.person.headers);
    const left = await store(served, "%PDF-1.7 left", served.person.headers);
    const api = `${app.url}/api/v1`;
    const { headers } = served.person;
    const runId = newId();
    const inputs = { conversationId: served.conversationId };
    await postJson(
      `${api}/flows/${SHOWS.key}/runs`,
      { id: runId, conversationId: served.conversationId, inputs },
      headers,
    );
    const asked = () => fetch(`${api}/runs/${runId}/screen`, { headers }).then((response) => response.json());
    await expect.poll(async () => ((await asked()) as RunScreen).screen?.title).toBe("The contract");
    const screenId = ((await asked()) as RunScreen).screen?.id;
    const { id, name, size, type } = file;
    const values = { contract: { id, name, size, type } };
    await postJson(`${api}/runs/${runId}/answers`, { screenId, button: "next", values }, headers);
    app.skip(2 * DAY);
    const supervisor = { ...served, person: await signIn(app.url, "supervisor") };
    await expect.poll(() => read(served, left.id)).toBe(404);
    expect(await read(supervisor, file.id)).toBe(200);
  });
});
