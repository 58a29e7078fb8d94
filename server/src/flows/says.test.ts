import type { Attachment } from "@clew/contract/attachments";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { answersOf } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { button } from "../testing/form-flows.ts";
import { type Served, servedCase } from "../testing/form-stage.ts";
import { DEMO_CHANNELS, newGuest, newId, postJson, startTestApp, TestStream } from "../testing/test-app.ts";

const REPLIES = [{ label: "Track it" }, { label: "Talk to somebody", value: "agent, please" }];

/** What flows say: with files, with answers to be pressed, without a sound. */
const SAYS = button(
  "says",
  {
    say: {
      type: "message.send",
      conversation: "=conversationId",
      text: "What now?",
      quickReplies: REPLIES,
      silent: true,
      next: "attach",
    },
    attach: {
      type: "message.send",
      conversation: "=conversationId",
      text: "Here it is again.",
      attachments: ["=file"],
      faults: [{ match: ["*"], next: "cannot", as: "why" }],
      next: "end",
    },
    cannot: { type: "message.send", conversation: "=conversationId", text: "cannot: {{why.code}}", next: "end" },
    end: { type: "end" },
  },
  { inputs: { conversationId: { type: "text", required: true }, file: { type: "file?" } } },
);
const CHOICE = {
  id: "size",
  kind: "choice",
  options: ["S", "M"].map((label) => ({ value: label.toLowerCase(), label })),
};
const ASKS = button("asks", {
  say: { type: "ask", text: "Which size?", expect: CHOICE, next: "tell", gaveUp: "end", timeout: "end" },
  tell: { type: "message.send", text: "Noted: {{say.size}}", next: "end" },
  end: { type: "end" },
});

const TELLS = button(
  "tells",
  {
    there: {
      type: "message.send",
      conversation: "=other",
      text: { en: "It is on its way.", de: "Es ist unterwegs." },
      quickReplies: [{ label: { en: "Thanks", de: "Danke" }, value: "thanks" }],
      next: "here",
    },
    here: { type: "message.send", text: { en: "They know.", de: "Sie wissen es." }, next: "end" },
    end: { type: "end" },
  },
  { inputs: { other: { type: "text", default: "" } } },
);

describe.each(ENGINES)("what flows say on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    const admin = await flowAdmin(app.url);
    await admin.publish(SAYS);
    await admin.publish(ASKS);
    await admin.publish(TELLS);
  });
  afterAll(() => app.close());

  const run = ({ conversationId, caseId, person }: Served, key: string, inputs: object) =>
    postJson(`${app.url}/api/v1/flows/${key}/runs`, { id: newId(), conversationId, caseId, inputs }, person.headers);

  /** Messages of the bot, once there are so many. */
  async function said({ customer, conversationId }: Served, count: number) {
    const bot = () =>
      customer
        .events(conversationId)
        .flatMap((event) => (event.type === "message.posted" && event.by.who === "bot" ? [event] : []));
    await expect.poll(() => bot().length).toBe(count);
    return bot();
  }

  async function fileOf(served: Served): Promise<Attachment> {
    const body = new FormData();
    body.append("file", new File(["the bill"], "bill.txt", { type: "text/plain" }));
    const response = await fetch(`${app.url}/api/v1/conversations/${served.conversationId}/attachments`, {
      method: "POST",
      headers: { authorization: `Bearer ${served.identity.accessToken}` },
      body,
    });
    return (await response.json()) as Attachment;
  }

  test("[FA14] a flow's words come with answers to be pressed and with files of the conversation", async () => {
    const served = await servedCase(app);
    const { customer, conversationId } = served;
    const file = await fileOf(served);
    await customer.command({ type: "message.post", conversationId, text: "", attachments: [file.id] });
    await run(served, "says", { conversationId, file });
    const [first, second] = await said(served, 2);
    expect(first).toMatchObject({
      text: "What now?",
      silent: true,
      replies: [
        { label: "Track it", text: "Track it" },
        { label: "Talk to somebody", text: "agent, please" },
      ],
    });
    expect(second).toMatchObject({ text: "Here it is again.", attachments: [{ id: file.id, name: "bill.txt" }] });
    expect(second).not.toHaveProperty("replies");
  });

  test("[FA15] a file of somebody else, or one that nobody has sent, is not attached", async () => {
    const [theirs, mine] = [await servedCase(app), await servedCase(app, "chiyo")];
    const file = await fileOf(theirs);
    const about = { conversationId: theirs.conversationId, text: "", attachments: [file.id] };
    await theirs.customer.command({ type: "message.post", ...about });
    await run(mine, "says", { conversationId: mine.conversationId, file });
    expect((await said(mine, 2)).at(-1)?.text).toBe("cannot: notFound");
    await run(mine, "says", { conversationId: mine.conversationId, file: await fileOf(mine) });
    expect((await said(mine, 4)).at(-1)?.text).toBe("cannot: notFound");
  });

  test("[GE3] what a flow says in another conversation is in the language of its customer", async () => {
    const served = await servedCase(app);
    const guest = await app.lasting(await newGuest(app.url));
    const stream = await TestStream.open(app.url, { token: guest.accessToken });
    await stream.until(({ type }) => type === "welcome");
    const other = newId();
    const about = {
      conversationId: other,
      channelId: DEMO_CHANNELS.shop,
      language: "de-AT",
      answers: answersOf(),
      shows: ["forms"],
    };
    expect(await stream.command({ type: "conversation.start", ...about })).toMatchObject({ ok: true });
    stream.send({ type: "subscribe", topic: { kind: "conversation", id: other } });
    await run(served, "tells", { other });
    const [there] = await said({ ...served, customer: stream, conversationId: other }, 1);
    expect(there).toMatchObject({ text: "Es ist unterwegs.", replies: [{ label: "Danke", text: "thanks" }] });
    expect((await said(served, 1))[0]?.text).toBe("They know.");
    stream.cut();
  });

  test("[FA16] a question to choose from offers its options; where nothing can be pressed they are read", async () => {
    const served = await servedCase(app);
    await run(served, "asks", { conversationId: served.conversationId });
    const [question] = await said(served, 1);
    expect(question).toMatchObject({ text: "Which size?", replies: [{ label: "S", text: "S" }, { text: "M" }] });
    const { customer, conversationId } = served;
    await customer.command({ type: "message.post", conversationId, text: "M", attachments: [] });
    expect((await said(served, 2)).at(-1)?.text).toBe("Noted: m");
    const plain = await servedCase(app, "chiyo", newGuest(app.url), []);
    await run(plain, "says", { conversationId: plain.conversationId, file: null });
    expect((await said(plain, 2))[0]?.text).toBe("What now?\n• Track it\n• Talk to somebody");
  });
});
