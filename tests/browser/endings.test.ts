import { expect, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { MINUTE } from "./agent-side-scene.ts";

const { shop, arrives } = agentSidePeople(["amara"]);

test("[BR3] a guest who ends closes the conversation; it is read-only and a new one can be started", async () => {
  const { stage } = await shop();
  const agent = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await agent.write("Good morning!");
  await customer.reads("Good morning!");
  await customer.endFromMenu();
  await customer.sees("You ended the chat");
  await customer.sees("This conversation is closed and can only be read.");
  await agent.reads(/customer ended the session/i);
  await agent.sees("The conversation is closed; you can still leave a note.");
  await customer.button("Start a new conversation").click();
  await customer.button("Start chat").waitFor();
});

test("[BR3] the agent's end says what it is not, and both sides say who ended", async () => {
  const { stage } = await shop();
  const agent = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await agent.action("End session").click();
  const dialog = agent.page.getByRole("dialog");
  await dialog.getByText("If you only want to step away, use Close instead.").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  await agent.end();
  await agent.reads("You ended the session");
  await customer.reads("Amara ended the chat");
});

test("[BR3] a silent customer is warned with a countdown on both sides; a word stops it, silence ends the session", async () => {
  const silence = { inactiveAfter: null, warnAfter: MINUTE, endAfterWarning: 5 * MINUTE };
  const { stage } = await shop({}, { settings: () => ({ inactivity: silence }) });
  const agent = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await agent.write("Which plant is it?");
  await customer.reads("Which plant is it?");
  stage.skip(MINUTE);
  await customer.sees("Still there?");
  await customer.sees(/This chat ends in \d:\d\d unless you write/);
  await agent.sees(/The customer is silent: the session ends in \d:\d\d/);
  await customer.button("I’m still here").click();
  await agent.reads("I’m still here");
  await customer.window.getByText("Still there?").waitFor({ state: "detached" });
  await agent.write("And how old?");
  await customer.reads("And how old?");
  stage.skip(MINUTE);
  await customer.sees("Still there?");
  stage.skip(5 * MINUTE);
  await customer.reads("The chat ended because it was quiet for a while");
  await customer.sees(/your next message starts a new session here/);
  await agent.reads("The session ended because the customer was silent");
});

test("[BR3] a keyword ends the session and nothing else; undone, the same session waits again", async () => {
  const { stage } = await shop({}, { settings: ({ optOut }) => ({ optOut: { ...optOut, on: true } }) });
  const agent = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await customer.write("How do I stop the leaves from falling?");
  await agent.reads("How do I stop the leaves from falling?");
  await agent.write("A little less water.");
  await customer.write("STOP");
  await customer.sees("You stopped the chat.");
  await agent.reads("The customer ended the session with a keyword");
  await agent.sees(/Ended by a keyword: the customer can take it back for/);
  await customer.button(/^Undo/).click();
  await customer.sees("You’re next in line");
  await agent.accept();
  await agent.reads("The customer took the keyword back: the session goes on");
  await agent.write("Good to have you back.");
  await customer.reads("Good to have you back.");
  expect(await agent.line("Session 2").count()).toBe(0);

  await customer.write("stop");
  await customer.sees("You stopped the chat.");
  await customer.write("Hello again");
  await customer.reads("New session");
  await agent.offer.getByText("Session 2").waitFor();
});
