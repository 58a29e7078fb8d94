import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

test.each(["sqlite", "postgres"] as const)(
  "[BR2] session-based: read-only after the end with who ended it, refused by the server too, then a new conversation (%s)",
  async (engine) => {
    const stage = await openStage({ engine });
    const agent = await stage.agent("ben");
    const customer = await stage.customer({ channel: DEMO_CHANNELS.supportDesk });
    await customer.open();
    await customer.fillSupportForm();
    await customer.start();
    await agent.accept();
    await customer.sees("The team can see what you type.");
    await customer.box.pressSequentially("It is dark");
    await agent.reads("Typing, not sent yet");
    await agent.reads("It is dark");
    await customer.write("It is dark here.");
    await agent.reads("It is dark here.");
    // As a message, that is, and no longer as what is being typed.
    await agent.line("Typing, not sent yet").waitFor({ state: "detached" });
    await agent.end();

    await customer.sees("Ben ended the chat");
    await customer.sees("This conversation is closed and can only be read.");
    expect(await customer.box.count()).toBe(0);
    await agent.reads("The conversation is closed: a new message needs a new conversation");
    const resumed = customer.page.waitForResponse(/identity\/resume$/);
    await customer.reload();
    await customer.reads("It is dark here.");
    await customer.sees("This conversation is closed and can only be read.");
    expect(await customer.box.count()).toBe(0);

    // Past the window, with the customer's own token, as a program in the page could.
    const { accessToken } = (await (await resumed).json()) as { accessToken: string };
    const [first] = await (await stage.admin()).conversations();
    const answer = await fetch(`${stage.url}/api/v1/commands`, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({
        type: "message.post",
        id: newId(),
        conversationId: first?.conversationId,
        text: "And cold.",
        attachments: [],
      }),
    });
    expect(await answer.json()).toMatchObject({ status: 409, code: "conversation-closed" });

    await customer.button("Start a new conversation").click();
    await customer.fillSupportForm();
    await customer.start();
    expect(await customer.line("It is dark here.").count()).toBe(0);
    await agent.accept();
    await customer.write("Now it is bright, but warm.");
    await agent.reads("Now it is bright, but warm.");
    expect(await agent.line("It is dark here.").count()).toBe(0);
    const held = await (await stage.admin()).conversations();
    expect(held.map(({ status }) => status).sort()).toEqual(["closed", "open"]);
  },
);
