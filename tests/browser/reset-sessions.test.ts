import type { ConversationEvent } from "@clew/contract/events";
import type { FormField } from "@clew/contract/forms";
import { signIn } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { continuityScene, conversationOf } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene();

const POSTCODE: FormField = {
  key: "postcode",
  type: "text",
  label: { en: "Postcode" },
  required: true,
  hidden: false,
  editable: true,
  maxLength: 12,
};

test("[K68] [K69] after the agent's end a word starts the next session: only what is new is asked, the new agent sees what is old, and how old", async () => {
  const { talking, stage, admin } = scene();
  const { customer, agent } = await talking();
  await customer.write("Where is my parcel?");
  await agent.has("Where is my parcel?");
  await agent.end();
  await customer.reads("Amara ended the chat");
  const asks = (more: FormField[]) =>
    admin.publish(DEMO_CHANNELS.shop, ({ preChat, ...draft }) => {
      const fields = [...preChat.fields.filter(({ key }) => key !== POSTCODE.key), ...more];
      return { ...draft, preChat: { ...preChat, fields } };
    });
  onTestFinished(() => asks([]));
  await asks([POSTCODE]);
  await eventually(() => deploymentOf(customer)).toBeGreaterThan(1);
  await customer.post("One more thing");
  await customer.field("Postcode").waitFor();
  expect(await customer.field("Your name").count()).toBe(0);
  expect(await customer.field("What is it about?").count()).toBe(0);
  await customer.field("Postcode").fill("10115");
  await customer.button("Send").click();
  await customer.reads("New session");
  await customer.reads("One more thing");
  expect(await conversationOf(customer)).toBe(agent.id);

  const chiyo = await stage.agent("chiyo");
  await chiyo.accept();
  await chiyo.reads("Where is my parcel?");
  await chiyo.fact("Your name").getByText("Ana Ruiz").waitFor();
  await chiyo
    .fact("Your name")
    .getByText(/^carried from .*\(session 1\)$/)
    .waitFor();
  await chiyo.fact("Postcode").getByText("10115").waitFor();
  expect(
    await chiyo
      .fact("Postcode")
      .getByText(/carried/)
      .count(),
  ).toBe(0);
  await chiyo.end();
});

/** Which deployment the window works by now: it is told while it is open. */
async function deploymentOf({ page }: CustomerWindow): Promise<number> {
  return page.evaluate(async () => {
    const [database] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("clew:"));
    const opening = indexedDB.open(database?.name as string);
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const asking = opening.result.transaction("entries").objectStore("entries").get("boot");
    await new Promise((resolve) => {
      asking.onsuccess = resolve;
    });
    opening.result.close();
    return (asking.result as { deployment: number }).deployment;
  });
}

type PageApi = { clear(mode?: "end" | "park"): void; on(event: string, call: (detail: object) => void): void };

test("[K70] the page resets: a clean window without a question, told once; once more does no harm", async () => {
  const { talking } = scene();
  const { customer, agent } = await talking();
  await customer.write("To be forgotten");
  await agent.has("To be forgotten");
  const { page } = customer;
  await page.evaluate(() => {
    const { clew } = window as unknown as { clew: PageApi };
    const told: object[] = [];
    Object.assign(window, { told });
    clew.on("cleared", (detail) => told.push(detail));
    clew.clear("end");
    clew.clear("end");
  });
  await eventually(() => page.evaluate(() => (window as unknown as { told: object[] }).told)).toMatchObject([
    { mode: "end" },
  ]);
  await customer.reload();
  await customer.reopenIfClosed();
  await customer.field("Your name").waitFor();
  expect(await customer.field("Your name").inputValue()).toBe("");
  expect(await customer.kept()).not.toContain("To be forgotten");
  await eventually(async () => (await agent.events()).at(-1)?.type).toBe("conversation.closed");
  const log = await agent.events();
  expect(log.filter(({ type }) => type === "session.cleared" || type === "session.ended")).toHaveLength(2);
  expect(log.at(-1)).toMatchObject({ type: "conversation.closed" });
  await page.evaluate(() => (window as unknown as { clew: PageApi }).clew.clear("end"));
  await customer.field("Your name").waitFor();
  expect(await agent.events()).toEqual(log);
});

test("[K72] the history of an ended chat is read whole, or from any session on, at once and while others still write", async () => {
  const { talking, admin, stage } = scene();
  const { customer, agent } = await talking();
  const first = Array.from({ length: 70 }, (_, index) => `First ${index + 1}`);
  const second = Array.from({ length: 30 }, (_, index) => `Second ${index + 1}`);
  await Promise.all(first.map((text) => agent.say(text)));
  await agent.end();
  await customer.reads("Amara ended the chat");
  await customer.write("And once more");
  await agent.has("And once more");
  await agent.take();

  type Sessions = { items: { session: { id: string; number: number }; firstNumber: number }[] };
  const { items } = await admin.call<Sessions>("GET", `/conversations/${agent.id}/sessions`);
  const from = items[1]?.firstNumber ?? 0;
  type Page = { events: ConversationEvent[]; more: boolean };
  const segment = () => admin.call<Page>("GET", `/conversations/${agent.id}/events?after=${from - 1}&limit=200`);
  const whole = async () => numbers((await segment()).events);

  // Many writers and the end at once; whoever reads meanwhile sees a beginning without a hole.
  const writing = Promise.all(second.map((text) => agent.say(text)));
  const reading = [];
  for (let time = 0; time < 8; time += 1) reading.push(await whole());
  await writing;
  await agent.end();
  const { events } = await segment();
  for (const read of [...reading, numbers(events)]) expect(read).toEqual(read.map((_, index) => from + index));
  expect(events[0]).toMatchObject({ type: "session.started", session: { number: 2 } });
  expect(events.at(-1)).toMatchObject({ type: "session.ended" });
  const said = events.flatMap((event) => (event.type === "message.posted" ? [event.text] : []));
  expect(said.toSorted()).toEqual(["And once more", ...second].toSorted());
  const { headers } = await signIn(stage.url, "admin");
  const transcript = await fetch(
    `${stage.url}/api/v1/conversations/${agent.id}/transcript?session=${items[1]?.session.id}`,
    { headers },
  );
  const text = await transcript.text();
  expect([
    ...second.filter((line) => !text.includes(`${line}\n`)),
    ...first.filter((line) => text.includes(`: ${line}\n`)),
  ]).toEqual([]);

  // The window, loaded in that instant, has all of it: what it kept, what is new, what is older.
  await customer.reload();
  await customer.reads("Second 30");
  const shown = async () => {
    await customer.log.evaluate((log) => log.scrollTo({ top: 0 }));
    return customer.log.locator(".bubble").count();
  };
  await eventually(shown).toBe(first.length + second.length + 1);
});

const numbers = (events: readonly ConversationEvent[]) => events.map(({ number }) => number);
