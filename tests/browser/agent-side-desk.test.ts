import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { expect, test, vi } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { drop, eventsOf, last, loads, MINUTE, SECOND, serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

const { amara: AMARA } = DEMO_AGENTS;
/** Several people with a window each: seconds on a quiet machine, much longer on a busy one. */
vi.setConfig({ testTimeout: 120 * SECOND });

const { shop } = agentSidePeople();

/** Another tab of the same browser, signed in as it is. */
async function anotherTab(agent: AgentConsole): Promise<AgentConsole> {
  const tab = new AgentConsole(await agent.page.context().newPage(), agent.url);
  await tab.open();
  await tab.isAvailable();
  return tab;
}

async function crash({ page }: AgentConsole): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const session = await page.context().newCDPSession(page);
  // The page dies before it can answer.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
}

test("[K42] closed by mistake, by the button or with the tab: undone, and the customer was never passed on", async () => {
  const { stage, admin } = await shop();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  await amara.action("Close").click();
  await amara.sees("It is parked until the customer writes.");
  await customer.write("Which pot shall I take?");
  await amara.reads("Which pot shall I take?");
  await amara.page
    .getByRole("button", { name: /^Undo \(/ })
    .first()
    .click();
  await amara.reads("You came back");

  const device = amara.page.context();
  await amara.page.close();
  await customer.write("A red one?");
  const again = new AgentConsole(await device.newPage(), stage.url);
  await again.open();
  await again.row("Ana Ruiz").click();
  await again.reads("A red one?");
  await again.write("The red one.");
  await customer.reads("The red one.");
  expect(await customer.line(/finding someone else|joined the chat/).count()).toBe(1);
  expect((await eventsOf(admin)).filter(({ type }) => type === "session.waiting")).toHaveLength(1);
});

test("[K43] the agent's browser dies: a new one finds all in time; else the customer goes on to a colleague, who reads why", async () => {
  const { stage, admin } = await shop();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const chiyo = await stage.agent("chiyo");
  const device = amara.page.context();
  await crash(amara);
  await customer.write("Are you still there?");
  await isOffline(AMARA);
  stage.skip(MINUTE);
  expect(await chiyo.offer.count()).toBe(0);
  const again = new AgentConsole(await device.newPage(), stage.url);
  await again.open();
  await again.row("Ana Ruiz").click();
  await again.reads("Are you still there?");
  await again.write("My browser broke.");
  await customer.reads("My browser broke.");

  await crash(again);
  await customer.write("Once more?");
  await isOffline(AMARA);
  stage.skip(4 * MINUTE);
  await customer.reads("We’re finding someone else for you");
  await chiyo.accept();
  await chiyo.reads("The agent's connection was lost: waiting in Orders and advice again");
  await chiyo.reads("Once more?");
  await customer.reads("Chiyo joined the chat");
  expect(await last(admin, "session.waiting")).toMatchObject({ reason: "agent-left", by: { who: "system" } });
  await loads(admin, AMARA, 0);

  /** Once the server has missed the agent's connection, for as long as a reload takes. */
  async function isOffline(agentId: string) {
    const look = async () => {
      stage.skip(SECOND);
      const { items } = await admin.call<{ items: { agentId: string; status: string }[] }>("GET", "/staff/presences");
      return items.find((presence) => presence.agentId === agentId)?.status;
    };
    await eventually(look).toBe("offline");
  }
});

test("[K44] an agent in two tabs and on two devices is one owner: accepted at once in two, served from all", {
  timeout: 120_000,
}, async () => {
  const { stage, admin } = await shop();
  const desk = await stage.agent("amara");
  const tab = await anotherTab(desk);
  const laptop = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  const places = [desk, tab, laptop];
  await Promise.all(places.map((place) => place.offer.waitFor()));
  const accept = (place: AgentConsole) => place.offer.getByRole("button", { name: /^Accept/ }).elementHandle();
  const buttons = await Promise.all([desk, laptop].map(accept));
  await Promise.all(buttons.map((button) => button?.dispatchEvent("click")));
  await Promise.all(places.map((place) => place.offer.waitFor({ state: "detached" })));
  await Promise.all(places.map((place) => place.row("Ana Ruiz").click()));
  await laptop.write("From the laptop");
  await tab.write("From the tab");
  await customer.write("To all of you");
  for (const place of places) {
    await place.reads("To all of you");
    for (const text of ["From the laptop", "From the tab", "To all of you"]) await place.times(text, 1);
  }
  await customer.times("From the laptop", 1);
  expect((await eventsOf(admin)).filter(({ type }) => type === "session.assigned")).toHaveLength(1);
  await loads(admin, AMARA, 1);
  await tab.end();
  await Promise.all(places.map((place) => place.reads("You ended the session")));
  await loads(admin, AMARA, 0);
});

test("[K48] a supervisor ends by force or joins: agent and customer both read who did it", async () => {
  const { stage, admin } = await shop();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const sofia = await stage.agent("supervisor", { status: "busy" });
  await sofia.view("All");
  await sofia.row("Ana Ruiz").click();
  await sofia.reads("I am Ana Ruiz.");
  await sofia.end();
  await amara.reads(/Sofía.* ended the session by force/);
  await customer.reads("Sofía ended the chat");
  expect((await last(admin, "session.ended"))?.session.end).toMatchObject({ by: "supervisor", why: "closed-by-admin" });
  await loads(admin, AMARA, 0);

  await customer.write("Why that?");
  await amara.accept();
  await sofia.reads("Why that?");
  await sofia.action("Assign to an agent").click();
  await sofia.page
    .getByRole("dialog")
    .getByRole("button", { name: /Sof[ií]a/ })
    .click();
  await sofia.write("I go on with you myself.");
  await customer.reads("Sofía joined the chat");
  await customer.reads("I go on with you myself.");
  await amara.reads(/Sofía.* assigned it to Sofía|Sofía.* took/);
});

test("[K49] who comes back keeps a place they had, and else stands behind those who have waited longer", async () => {
  const { stage, admin } = await shop({}, { her: { capacity: 1 } });
  const amara = await stage.agent("amara");
  const ana = await serve(stage, amara);
  const bo = await stage.customer();
  await bo.begin({ name: "Bo Lund" });
  const cy = await stage.customer();
  await cy.begin({ name: "Cy Young" });
  await cy.sees("Number 2 in line");

  const [device, url] = [bo.page.context(), bo.page.url()];
  await bo.page.close();
  const gone = async () => {
    stage.skip(2 * SECOND);
    return (await last(admin, "customer.gone", "Bo Lund"))?.type;
  };
  await eventually(gone).toBe("customer.gone");
  const boAgain = new CustomerWindow(await device.newPage());
  await boAgain.page.goto(url);
  await boAgain.sees("You’re next in line");
  await cy.sees("Number 2 in line");

  const back = await drop(stage, amara, ana);
  await amara.action("Release now").click();
  await amara.offer.getByText("Bo Lund").first().waitFor();
  await amara.accept();
  await boAgain.reads("Amara joined the chat");
  const anaAgain = await back();
  await anaAgain.sees("Number 2 in line");
  await cy.sees("You’re next in line");
  for (const next of [cy, anaAgain]) {
    await amara.end();
    await amara.accept();
    await next.reads("Amara joined the chat");
  }
});

test("[K50] nothing blocks after the work is done: back after Close or End, the customer waits for whoever is free, the one before first", async () => {
  const { stage, admin } = await shop();
  const amara = await stage.agent("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  await amara.action("Close").click();
  await amara.sees("It is parked until the customer writes.");
  stage.skip(11 * SECOND);
  await loads(admin, AMARA, 0);
  const again = await back();
  await amara.reads(/^The customer is back after/);
  await again.write("I am back.");
  await again.reads("We’re finding someone else for you");
  await amara.accept();
  await amara.reads("I am back.");
  expect(await last(admin, "session.assigned")).toMatchObject({ session: { number: 1, agent: { id: AMARA } } });

  await amara.end();
  await loads(admin, AMARA, 0);
  await again.write("One more thing.");
  await again.reads("New session");
  await amara.accept();
  await amara.reads("One more thing.");
  expect(await last(admin, "session.assigned")).toMatchObject({ session: { number: 2, agent: { id: AMARA } } });
});
