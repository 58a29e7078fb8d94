import { afterEach, expect, test } from "vitest";
import { drop, eventsOf, MINUTE, TERMS } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { copiedLink, deviceAt, endAll, goOn, isRefused, ofType, signedIn } from "./reconnect-scene.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { DEMO_CHANNELS, type Stage, sharedStage } from "./stage.ts";

/** A shop that signs its visitors in, and an agent at the console. */
const scene = sharedStage(async (stage) => {
  const admin = await stage.admin();
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, reconnect: TERMS }));
  const { sign } = await signingShop(admin);
  return { admin, sign, amara: await stage.agent("amara") };
});

afterEach(() => endAll(scene().admin));

/** Somebody whom the page vouches for, in talk with the agent about advice. */
async function talks(stage: Stage, amara: AgentConsole, token: string, name: string): Promise<CustomerWindow> {
  const laptop = await stage.customer();
  await identify(laptop, token);
  await laptop.begin({ name, topic: "Plant advice" });
  await amara.accept();
  await laptop.write("It has brown leaves.");
  await amara.reads("It has brown leaves.");
  await amara.write("Is it near a window?");
  await laptop.reads("Is it near a window?");
  return laptop;
}

test("[K30] [K38] [RC25] [RC28] signed in elsewhere one is asked: whom with, about what, the last word, the time left; on or anew", async () => {
  const { stage, admin, amara, sign } = scene();
  const token = await sign("p-0", "Ana Ruiz");
  const laptop = await talks(stage, amara, token, "Ana Ruiz");
  await drop(stage, amara, laptop);
  await amara.sees(/place kept 4:\d\d · yours for 9:\d\d · session waits 29:\d\d/);

  const phone = await signedIn(stage, token);
  await phone.sees("Welcome back, Ana Ruiz");
  const card = phone.window.getByRole("listitem");
  for (const text of ["Chat with Amara", "Plant advice", "Is it near a window?", /^Kept for you for (29|30) minutes$/])
    await card.getByText(text).waitFor();
  expect(await phone.kept()).not.toContain("brown leaves");
  await card.getByRole("button").click();
  await phone.reads("It has brown leaves.");
  await amara.reads(/^The customer is back after/);
  await phone.write("Yes, to the south.");
  await amara.reads("Yes, to the south.");
  await amara.page.getByText(/session waits \d/).waitFor({ state: "detached" });

  const tablet = await signedIn(stage, token);
  await tablet.sees("Welcome back, Ana Ruiz");
  await tablet.button("End everything and start anew").click();
  await amara.reads("The customer ended the session");
  await phone.sees("You ended the chat");
  await tablet.write("Something else: tulips.");
  await amara.offer.getByText("Session 2").waitFor();
  const events = await eventsOf(admin);
  expect(ofType(events, "customer.returned").map(({ how }) => how)).toEqual(["prompt"]);
  expect(ofType(events, "session.ended").map(({ session }) => session.end)).toMatchObject([
    { by: "customer", why: "ended" },
  ]);
});

test("[PK1] [PK3] [PK4] [PK5] put aside for something else, it stays with the agent and is asked for until one goes back to it", async () => {
  const { stage, admin, amara, sign } = scene();
  const token = await sign("p-5", "Finn Moor");
  const laptop = await talks(stage, amara, token, "Finn Moor");
  const phone = await signedIn(stage, token);
  await phone.sees(/^What is under way stays open, and we’re told\./);
  await phone.button("Put it aside and start anew").click();
  await amara.reads(/^The customer put this chat aside/);
  await phone.field("Your name").waitFor();

  // Nothing was begun yet: the question is there again, and says what was chosen.
  await phone.reload();
  await phone.reopenIfClosed();
  await phone.sees("Put aside for later");
  await phone.button("Put it aside and start anew").click();
  await phone.fillShopForm({ name: "Finn Moor", topic: "An order" });
  await phone.start();
  await phone.write("Where is my parcel?");
  await amara.accept();
  await amara.reads("Where is my parcel?");

  const tablet = await signedIn(stage, token);
  const cards = tablet.window.getByRole("listitem");
  await eventually(() => cards.count()).toBe(2);
  const aside = cards.filter({ hasText: "Put aside for later" });
  await aside.getByText("Plant advice").waitFor();
  await aside.getByRole("button").click();
  await tablet.reads("It has brown leaves.");
  await tablet.write("Back to the leaves.");
  await laptop.reads("Back to the leaves.");
  const own = (await admin.conversations()).filter(({ customer }) => customer.subject === "p-5");
  expect(own.map(({ session }) => session.status)).toEqual(["active", "active"]);
});

test("[K33] two running chats of one person: each tells what it is, and the chosen one is gone on with", async () => {
  const { stage, amara, sign } = scene();
  const token = await sign("p-1", "Cleo Sand");
  await talks(stage, amara, token, "Cleo Sand");
  const second = await stage.customer();
  await second.begin({ topic: "An order" });
  await second.write("Where is my parcel?");
  await second.reads(/^Sent$|^Delivered$/);
  await identify(second, token);
  await second.reads("You’re signed in. The conversation stays with you.");

  const phone = await signedIn(stage, token);
  const cards = phone.window.getByRole("listitem");
  await eventually(() => cards.count()).toBe(2);
  await cards.filter({ hasText: "Plant advice" }).getByText("Chat with Amara").waitFor();
  const order = cards.filter({ hasText: "An order" });
  await order.getByText("You: Where is my parcel?").waitFor();
  await order.getByRole("button").click();
  await phone.reads("Where is my parcel?");
  expect(await phone.line("It has brown leaves.").count()).toBe(0);
  await phone.write("I am on the phone now.");
  await second.reads("I am on the phone now.");
});

test("[K31] [RC24] the link of somebody else is refused where one is signed in, and is not spent by that", async () => {
  const { stage, amara, sign } = scene();
  const laptop = await talks(stage, amara, await sign("p-3", "Eva Roth"), "Eva Roth");
  const url = await copiedLink(laptop);
  const bo = await deviceAt(stage, url);
  await bo.sees("Continue your chat?");
  await identify(bo, await sign("bo-18", "Bo Lund"));
  await eventually(() => bo.kept()).toContain("Bo Lund");
  await isRefused(bo);
  const kept = await bo.kept();
  expect(kept).toContain("Bo Lund");
  expect(kept).not.toContain("brown leaves");
  await bo.button("Start a new chat").click();
  await bo.field("Your name").waitFor();

  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.reads("It has brown leaves.");
});

test("[K32] [RC24] signed in without a chat of one's own, a guest's good link wins: what was said is theirs from now on", async () => {
  const { stage, admin, amara, sign } = scene();
  const laptop = await stage.customer();
  await laptop.begin();
  await amara.accept();
  await laptop.write("I am nobody yet.");
  await amara.reads("I am nobody yet.");
  const phone = await deviceAt(stage, await copiedLink(laptop));
  await identify(phone, await sign("p-4", "Ana Ruiz Soler"));
  await eventually(() => phone.kept()).toContain("Ana Ruiz Soler");
  await goOn(phone);
  await phone.reads("I am nobody yet.");
  await amara.reads("The customer signed in and is now verified as p-4");
  await phone.write("Now I am Ana.");
  await amara.reads("Now I am Ana.");
  // Whoever made the link is not handed the account of whoever followed it.
  await laptop.window.getByText("I am nobody yet.").waitFor({ state: "detached" });
  await eventually(async () => (await laptop.kept()).includes("I am nobody yet.")).toBe(false);
  await laptop.sees("This chat isn’t open on this device any more. You can start a new one here.");
  const own = (await admin.conversations()).filter(({ customer }) => customer.subject === "p-4");
  expect(own.map(({ session }) => session.number)).toEqual([1]);
});

test("[K34] the time to come back passes while one is asked: the question says so, and so does what it opens", async () => {
  const { stage, amara, sign } = scene();
  const token = await sign("p-2", "Dora Wolf");
  await drop(stage, amara, await talks(stage, amara, token, "Dora Wolf"));
  const phone = await stage.customer();
  // From here on the page's clock stands where it is put, as the server's does.
  await phone.page.clock.install();
  await phone.reload();
  await identify(phone, token);
  await phone.open();
  await phone.sees(/^Kept for you for (29|30) minutes$/);
  stage.skip(31 * MINUTE);
  await phone.page.clock.fastForward(31 * MINUTE);
  await phone.sees("Ended meanwhile. You can still read it.");
  await amara.reads(/did not come back in time|connection was lost|ended/i);
  await phone.window.getByRole("listitem").getByRole("button").click();
  await phone.reads("It has brown leaves.");
  await phone.sees(/^The chat ended because the connection was lost/);
  await phone.sees(/your next message starts a new session here/);
});
