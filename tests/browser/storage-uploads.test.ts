import { createHash, randomBytes } from "node:crypto";
import { signIn } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { continuityScene } from "./continuity-scene.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

const scene = continuityScene();
const MB = 1024 * 1024;

test("[CU16] an upload that is cut at more than half and whose page dies arrives whole, and what had arrived is not sent again", async () => {
  const { talking, proxy, stage } = scene();
  const { customer, agent } = await talking();
  const plan = randomBytes(5 * MB);
  let parts = 0;
  const thirdPart = customer.page.waitForRequest((request) => {
    if (request.method() === "POST" && request.url().endsWith("/uploads")) parts += 1;
    return parts === 3;
  });
  await customer.attach({ name: "plan.bin", mimeType: "application/octet-stream", buffer: plan });
  await thirdPart;
  proxy.stall();
  const device = customer.page.context();
  const shop = customer.page.url();
  await customer.page.close();
  proxy.drop();
  await proxy.resume();

  const page = await device.newPage();
  const sent: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/uploads"))
      sent.push(Number(request.headers()["content-length"] ?? 0));
  });
  const asked = page.waitForResponse((response) => /uploads\/[0-9a-f-]{36}$/.test(response.url()));
  await page.goto(shop);
  const { offset } = (await (await asked).json()) as { offset: number };
  expect(offset).toBeGreaterThanOrEqual(4 * MB);
  const again = new CustomerWindow(page);
  await again.button("Remove plan.bin").waitFor();
  // All requests together carry no more than what was missing, and the frame around each; one of them may only ask for the end.
  const total = sent.reduce((bytes, more) => bytes + more, 0);
  expect(total).toBeLessThan(plan.length - offset + 4_096 * Math.max(sent.length, 1));

  await again.write("Here is the plan.");
  await agent.has("Here is the plan.");
  const event = (await agent.events()).find((one) => one.type === "message.posted" && one.attachments.length > 0);
  const [file] = event?.type === "message.posted" ? event.attachments : [];
  expect(file).toMatchObject({ name: "plan.bin", size: plan.length });
  const { headers } = await signIn(stage.url, "admin");
  const read = await fetch(`${stage.url}/api/v1/attachments/${file?.id}`, { headers });
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  expect(sha256(new Uint8Array(await read.arrayBuffer()))).toBe(sha256(plan));
});
