import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES, makePlace } from "../testing/configuration.ts";
import { DraftsDoor, PACE_MS } from "./drafts-door.ts";
import { formsStore } from "./store.ts";

const FORMS = 40;
const ROUNDS = 25;
/** Changes of one typist in a row. */
const CHANGES = 20;

describe.each(ENGINES)("drafts of many forms on %s", (engine) => {
  let database: Database;
  let remove: () => Promise<void>;
  let transactions = 0;
  beforeAll(async () => {
    const made = await makePlace(engine);
    remove = made.remove;
    const real = await connect(made.place);
    database = {
      ...real,
      rawTransaction(work) {
        transactions += 1;
        return real.rawTransaction(work);
      },
    };
  });
  afterAll(async () => {
    await database.close();
    await remove();
  });

  /** Forms with two typists each, and the changes of one of them. */
  async function open(name: string) {
    const store = formsStore(database, new Uint8Array(32).fill(5));
    const door = new DraftsDoor({ database, store });
    door.holdWhile(() => true);
    const ids = Array.from({ length: FORMS }, (_, index) => `${name}-${index}`);
    const settings = { live: "values", suggest: true, confirmPrefill: false, submitBy: "customer" } as const;
    const more = { acceptLate: "never", grace: 0, locale: "en", zone: "UTC" } as const;
    for (const id of ids) {
      const flow = { key: "test.form", version: 1 };
      const head = { id, conversationId: id, runId: id, flow, inputs: {}, openedAt: 0, node: "ask", wipeAt: 1 };
      await store.insert(database.raw, { ...head, settings: { ...settings, ...more } });
    }
    const typists = ids.flatMap((id) => (["customer", "agent"] as const).map((by) => ({ id, by, field: `ask.${by}` })));
    const type = ({ id, by, field }: (typeof typists)[number], value: string) =>
      door.change(id, ({ draft }) => {
        const seq = draft.seq + 1;
        const whole = {
          field,
          value,
          seq,
          by,
          byId: null,
          at: seq,
          source: "typed",
          status: "valid",
          op: null,
        } as const;
        const changed: FormDraft = { ...draft, seq, fields: new Map([...draft.fields, [field, whole]]) };
        return { draft: changed, result: seq };
      });
    /** As another process reads it, which remembers nothing. */
    const stored = () => formsStore(database, new Uint8Array(32).fill(5)).load(database.raw, ids);
    return { ids, typists, type, stored };
  }

  test("[C30] what 80 people type at the same moment is one transaction, in the order it came, and all of it is there", async () => {
    const { ids, typists, type, stored } = await open("together");
    const before = transactions;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const seqs = await Promise.all(typists.map((typist) => type(typist, `${typist.by} ${round}`)));
      expect(seqs).toEqual(typists.map(({ by }) => round * 2 - (by === "customer" ? 1 : 0)));
    }
    expect(transactions - before).toBe(ROUNDS);
    const forms = await stored();
    for (const id of ids) {
      const draft = forms.get(id)?.draft;
      expect(draft?.seq).toBe(ROUNDS * 2);
      expect([draft?.fields.get("ask.customer")?.value, draft?.fields.get("ask.agent")?.value]).toEqual([
        `customer ${ROUNDS}`,
        `agent ${ROUNDS}`,
      ]);
    }
  });

  test("[C30] however fast they type, the next transaction comes a pace after the one before, with all that came meanwhile", async () => {
    const { typists, type, stored } = await open("fast");
    const { id, by, field } = typists[0] as (typeof typists)[number];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const before = transactions;
      const first = type({ id, by, field }, "first");
      vi.advanceTimersByTime(PACE_MS);
      await first;
      for (let round = 1; round <= 3; round += 1) {
        const changes: Promise<unknown>[] = [];
        for (let change = 1; change <= CHANGES; change += 1) {
          changes.push(type({ id, by, field }, `${round} ${change}`));
          await new Promise(setImmediate);
        }
        vi.advanceTimersByTime(PACE_MS - 1);
        await stored();
        await new Promise(setImmediate);
        expect(transactions - before).toBe(round);
        vi.advanceTimersByTime(1);
        await Promise.all(changes);
        expect(transactions - before).toBe(round + 1);
      }
      const draft = (await stored()).get(id)?.draft;
      expect([draft?.seq, draft?.fields.get(field)?.value]).toEqual([3 * CHANGES + 1, `3 ${CHANGES}`]);
    } finally {
      vi.useRealTimers();
    }
  });
});
