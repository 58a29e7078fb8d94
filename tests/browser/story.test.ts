import { DEMO_PASSWORD } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { openStage } from "./stage.ts";

test.each(["sqlite", "postgres"] as const)(
  "[BR1] the conversation outlives its session: pre-chat, chat, end, the next session with what is known (%s)",
  async (engine) => {
    const stage = await openStage({ engine });
    const desk = await stage.device({ viewport: { width: 1440, height: 900 } });
    const agent = new AgentConsole(await desk.newPage(), stage.url);
    const customer = await stage.customer();
    await customer.open();
    await customer.fillShopForm({ order: "LK-204518" });
    await customer.start();
    await customer.sees("You’re next in line");

    await agent.open();
    await agent.signIn("amara@clew.example", DEMO_PASSWORD);
    await agent.choosePresence("Available");
    await agent.offer.getByText("LK-204518").waitFor();
    await agent.accept();
    await customer.reads("Amara joined the chat");

    await Promise.all([agent.sees("The customer is typing"), customer.box.pressSequentially("Where is")]);
    await customer.write("Where is my parcel?");
    await agent.reads("Where is my parcel?");
    await customer.reads(/^Read$/);
    await Promise.all([customer.reads("Amara is typing"), agent.reply.pressSequentially("Let me")]);
    await agent.write("It is on its way.");
    await customer.reads("It is on its way.");
    await agent.reads(/^Read$/);
    await agent.fact("Order number").getByText("LK-204518").waitFor();

    await agent.end();
    await customer.reads("Amara ended the chat");
    await customer.sees(/your next message starts a new session here, and we still know what you told us/);
    await agent.sees("The session has ended. If the customer writes, session 2 starts.");
    const address = agent.page.url();

    await customer.reload();
    await customer.reads("It is on its way.");
    await customer.write("One more thing: can I change the address?");
    await customer.reads("New session");
    await customer.reads("Your answers were carried over");
    await agent.offer.getByText("Session 2").waitFor();
    await agent.accept();
    expect(agent.page.url()).toBe(address);
    await agent.reads("Session 2");
    await agent.reads("Where is my parcel?");
    await agent.reads("One more thing: can I change the address?");
    await agent
      .fact("Order number")
      .getByText(/^carried from .*\(session 1\)$/)
      .waitFor();
    await agent
      .fact("Your name")
      .getByText(/^carried from .*\(session 1\)$/)
      .waitFor();

    await agent.correct("Order number", "LK-204519");
    await agent.fact("Order number").getByText("LK-204519").waitFor();
    await agent.fact("Order number").getByText("corrected by you").waitFor();
    await eventually(() => agent.customer.getByText("LK-204518").count()).toBe(0);
    await agent.customer.getByText("Session 1", { exact: true }).waitFor();
    await agent.write("Done.");
    await customer.reads("Done.");
    expect(await (await stage.admin()).conversations()).toHaveLength(1);
  },
);
