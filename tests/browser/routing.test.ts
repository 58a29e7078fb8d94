import { REASK_AFTER_MS } from "@clew/domain/routing/able";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { expect, onTestFinished, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { OFFER_FOR, SECOND } from "./agent-side-scene.ts";
import { openStage } from "./stage.ts";

test.each(["sqlite", "postgres"] as const)(
  "[BR4] declined with a reason, the conversation is offered to the other agent, who reads why (%s)",
  async (engine) => {
    const stage = await openStage({ engine });
    const [amara, chiyo] = await Promise.all([stage.agent("amara"), stage.agent("chiyo")]);
    const customer = await stage.customer();
    await customer.begin();
    const first = await Promise.race([amara, chiyo].map((each) => each.offer.waitFor().then(() => each)));
    const second = first === amara ? chiyo : amara;
    await first.decline("Not my field");
    await second.accept();
    await second.reads(/declined/);
    await second.reads("Not my field");
    await customer.reads(/joined the chat/);
    await second.write("Hello!");
    await customer.reads("Hello!");
  },
);

const { shop, arrives } = agentSidePeople(["amara", "chiyo"]);

test("[BR4] an offer that nobody answers goes on to the other agent when its time is up", async () => {
  const { stage, admin } = await shop();
  const offersFor = (offerFor: number) => admin.changeQueue(DEMO_QUEUES.orders, { offerFor });
  // The console's clock goes by the server's, so that it cannot be skipped: the first offer is a short one.
  await offersFor(5 * SECOND);
  onTestFinished(() => offersFor(OFFER_FOR));
  const amara = await arrives("amara");
  const customer = await stage.customer();
  // The offer and what she is told go away by themselves: whoever looks only when something else is done may look too late.
  const told = amara.sees("The time to answer ran out; it is offered to others first.");
  await Promise.all([amara.offer.waitFor(), customer.begin()]);
  // Long enough for whoever comes second to answer.
  await offersFor(OFFER_FOR);
  const [chiyo] = await Promise.all([arrives("chiyo"), told]);
  await chiyo.accept();
  await chiyo.reads(/did not answer the offer in time/);
  await customer.reads("Chiyo joined the chat");
});

test("[BR4] a transfer reaches the named agent with the note, which the customer does not see", async () => {
  const { stage } = await shop();
  const amara = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  await customer.write("My orchid is unwell.");
  await amara.reads("My orchid is unwell.");
  const chiyo = await arrives("chiyo");
  await amara.transferTo("Agent", "Chiyo", "Orchids are yours.");
  await customer.reads("You’re being passed on to a colleague");
  await chiyo.accept();
  await chiyo.reads("Orchids are yours.");
  await chiyo.reads("My orchid is unwell.");
  await customer.reads("Chiyo joined the chat");
  await chiyo.write("Show me a photo, please.");
  await customer.reads("Show me a photo, please.");
  expect(await customer.page.getByText("Orchids are yours.").count()).toBe(0);
});

test("[BR4] who becomes busy loses the open offer to the other agent", async () => {
  const { stage } = await shop();
  const amara = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.offer.waitFor();
  const chiyo = await arrives("chiyo");
  await amara.choosePresence("Busy");
  await amara.offer.waitFor({ state: "detached" });
  await chiyo.accept();
  await customer.reads("Chiyo joined the chat");
});

test("[BR4] Close is not the end: it can be undone, and afterwards the customer's word brings the session back", async () => {
  const { stage } = await shop();
  const amara = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  await amara.write("I look it up.");
  await amara.action("Close").click();
  await amara.sees("It is parked until the customer writes.");
  await amara.page
    .getByRole("button", { name: /^Undo \(/ })
    .first()
    .click();
  await amara.reads("You came back");
  await amara.write("Here I am again.");
  await customer.reads("Here I am again.");

  await amara.action("Close").click();
  await amara.sees("It is parked until the customer writes.");
  await customer.write("Any news?");
  await amara.reads("Any news?");
  expect(await customer.line(/ended/).count()).toBe(0);
});

test("[BR4] one agent alone who declined is asked again", async () => {
  const { stage } = await shop();
  const amara = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.decline("In the middle of another chat");
  await customer.sees("You’re next in line");
  stage.skip(REASK_AFTER_MS);
  await amara.offer.waitFor();
  await amara.accept();
  await customer.reads("Amara joined the chat");
});
