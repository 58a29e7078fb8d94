import type { RunPage } from "@clew/contract/flows/runs";
import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import type { AdminApi } from "./admin-api.ts";
import { agentSidePeople } from "./agent-side-people.ts";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { agreesAndSends, askedForFunds, cardOf, heardBy, inOwnWords } from "./forms-scene.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { Stage } from "./stage.ts";

const { shop, arrives } = agentSidePeople(["amara", "chiyo"]);
const OWN_WORDS = "A boat for the lake";
const LATER_WORDS = "A boat for the open sea";
const THANKS = "Thank you, this is what we noted: For something else.";

/** A customer whom Amara serves has begun with the form, and she sees what is typed. */
async function filling(stage: Stage, admin: AdminApi, amara: AgentConsole) {
  const customer = await serve(stage, amara);
  const asked = await askedForFunds(admin, customer, amara.page.url().split("/").at(-1));
  await inOwnWords(customer, OWN_WORDS);
  await customer.sees("Amara can see what you type here.");
  await cardOf(amara).getByText(OWN_WORDS).waitFor();
  const thanks = async () =>
    (await admin.events(asked.conversationId)).flatMap((event) =>
      event.type === "message.posted" && event.text === THANKS ? [event.by] : [],
    );
  const isDone = async () => {
    await eventually(async () => (await admin.call<RunPage>("GET", `/runs/${asked.runId}`)).run.node).toBe("show");
    expect(await admin.call("GET", `/records/Case/${asked.caseId}`)).toMatchObject({
      values: { useOfFunds: "other", useOfFundsDetail: LATER_WORDS },
    });
  };
  return { customer, ...asked, thanks, isDone };
}

/** A console that was tampered with asks for the form over a connection of its own, as whoever is signed in there. */
function reachesFor({ page }: AgentConsole, form: { conversationId: string; formId: string }) {
  return page.evaluate(async ({ conversationId, formId }) => {
    const read = await fetch(`/api/v1/conversations/${conversationId}/forms/${formId}`);
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/api/v1/stream`);
    const told = await new Promise<string>((resolve) => {
      socket.onopen = () => {
        const join = { type: "form", conversationId, formId, act: { act: "join" } };
        for (const message of [{ type: "hello", protocol: 1 }, join]) socket.send(JSON.stringify(message));
      };
      socket.onmessage = ({ data }) => {
        const { type } = JSON.parse(data);
        if (type === "form" || type === "refused") resolve(data);
      };
    });
    socket.close();
    return { read: [read.status, await read.text()] as const, told };
  }, form);
}

test("[C11] passed on with the form half filled in: the next agent has the drafts and the run, the one before is sent nothing more and gets nothing by force, and the customer reads the new name", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const heard = heardBy(amara.page);
  await amara.open();
  const { customer, conversationId, formId, thanks, isDone } = await filling(stage, admin, amara);
  const tellsOfForm = (message: (typeof heard)[number]) => message.type === "form" && message.say.say !== "refused";
  expect(JSON.stringify(heard.filter(tellsOfForm))).toContain(OWN_WORDS);

  const chiyo = await arrives("chiyo");
  await amara.transferTo("Agent", "Chiyo", "The form is half filled in.");
  await chiyo.accept();
  const card = cardOf(chiyo);
  await card.getByText(OWN_WORDS).waitFor();
  await card.getByText(/^Ana Ruiz is filling in the form · \d of \d/).waitFor();
  await customer.reads("Chiyo joined the chat");
  await customer.sees("Chiyo can see what you type here.");
  expect(await customer.window.getByText(/Amara can see/).count()).toBe(0);
  await card.getByRole("button", { name: "What to do about What will it be?" }).click();
  await chiyo.page.getByRole("menuitem", { name: "Write a hint" }).click();
  await card.getByRole("textbox").fill("How long is it?");
  await card.getByRole("textbox").press("Enter");
  await customer.sees("How long is it?");
  await customer.sees("Chiyo:");

  const before = heard.length;
  await customer.field("What will it be?").fill(LATER_WORDS);
  await card.getByText(LATER_WORDS).waitFor();
  const forged = await reachesFor(amara, { conversationId, formId });
  expect(forged.read[0]).toBeGreaterThanOrEqual(403);
  expect(forged.told).toContain("refused");
  for (const text of [forged.read[1], forged.told]) expect(text).not.toContain("A boat");
  // What she does now is answered behind all that was sent to her before.
  await amara.choosePresence("Away");
  await eventually(() => heard.length).toBeGreaterThan(before);
  expect(heard.slice(before).filter(tellsOfForm)).toEqual([]);
  expect(JSON.stringify(heard)).not.toContain(LATER_WORDS);
  expect(await amara.page.getByText(LATER_WORDS).count()).toBe(0);
  await screenshot(customer.page, "forms/handed-over");

  await agreesAndSends(customer);
  await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();
  await customer.reads(THANKS);
  await isDone();
  expect(await thanks()).toMatchObject([{ who: "agent", id: DEMO_AGENTS.chiyo }]);
  expect((await admin.events(conversationId)).filter(({ type }) => type === "form.opened")).toHaveLength(1);
});

test("[C12] passed on to a queue where nobody is: what the customer sends is kept and thanked for by no agent, and whoever comes next finds the receipt", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const { customer, thanks, isDone } = await filling(stage, admin, amara);
  await amara.choosePresence("Away");
  await amara.transferTo("Queue", "Orders and advice", "Whoever is next.");
  await customer.reads("You’re being passed on to a colleague");
  await customer.sees("The team can see what you type here.");
  await customer.field("What will it be?").fill(LATER_WORDS);
  await screenshot(customer.page, "forms/nobody-there");
  await agreesAndSends(customer);
  await customer.reads(THANKS);
  await isDone();
  expect(await thanks()).toMatchObject([{ who: "bot" }]);

  const chiyo = await arrives("chiyo");
  await chiyo.accept();
  const receipt = chiyo.log.getByRole("region", { name: "Receipt: Use of funds" });
  await receipt.getByText(LATER_WORDS).waitFor();
  await receipt.getByText(/Sent by Ana Ruiz/).waitFor();
  await chiyo.times(THANKS, 1);
  await cardOf(chiyo)
    .getByRole("heading", { name: /^Kept on case/ })
    .waitFor();
  await customer.reads("Chiyo joined the chat");
});
