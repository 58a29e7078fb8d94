import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export const TOKEN = "tok_of_the_provider_0815";

/** What a provider's page is at its least: it says that it is there, and how the payment went. */
const PAGE = `<!doctype html><html lang="en"><title>Pay</title>
<style>body { font: 16px system-ui; margin: 16px } button { margin: 4px; padding: 8px 12px }</style>
<h1 style="font-size: 18px"></h1>
<button id="pay">Pay by card</button><button id="decline">Use a bad card</button><button id="cancel">Not now</button>
<button id="other">Answer for another payment</button>
<script type="module">
  const { amount, currency, reference, origin } = Object.fromEntries(new URLSearchParams(location.search));
  const say = (told) => parent.postMessage({ type: "clew.payment", reference, ...told }, origin);
  const on = (id, told) => { document.getElementById(id).onclick = () => say(told); };
  document.querySelector("h1").textContent = amount + " " + currency;
  on("pay", { token: "${TOKEN}" });
  on("decline", { error: "declined" });
  on("cancel", { cancelled: true });
  on("other", { reference: reference + "x", token: "tok_of_another" });
  say({ height: document.documentElement.offsetHeight + 32 });
</script></html>`;

/** A provider of payments on an origin of its own: the page that is framed, and the call that takes the money. */
export async function paymentProvider(): Promise<{ url: string; captured: unknown[] }> {
  const captured: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(PAGE);
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    captured.push(JSON.parse(Buffer.concat(parts).toString()));
    response.setHeader("content-type", "application/json");
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, captured };
}
