import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { startTestApp, type TestStream } from "../testing/test-app.ts";
import { verifiedChannels } from "../testing/verified.ts";

/** Asks in the conversation it is started in, whichever the case was opened from, and thanks there. */
const HERE = {
  $schema: "flow/1",
  key: "test.here",
  kind: "screen",
  audience: "agent",
  title: "Ask here",
  trigger: { on: "agent.button", where: ["session"], label: "Ask here" },
  inputs: { conversationId: { type: "text", required: true }, caseId: { type: "id:Case", required: true } },
  vars: { answer: { type: "map?" } },
  start: "ask",
  nodes: {
    ask: {
      type: "cowork.form",
      flow: "loan.useOfFunds.form",
      conversation: "=conversationId",
      in: { firstName: "Ana" },
      into: "answer",
      cancelled: "end",
      expired: "end",
      next: "thank",
    },
    thank: { type: "message.send", as: "agent", text: "Noted: {{label(answer.reason)}}.", next: "show" },
    show: {
      type: "screen",
      title: "{{label(answer.reason)}}",
      components: [{ kind: "answers", of: "=answer" }],
      next: "end",
    },
    end: { type: "end" },
  },
} as unknown as Flow;

const thanks = (stream: TestStream, conversationId: string) =>
  stream
    .events(conversationId)
    .flatMap((event) => (event.type === "message.posted" && event.text.startsWith("Noted") ? [event.text] : []));

describe.each(ENGINES)("one case in two conversations on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    await admin.publish(HERE);
  });
  afterAll(() => app.close());

  test("[C4] one customer, two conversations on the same case, two agents: each answer reaches its own run", async () => {
    const { channels, identity } = await verifiedChannels(app.url, admin);
    const [one = "", other = ""] = channels;
    const a = await servedCase(app, "amara", identity(one, "ana-17"), ["forms"], one);
    const b = {
      ...(await servedCase(app, "chiyo", identity(other, "ana-17"), ["forms"], other)),
      caseId: a.caseId,
    };
    expect(b.identity.customerId).toBe(a.identity.customerId);
    expect(b.conversationId).not.toBe(a.conversationId);
    const press = (served: typeof a) =>
      pressButton(app, served, "test.here", { conversationId: served.conversationId, caseId: served.caseId });
    const [inA, inB] = [await press(a), await press(b)];
    expect(inA.formId).not.toBe(inB.formId);

    const at = async (runId: string) => (await admin.run(runId)).run.node;
    const answer = (reason: string) => ({ "ask.reason": reason, "ask.agreed": true });
    expect(await submit(b.customer, b.conversationId, inB.formId, answer("vehicle"))).toMatchObject({ ok: true });
    await expect.poll(() => at(inB.runId)).toBe("show");
    expect(await at(inA.runId)).toBe("ask");
    expect(await submit(a.customer, a.conversationId, inA.formId, answer("renovation"))).toMatchObject({ ok: true });
    await expect.poll(() => at(inA.runId)).toBe("show");
    for (const [{ runId }, served, text] of [
      [inA, a, "To renovate"],
      [inB, b, "To buy a vehicle"],
    ] as const) {
      await expect.poll(() => thanks(served.desk, served.conversationId)).toEqual([`Noted: ${text}.`]);
      const { screen } = await admin.request<{ screen: { title: string } | null }>("GET", `/runs/${runId}/screen`);
      expect(screen?.title).toBe(text);
    }
  });
});
