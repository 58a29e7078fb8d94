import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createChat } from "@clew/client";
import { chatForm } from "@clew/client/forms";
import type { FormEntry } from "@clew/contract/flows/entries";
import { ENGINES } from "@clew/server/testing/configuration";
import { answersOf } from "@clew/server/testing/customer";
import { flowAdmin } from "@clew/server/testing/flows";
import { formOf, opens } from "@clew/server/testing/form-flows";
import { formSide } from "@clew/server/testing/form-stage";
import { createTestDatabase } from "@clew/server/testing/postgres";
import { DEMO_CHANNELS, newId, signIn, TestStream } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/postgres-cluster.ts";
import { ServerProcess } from "../support/server-process.ts";

/** One field that the customer fills in, one that the agent does. */
const FORM = formOf("test.both", {
  components: [
    { id: "hers", kind: "text", label: "Yours", edit: "both" },
    { id: "ours", kind: "text", label: "Ours", edit: "both" },
  ],
});
const typed = { status: "valid", now: true } as const;
const patiently = { timeout: 30_000 };

async function serverOn(engine: (typeof ENGINES)[number]): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), "clew-both-"));
  const database = engine === "postgres" ? await createTestDatabase() : null;
  const server = ServerProcess.clew({ port: await freePort(), data, databaseUrl: database?.url ?? null });
  onTestFinished(async () => {
    await server.kill();
    await database?.drop();
    await rm(data, { recursive: true, force: true });
  });
  await server.start();
  return server;
}

test.each(ENGINES)(
  "[C9] killed while customer and agent type (%s): both read the same after, and nothing that either typed is missing",
  { timeout: 120_000 },
  async (engine) => {
    const server = await serverOn(engine);
    const { url } = server;
    const admin = await flowAdmin(url);
    await admin.publish(FORM);
    await admin.publish(opens(FORM.key));
    const chat = createChat({ server: url, channelId: DEMO_CHANNELS.shop, language: "en", shows: ["forms"] });
    onTestFinished(() => chat.close());
    const begun = await chat.start({ answers: answersOf() });
    if (!begun.ok) throw new Error(JSON.stringify(begun.problem));
    const conversationId = begun.value.conversationId ?? "";
    const amara = await signIn(url, "amara");
    const atDesk = async () => {
      const stream = await TestStream.open(url, { cookie: amara.cookie, origin: url });
      await stream.until(({ type }) => type === "welcome");
      return stream;
    };
    const desk = await atDesk();
    expect(await desk.command({ type: "session.take", conversationId })).toMatchObject({ ok: true });
    const start = { id: newId(), conversationId, inputs: { conversationId } };
    await admin.post(`/flows/open${FORM.key}/runs`, start);
    const entry = () => chat.state.get().conversation?.forms?.[0];
    await expect.poll(() => entry()?.state, patiently).toBe("open");
    const form = chatForm(chat, entry() as FormEntry);
    onTestFinished(() => form.close());
    await expect.poll(() => form.state.get().connection, patiently).toBe("ready");
    const agent = formSide(desk, conversationId, form.state.get().entry.id);
    await agent.join();

    // Some of it is confirmed, some is on its way, some is typed while nobody is there to hear it.
    form.set("ask.hers", "A boat", typed);
    await agent.until("field", ({ view: { field, value } }) => field === "ask.hers" && value === "A boat");
    form.set("ask.hers", "A boat for", typed);
    const said = { act: "set", op: newId(), field: "ask.ours", value: "At four per cent", base: 0 } as const;
    agent.act(said);
    await server.kill();
    form.set("ask.hers", "A boat for the lake", typed);
    await server.start();

    const again = formSide(await atDesk(), conversationId, form.state.get().entry.id);
    await again.join();
    // What was not confirmed is sent once more under its own id, as the console does.
    again.act(said);
    await again.until("ack", ({ op }) => op === said.op);
    const both = { "ask.hers": "A boat for the lake", "ask.ours": "At four per cent" };
    await expect.poll(async () => valuesOf((await again.join()).view.fields), patiently).toEqual(both);
    await expect.poll(() => valuesOf(Object.values(form.state.get().fields)), patiently).toEqual(both);
    again.stream.cut();
  },
);

const valuesOf = (fields: readonly { field: string; value?: unknown }[]) =>
  Object.fromEntries(fields.map(({ field, value }) => [field, value]));
