import { expect, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { eventually } from "./eventually.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const { shop, arrives } = agentSidePeople(["amara"]);

test("[AV6] nothing is printed to the page's console; where the page asks for it, what happens is, and nothing of what is said", async () => {
  const { stage } = await shop();
  const agent = await arrives("amara");
  const customer = await stage.customer();
  const printed: string[] = [];
  customer.page.on("console", (message) => printed.push(message.text()));
  await customer.begin({ name: "Ana Ruiz", email: "ana@example.com" });
  await agent.accept();
  await customer.write("My number is 4711.");
  await agent.reads("My number is 4711.");
  await agent.write("I keep it to myself.");
  await customer.reads("I keep it to myself.");
  expect(printed).toEqual([]);

  await customer.page.evaluate((channel) => {
    type Clew = { unmount(): void; mount(options: object): void };
    const { clew } = window as unknown as { clew: Clew };
    clew.unmount();
    clew.mount({ channel, debug: true });
  }, DEMO_CHANNELS.shop);
  await customer.reopenIfClosed();
  await customer.reads("I keep it to myself.");
  await customer.write("And 4712 is another.");
  await agent.reads("And 4712 is another.");
  await agent.end();
  await eventually(() => printed.join("\n")).toMatch(
    /connection live[\s\S]*event \d+ message\.posted[\s\S]*event \d+ session\.ended/,
  );
  expect(printed.filter((line) => !line.startsWith("[clew]"))).toEqual([]);
  for (const word of ["4711", "4712", "keep", "Ana", "example.com", "Amara"])
    expect(printed.join("\n")).not.toContain(word);
});
