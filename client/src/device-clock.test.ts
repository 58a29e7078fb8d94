import { expect, it } from "vitest";
import { fakeWorld } from "./testing/fake-world.ts";

const MINUTE = 60_000;

it("[PK8] a device clock that jumps while a connection stands is found out by the next sign of life: access is renewed once", async () => {
  const world = fakeWorld();
  let jumped = 0;
  const now = () => world.clock.now() + jumped;
  const { chat } = world.tab({ ports: { clock: { ...world.clock, now } } });
  void chat.boot();
  await world.run();
  void chat.start({ answers: [], message: "hello" });
  await world.run();
  const renewals = () => world.server.calls.filter((call) => call.endsWith("/identity/resume")).length;
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      await world.clock.advance(500);
      await world.run();
    }
  };

  for (const by of [14 * MINUTE, -20 * MINUTE, 24 * 60 * MINUTE]) {
    jumped += by;
    await pass(MINUTE / 2);
    expect(chat.serverNow()).toBe(world.clock.now());
    expect(chat.state.get()).toMatchObject({ clockOffset: -jumped, connection: { name: "live" } });
    const before = renewals();
    await pass(18 * MINUTE);
    // Access is good for ten minutes and renewed a minute before that.
    expect(renewals() - before).toBe(2);
  }
  expect(world.server.hellos).toBe(1);
});
