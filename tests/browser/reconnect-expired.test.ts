import type { AddressInfo } from "node:net";
import { startTestApp } from "@clew/server/testing/test-app";
import { SMTPServer } from "smtp-server";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { eventually } from "./eventually.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { copiedLink, deviceAt, goOn, leave, MINUTE, ofType, reconnectScene } from "./reconnect-scene.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const mails: string[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _session, done) {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      mails.push(
        Buffer.concat(parts)
          .toString()
          .replace(/=\r?\n/g, "")
          .replaceAll("=3D", "="),
      );
      done();
    });
  },
});
await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
afterAll(() => new Promise<void>((resolve) => smtp.close(resolve)));
const { port } = smtp.server.address() as AddressInfo;

const scene = reconnectScene({ environment: { CLEW_SMTP_URL: `smtp://127.0.0.1:${port}` } });
const ADDRESS = "ana@example.com";

/** Everything that this browser holds of the site goes, as when somebody clears it. */
async function clearStorage({ page }: CustomerWindow): Promise<void> {
  const { origin } = new URL(page.url());
  const session = await page.context().newCDPSession(page);
  await page.goto("about:blank");
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
}

test("[K36] storage was cleared: the browser knows nothing, and a mailed link or a copied one brings the chat back", async () => {
  const { stage, terms, talk } = scene();
  await terms();
  const { customer, agent } = await talk("Before the spring clean");
  await customer.button("Options").click();
  await customer.button("Continue on another device").click();
  await customer.field("Your e-mail address").fill(ADDRESS);
  await customer.button("E-mail it to me").click();
  await customer.sees(`Sent to ${ADDRESS}.`);
  await customer.window.getByRole("dialog").getByRole("button", { name: "Dismiss" }).click();
  const copied = await copiedLink(customer);
  await eventually(() => mails.length).toBe(1);
  const mail = mails[0] ?? "";
  expect(mail).toContain(`To: ${ADDRESS}`);
  expect(mail).toContain("Your chat with Larkspur");
  const mailed = /http\S+#clew-reconnect=\S+/.exec(mail)?.[0] ?? "";
  expect(mailed).not.toBe(copied);

  const { page } = customer;
  for (const url of [mailed, copied]) {
    await clearStorage(customer);
    await page.goto(`${stage.url}/?channel=${DEMO_CHANNELS.shop}`);
    await customer.open();
    await customer.field("Your name").waitFor();
    expect(await customer.kept()).not.toContain("Before the spring clean");
    await page.goto("about:blank");
    await page.goto(url);
    await goOn(customer);
    await customer.reads("Before the spring clean");
  }
  await customer.write("And after it");
  await agent.has("And after it");
  expect(ofType(await agent.events(), "session.started")).toHaveLength(1);
});

test("[K27] forged, broken off, of another channel, of another organisation: one and the same neutral answer, and not too often", async () => {
  const { stage, terms, talk } = scene();
  await terms();
  const { customer } = await talk("Nobody gets in here");
  const url = await copiedLink(customer);
  const [page = "", token = ""] = url.split(/(?<=#clew-reconnect=)/);
  const elsewhere = await startTestApp({ environment: { CLEW_RATE_LIMIT: "0.1" } });
  onTestFinished(() => elsewhere.close());
  const tries = {
    forged: url.slice(0, -3) + (token.endsWith("AAA") ? "BBB" : "AAA"),
    truncated: url.slice(0, -10),
    "nearly nothing": `${page}x`,
    "broken by a mail program": `${url}%20.`,
    "of another channel": url.replace(DEMO_CHANNELS.shop, DEMO_CHANNELS.supportDesk),
    "of another organisation": url.replace(stage.url, elsewhere.url),
  };
  const answers = new Map<string, string>();
  const shown = new Map<string, string>();
  const guess = await deviceAt(stage, "about:blank");
  for (const [name, address] of Object.entries(tries)) {
    await guess.page.goto("about:blank");
    await guess.page.goto(address);
    const answer = guess.page.waitForResponse((response) => response.url().endsWith("/reconnect/open"));
    await goOn(guess);
    const response = await answer;
    answers.set(name, `${response.status()} ${await response.text()}`);
    await guess.sees("This link doesn’t work");
    shown.set(name, await guess.window.locator(".return").innerText());
  }
  expect(new Set(answers.values())).toEqual(new Set(['200 {"outcome":"refused","because":"link-invalid"}']));
  expect(new Set(shown.values()).size).toBe(1);

  // Three in ten minutes is what that server allows; the fourth is told to wait, whatever the link is.
  for (let guesses = 0; guesses < 2; guesses += 1)
    await fetch(`${elsewhere.url}/api/v1/reconnect/open`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ channelId: DEMO_CHANNELS.shop, token }),
    });
  await guess.page.goto("about:blank");
  await guess.page.goto(tries["of another organisation"]);
  await goOn(guess);
  await guess.sees("That was very quick. Please wait a moment.");
  // Calls of one window still weigh in the next.
  elsewhere.skip(21 * MINUTE);
  await guess.button("Continue").click();
  await guess.sees("This link doesn’t work");

  await guess.page.goto("about:blank");
  await guess.page.goto(url);
  await goOn(guess);
  await guess.reads("Nobody gets in here");
});

test("[K34] the time of a link passes while one is asked whether to go on: one is told, and nothing opens", async () => {
  const { stage, terms, talk, stays } = scene();
  await terms({ linkLife: 5 * MINUTE, expiredHistory: 0 });
  const { customer } = await talk("Tick, tock");
  const phone = await deviceAt(stage, await copiedLink(customer));
  await phone.sees("Continue your chat?");
  stage.skip(6 * MINUTE);
  await stays();
  await goOn(phone);
  await phone.sees(/^This link has expired: /);
  expect(await phone.button("Read what was said").count()).toBe(0);
  expect(await phone.kept()).not.toContain("Tick, tock");
});

test("[K25] [RC23] an expired link on a new device: what was said to read, not to go on with, and a new chat half filled in", async () => {
  const { stage, terms, talk } = scene();
  await terms({ linkLife: MINUTE });
  const talking = await talk("My fern is ill");
  const { customer, agent } = talking;
  const url = await copiedLink(customer);
  const other = await copiedLink(customer);
  await agent.say(`Take this, too: ${other}`);
  await customer.reads("Take this, too");
  // Long enough for the link, not for the agent, who need not show that she is there.
  stage.skip(2 * MINUTE);
  await agent.say("Said too late for the link");
  await customer.reads("Said too late for the link");

  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.sees(/^This link has expired: /);
  await phone.button("Read what was said").click();
  await phone.reads("My fern is ill");
  await phone.reads("Take this, too: …");
  await phone.sees(/^You can read this until /);
  expect(await phone.line("Said too late for the link").count()).toBe(0);
  expect(await phone.box.count()).toBe(0);
  const kept = await phone.kept();
  expect(kept).not.toContain("My fern is ill");
  expect(kept).not.toContain("resumeSecret");
  await phone.button("Start a new chat").click();
  await eventually(() => phone.field("Your name").inputValue()).toBe("Ana Ruiz");
  await eventually(() => phone.field("What is it about?").inputValue()).not.toBe("");
  expect(await phone.field("E-mail address").inputValue()).toBe("");
  await phone.field("E-mail address").fill(ADDRESS);
  await phone.start();
  expect(await phone.line("My fern is ill").count()).toBe(0);

  // Nothing was spent, and it ends a day later, when the link says no more than that it is over.
  const again = await deviceAt(stage, url);
  await goOn(again);
  await again.button("Read what was said").waitFor();
  expect(ofType(await agent.events(), "customer.returned")).toEqual([]);
  stage.skip(24 * 60 * MINUTE);
  const later = await deviceAt(stage, url);
  await goOn(later);
  await later.sees(/^This link has expired: /);
  expect(await later.button("Read what was said").count()).toBe(0);
});

test("[K25] where the channel has a page for expired links, it leads there; a link whose session waited in vain is expired, too", async () => {
  const { stage, terms, talk } = scene();
  await terms({ linkLife: 90 * MINUTE, redirectUrl: `${stage.url}/?expired` });
  const talking = await talk("I am off");
  const url = await copiedLink(talking.customer);
  await leave(stage, talking);
  stage.skip(31 * MINUTE);
  await eventually(async () => ofType(await talking.agent.events(), "session.ended").length).toBe(1);
  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.sees(/^This link has expired: /);
  expect(await phone.button("Read what was said").count()).toBe(0);
  await phone.window.getByRole("link", { name: "Go on" }).click();
  await phone.page.waitForURL(`${stage.url}/?expired`);
  expect(ofType(await talking.agent.events(), "customer.returned")).toEqual([]);
});
