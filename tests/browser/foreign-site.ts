import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

const NONCE = "c2l0ZS1vZi1zb21lYm9keQ";

/** A site of somebody else on an origin of its own, with a policy as strict as a page with a script can have. */
export async function foreignSite(): Promise<{ origin: string; show(clew: string, channel: string): string }> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://site");
    const clew = searchParams.get("clew") ?? "";
    const domain = searchParams.get("domain");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader(
      "content-security-policy",
      `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; connect-src ${clew} ${clew.replace("http", "ws")}; img-src 'self' ${clew}; base-uri 'none'; form-action 'none'`,
    );
    response.end(
      `<!doctype html><html lang="en"><title>Bakery</title><h1>Bakery</h1>
       <script nonce="${NONCE}" src="${clew}/clew.js" data-channel="${searchParams.get("channel")}"
         ${domain ? `data-domain="${domain}"` : ""} async></script></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, show: (clew, channel) => `${origin}/?${new URLSearchParams({ clew, channel })}` };
}
