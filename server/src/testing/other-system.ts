import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { method: string; url: string; headers: IncomingMessage["headers"]; body: unknown };
type Answer = (request: Received, response: ServerResponse) => void;

/** Another company's system, as a real server of its own. `answer` can be replaced; null leaves the caller without one. */
export async function openOtherSystem() {
  const received: Received[] = [];
  const held: ServerResponse[] = [];
  const system = { answer: json(200, {}) as Answer | null };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const text = Buffer.concat(parts).toString();
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: text === "" ? null : JSON.parse(text) };
      received.push(one);
      if (system.answer) system.answer(one, response);
      else held.push(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    system,
    received,
    port,
    url: `http://127.0.0.1:${port}`,
    /** Answers those who were left waiting. */
    answerLate(status: number, body: unknown) {
      for (const response of held.splice(0)) if (!response.destroyed) json(status, body)(null, response);
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (_request: unknown, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}
