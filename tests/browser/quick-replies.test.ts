import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { eventually } from "./eventually.ts";
import { sharedStage } from "./stage.ts";

const OFFERS = {
  $schema: "flow/1",
  key: "test.offers",
  kind: "screen",
  audience: "agent",
  title: "Offers",
  trigger: { on: "agent.button", where: ["session"], label: "Offer" },
  inputs: { conversationId: { type: "text", required: true } },
  start: "say",
  nodes: {
    say: {
      type: "message.send",
      conversation: "=conversationId",
      text: "What would you like to do about your order?",
      quickReplies: [
        { label: "Track it" },
        { label: "Send it back, because it does not fit at all" },
        { label: "أريد التحدث مع شخص ما", value: "A person, please" },
      ],
      next: "end",
    },
    end: { type: "end" },
  },
};

const shared = sharedStage(async (stage) => {
  const api = await stage.admin();
  const { revision } = await api.call<{ revision: number }>("PUT", "/flows/test.offers/draft", {
    definition: OFFERS,
    revision: 0,
  });
  await api.call("POST", "/flows/test.offers/publish", { revision, message: "for the test", activate: true });
  return { api };
});

test("[FA17] a reply that is pressed is posted as the customer's words, once, from however many tabs", async () => {
  const { stage, api } = shared();
  const amara = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  const { items } = await api.call<{ items: { conversationId: string }[] }>(
    "GET",
    "/staff/conversations?status=active",
  );
  const conversationId = items[0]?.conversationId ?? "";
  const start = () => api.call("POST", "/flows/test.offers/runs", { id: newId(), conversationId });
  await start();
  await customer.button("Track it").waitFor();
  await screenshot(customer.page, "quick-replies");
  await amara.page.getByText("To be pressed: Track it").waitFor();
  const tab = await customer.secondTab();
  const buttons = [
    await customer.button("Track it").elementHandle(),
    await tab.button(/^Send it back/).elementHandle(),
  ];
  await Promise.all(
    buttons.map((button) =>
      button?.evaluate((element) => {
        (element as HTMLElement).click();
        (element as HTMLElement).click();
      }),
    ),
  );
  await customer.log.getByText("What would you like").waitFor();
  await eventually(() => customer.button(/Track it|Send it back/).count()).toBe(0);
  await eventually(() => tab.button(/Track it|Send it back/).count()).toBe(0);
  await amara.reads(/^(Track it|Send it back, because it does not fit at all)$/);
  const posted = async () => {
    const { events } = await api.call<{ events: { type: string; by: { who: string }; text?: string }[] }>(
      "GET",
      `/conversations/${conversationId}/events`,
    );
    return events.flatMap(({ type, by, text }) => (type === "message.posted" && by.who === "customer" ? [text] : []));
  };
  expect(await posted()).toHaveLength(1);
  // What is offered counts until somebody says something.
  await start();
  await customer.button(/التحدث/).click();
  await eventually(posted).toHaveLength(2);
  expect((await posted()).at(-1)).toBe("A person, please");
  await amara.reads("A person, please");
});
