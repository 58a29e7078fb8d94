import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { exampleFlow } from "@clew/server/testing/flows";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { OFFER_FOR } from "./agent-side-scene.ts";
import { publishFlow } from "./forms-scene.ts";
import { sharedStage } from "./stage.ts";

/** An example flow with the demo's queue for that of the example. */
function here(key: string): Flow {
  return JSON.parse(JSON.stringify(exampleFlow(key)).replaceAll('"general"', JSON.stringify(DEMO_QUEUES.orders)));
}

const scene = sharedStage(async (stage) => {
  const admin = await stage.admin();
  await admin.changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
  for (const key of ["faq.firstHelp", "route.webchat.bot"]) await publishFlow(admin, here(key));
  return { admin, amara: await stage.agent("amara") };
});

test("[BO15] the customer knows that a bot talks; an agent sees it, takes over, and the bot is silent", async () => {
  const { stage, amara } = scene();
  const customer = await stage.customer();
  await customer.begin();
  await customer.reads("Mia (Automated assistant) joined the chat");
  await customer.reads(/What is it about\?/);
  await customer.sees("Automated assistant");
  await customer.button("How do I send it back?").click();
  await customer.reads("Did that answer it?");
  // It is nobody's work, and in sight of who may take it.
  expect(await amara.offer.count()).toBe(0);
  await amara.view("Bots");
  await amara.row("Mia: Did that answer it?").click();
  await amara.reads("The bot Mia serves");
  await amara.sees("The bot Mia serves this customer.");
  await amara.action("Take over").click();
  await customer.reads("Amara joined the chat");
  await amara.write("Hello, I am a person.");
  await customer.reads("Hello, I am a person.");
  await customer.write("No, I want to talk to a person");
  await amara.reads("No, I want to talk to a person");
  await amara.write("You do.");
  await customer.reads("You do.");
  expect(await customer.line("I pass you on to a person.").count()).toBe(0);
  await amara.end();
});

test("[BO15] a bot that is asked for a person passes the customer on, and the agent reads what it was about", async () => {
  const { stage, amara } = scene();
  const customer = await stage.customer({ viewport: { width: 390, height: 780 }, colorScheme: "dark" });
  await customer.begin();
  await customer.button("I want to talk to a person").click();
  await customer.reads("I pass you on to a person.");
  await amara.accept();
  await amara.reads(/The bot asked what it is about: I want to talk to a person/);
  await customer.reads("Amara joined the chat");
  await screenshot(customer.page, "bot-customer-later");
  await amara.end();
});
