import { describe, expect, test } from "vitest";
import { ENGINES, openDoor } from "../testing/store.ts";
import { customerConnectionStore } from "./customers-store.ts";

describe.each(ENGINES)("connections of customers on %s", (engine) => {
  test("[RC22] the connections of a process that died are taken over once; those of living ones are left alone", async () => {
    const here = await openDoor(engine);
    try {
      const store = customerConnectionStore(here.database);
      await store.renew("dead", 100);
      await store.renew("alive", 1000);
      await store.add("dead", ["a", "b"]);
      await store.add("alive", ["b", "c"]);
      await store.add("me", ["a"]);
      expect((await store.takeOver("me", 500)).sort()).toEqual(["a", "b"]);
      expect(await store.takeOver("me", 500)).toEqual([]);
      expect(await store.elsewhere("me", ["a", "b", "c"])).toEqual(new Set(["b", "c"]));
      await store.remove("alive", ["b", "c"]);
      expect(await store.elsewhere("me", ["a", "b", "c"])).toEqual(new Set());
      expect(await store.elsewhere("alive", ["a", "b", "c"])).toEqual(new Set(["a", "b"]));
    } finally {
      await here.close();
    }
  });
});
