import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, test } from "vitest";
import { freePort } from "../support/postgres-cluster.ts";
import { openStage } from "./stage.ts";

test("[BR11] a server that restarts in mid-chat: both sides go on without a reload, nothing is lost or doubled", async () => {
  const data = await mkdtemp(join(tmpdir(), "clew-restart-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const stage = await openStage({ data, port: await freePort() });
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await customer.write("Said before, by the customer");
  await agent.reads("Said before, by the customer");
  await agent.write("Said before, by the agent");
  await customer.reads("Said before, by the agent");
  await Promise.all([customer, agent].map(({ page }) => page.evaluate(() => Object.assign(window, { same: true }))));

  await stage.stop();
  await customer.write("Said meanwhile, by the customer");
  await agent.write("Said meanwhile, by the agent");
  await agent.sees("The connection is away. What you write is kept and sent when it is back.");
  await stage.start();
  await agent.reads("Said meanwhile, by the customer");
  await customer.reads("Said meanwhile, by the agent");
  await customer.write("Said after, by the customer");
  await agent.reads("Said after, by the customer");
  await agent.write("Said after, by the agent");
  await customer.reads("Said after, by the agent");
  await agent.isAvailable();
  for (const when of ["before", "meanwhile", "after"])
    for (const who of ["customer", "agent"]) {
      await customer.times(`Said ${when}, by the ${who}`, 1);
      await agent.times(`Said ${when}, by the ${who}`, 1);
    }
  for (const { page } of [customer, agent]) await page.waitForFunction(() => "same" in window);
});
