import { expect, test } from "vitest";
import { Follower } from "./follower.ts";
import type { WakeStore } from "./wake-store.ts";

const log = { error: () => undefined, warn: () => undefined };

test("[OX2] what one commit changed wakes other servers once; what is committed while it does, once more", async () => {
  const woken: (() => void)[] = [];
  const wakes: WakeStore = {
    wake: () => new Promise<void>((resolve) => woken.push(resolve)),
    say: async () => undefined,
    listen: async () => null,
  };
  const parts = { wakes, log, changedElsewhere: () => undefined } as unknown as ConstructorParameters<
    typeof Follower
  >[0];
  const follower = new Follower(parts);
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  const commit = () => {
    for (let form = 0; form < 50; form += 1) follower.committed();
  };

  commit();
  await turn();
  woken[0]?.();
  await turn();
  expect(woken).toHaveLength(1);

  commit();
  await turn();
  expect(woken).toHaveLength(2);
  commit();
  woken[1]?.();
  await turn();
  expect(woken).toHaveLength(3);
  woken[2]?.();
  await turn();
  expect(woken).toHaveLength(3);
  await follower.stop();
});
