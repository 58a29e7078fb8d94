import type { ConversationState } from "@clew/domain/conversations/state";
import { expect, test } from "vitest";
import type { Door } from "../commands/execute.ts";
import { openDoor } from "../testing/store.ts";
import { CustomerPresence } from "./customers.ts";
import { customerConnectionStore } from "./customers-store.ts";

const stateOf = (id: string) => ({ snapshot: { id, session: null } }) as unknown as ConversationState;

/** Presence over a real store whose statements are counted; `fail` lets the next one go wrong. */
async function presenceOnStore() {
  const place = await openDoor("sqlite");
  const real = customerConnectionStore(place.database);
  const added: number[] = [];
  let fails = false;
  let id = 0;
  const presence = new CustomerPresence({
    store: {
      ...real,
      async add(processId, ids) {
        if (fails) throw new Error("the disk is full");
        added.push(ids.length);
        await real.add(processId, ids);
      },
    },
    door: {} as Door,
    clock: { now: () => 1_000_000 },
    ids: { next: () => `process-${id++}` },
    log: { error: () => undefined, warn: () => undefined },
    hasCustomer: () => true,
  });
  const rows = async () =>
    (await place.database.query.selectFrom("customer_connections").select("conversation_id").execute()).map(
      (row) => row.conversation_id,
    );
  const fail = (on: boolean) => {
    fails = on;
  };
  return { presence, added, rows, fail, close: () => place.close() };
}

test("all customers who came since the last round are written down in one statement", async () => {
  const { presence, added, rows, close } = await presenceOnStore();
  for (const id of ["a", "b", "c"]) presence.connected(stateOf(id), "same-browser");
  await presence.beat(1_000_000);
  await presence.beat(1_001_000);
  expect(added).toEqual([3]);
  expect(await rows()).toEqual(["a", "b", "c"]);
  await close();
});

test("who could not be written down is written down in the next round, and before a stop", async () => {
  const { presence, rows, fail, close } = await presenceOnStore();
  presence.connected(stateOf("a"), "same-browser");
  fail(true);
  await expect(presence.beat(1_000_000)).rejects.toThrow("the disk is full");
  fail(false);
  presence.connected(stateOf("b"), "same-browser");
  await presence.stop();
  expect((await rows()).sort()).toEqual(["a", "b"]);
  await close();
});
