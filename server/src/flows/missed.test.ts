import type { Flow } from "@clew/contract/flows/definition";
import type { ConversationState } from "@clew/domain/conversations/state";
import { FLOW_EVENT } from "@clew/domain/flows/conversation/told";
import { describe, expect, onTestFinished, test } from "vitest";
import { ENGINES, type EngineName } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const TALK = "00000000-0000-7000-8000-000000000001";
const WAITS = {
  ...{ $schema: "flow/1", key: "test.hears", kind: "background", start: "wait" },
  vars: { said: { type: "map?" } },
  nodes: {
    wait: {
      type: "wait",
      any: [
        { event: "message.received", key: TALK, into: "said", next: "heard" },
        { after: "PT1H", next: "nothing" },
      ],
    },
    heard: { type: "end" },
    nothing: { type: "end", outcome: "failed" },
  },
} as unknown as Flow;

/** Runs on a conversation that the customer writes in while it is asked to bind them. */
async function bindingSlowly(
  engine: EngineName,
  meanwhile: (at: number) => { by: string; text: string; at: number }[],
) {
  let number = 0;
  const state = {
    snapshot: { id: TALK, channelId: "c", session: null, facts: [], language: "en", forms: [] },
  } as unknown as ConversationState;
  const on: Awaited<ReturnType<typeof openFlows>> = await openFlows(engine, {
    stateOf: async () => state,
    async execute({ type }) {
      if (type !== "flow.bind") return { number };
      for (const { by, text, at } of meanwhile(on.time.now)) {
        number += 1;
        const event = {
          type: "message.posted",
          number,
          at,
          conversationId: TALK,
          by: { who: by },
          text,
          attachments: [],
        };
        const row = { conversation_id: TALK, number, command_id: null, at, body: JSON.stringify(event) };
        await on.database.query.insertInto("events").values(row).execute();
      }
      number += 1;
      return { number };
    },
  });
  onTestFinished(() => on.close());
  await on.publish(WAITS);
  const start = () => on.start(WAITS.key, {}, { conversationId: TALK });
  const statusOf = async (id: string) =>
    (await on.database.raw.all<{ status: string }>("SELECT status FROM flow_runs WHERE id = ?", [id]))[0]?.status;
  return { on, start, statusOf, last: () => number };
}

describe.each(ENGINES)("what happens while a run is bound on %s", (engine) => {
  test("[FD6] words between a run's start and its being bound are heard by the run, once; words before it are not", async () => {
    let words: { by: string; text: string; at: number }[] = [];
    const { on, start, statusOf } = await bindingSlowly(engine, () => words);
    const { now } = on.time;
    words = [
      { by: "customer", text: "long before", at: now - 1 },
      { by: "agent", text: "of ours", at: now },
    ];
    expect(await statusOf(await start())).toBe("waiting");
    words = [{ by: "customer", text: "just now", at: now }];
    const [one, other] = [await start(), await start()];
    words = [];
    expect([await statusOf(one), await statusOf(other)].sort()).toEqual(["completed", "completed"]);
    const rows = await on.database.raw.all("SELECT id FROM flow_events WHERE conversation_id = ?", [TALK]);
    expect(rows).toHaveLength(2);
  });

  test("[FD6] what flows were told of all the same is not told twice", async () => {
    const { on, start, statusOf, last } = await bindingSlowly(engine, (at) => [{ by: "customer", text: "now", at }]);
    const told = {
      type: "message.received",
      key: TALK,
      conversationId: TALK,
      sessionId: null,
      at: on.time.now,
      data: {},
    };
    const effect = { kind: FLOW_EVENT, payload: JSON.stringify({ ...told, number: 1 }), due_at: 0, attempts: 0 };
    const id = on.ids.next();
    await on.database.query
      .insertInto("effects")
      .values({ ...effect, id, outcome: null, done_at: null })
      .execute();
    const run = await start();
    expect(last()).toBe(2);
    expect(await statusOf(run)).toBe("waiting");
    await on.hear({ ...told, id, number: 1 } as never);
    expect(await statusOf(run)).toBe("completed");
  });
});
