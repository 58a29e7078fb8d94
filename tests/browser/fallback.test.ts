import { expect, test } from "vitest";
import { foreignSite } from "./foreign-site.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, openStage, type Stage } from "./stage.ts";

/** A network whose proxy lets no WebSocket through. */
async function behindProxy(stage: Stage): Promise<{ window: CustomerWindow; posts: string[] }> {
  const context = await stage.device({ viewport: { width: 1100, height: 760 } });
  await context.addInitScript(() => {
    class Blocked extends EventTarget {
      readyState = 3;
      onclose: ((event: Event) => void) | null = null;
      constructor() {
        super();
        setTimeout(() => this.onclose?.(new Event("close")), 0);
      }
      send() {}
      close() {}
    }
    Object.assign(window, { WebSocket: Blocked });
  });
  const page = await context.newPage();
  const posts: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/stream/sse")) posts.push(request.method());
  });
  return { window: new CustomerWindow(page), posts };
}

test("[CL70] [K22] where WebSockets are blocked, server-sent events carry the conversation, on the own site and on another", async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const site = await foreignSite();
  for (const address of [`${stage.url}/?channel=${DEMO_CHANNELS.shop}`, site.show(stage.url, DEMO_CHANNELS.shop)]) {
    const { window: customer, posts } = await behindProxy(stage);
    await customer.page.goto(address);
    await customer.begin();
    await agent.accept();
    const words = `Through the proxy ${address.length}`;
    await customer.write(words);
    await agent.reads(words);
    await agent.write(`${words}, and back`);
    await customer.reads(`${words}, and back`);
    await customer.reads(/^Read$/);
    await agent.times(words, 1);
    expect(posts).toContain("GET");
    expect(posts.filter((method) => method === "POST").length).toBeGreaterThan(2);
    await customer.page.close();
  }
});
