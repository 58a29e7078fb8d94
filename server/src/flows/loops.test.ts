import type { Flow } from "@clew/contract/flows/definition";
import type { RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { newId, startTestApp } from "../testing/test-app.ts";

/** Leads back to itself; its path for faults tells the team. */
const LOOP = {
  ...{ $schema: "flow/1", key: "test.loop", kind: "background", settings: { onFault: "sorry" }, start: "spin" },
  trigger: { on: "agent.button", where: ["session"], label: "Loop" },
  nodes: {
    spin: { type: "decision", branches: [{ when: "=visits('spin') > 0", next: "spin" }], else: "sorry" },
    sorry: { type: "message.note", text: "It went round too often.", next: "failed" },
    failed: { type: "end", outcome: "failed" },
  },
} as unknown as Flow;

/** How long others wait meanwhile, `npm run bench -- flows --only loops` measures. */
describe.each(ENGINES)("flows that go round in a circle on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
  });
  afterAll(() => app.close());

  test("[E1] each stops at its hundredth visit by its path for faults, and other conversations are served meanwhile", async () => {
    const admin = await flowAdmin(app.url);
    await admin.publish(LOOP);
    const [own, other] = await Promise.all([startConversation(app.url), startConversation(app.url)]);
    const texts = ["one", "two", "three", "four", "five"];
    const said = texts.map((text) =>
      other.stream.command({ type: "message.post", conversationId: other.conversationId, text, attachments: [] }),
    );
    const runs = texts.map(() =>
      admin.post<RunSummary>("/flows/test.loop/runs", { id: newId(), conversationId: own.conversationId }),
    );
    expect((await Promise.all(said)).map(({ ok }) => ok)).toEqual(texts.map(() => true));
    for (const { id } of await Promise.all(runs)) {
      await expect.poll(async () => (await admin.run(id)).run.status, { timeout: 10_000 }).toBe("failed");
      const { run, trace } = await admin.run(id);
      expect(run.node).toBe("failed");
      expect(trace.flatMap(({ fault }) => (fault ? [fault.code] : []))).toEqual(["limit"]);
      expect(trace.filter(({ node }) => node === "spin")).toHaveLength(101);
    }
    const wordsIn = async (id: string, type: string) => {
      const { events } = await admin.request<{ events: { type: string; text: string }[] }>(
        "GET",
        `/conversations/${id}/events`,
      );
      return events.flatMap((event) => (event.type === type ? [event.text] : []));
    };
    expect(await wordsIn(other.conversationId, "message.posted")).toEqual(texts);
    expect(await wordsIn(own.conversationId, "note.posted")).toEqual(texts.map(() => "It went round too often."));
  });
});
