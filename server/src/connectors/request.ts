import { type ClientRequest, request as plain } from "node:http";
import { request as secure } from "node:https";
import type { LookupFunction } from "node:net";
import type { FaultCode } from "@clew/contract/flows/faults";
import type { Address } from "./addresses.ts";

export type Asked = {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Where to connect: checked before, so no second look-up can lead elsewhere. */
  address: Address;
  timeoutMs: number;
  maxBytes: number;
};
/** `sent`: whether the other side may have got the request. */
export type Failed = { fault: FaultCode; message: string; sent: boolean };
export type Answered = { status: number; headers: Record<string, string>; text: string };

const LONGEST_PAUSE_MS = 30_000;

/** How long the pause after the so-manieth try of a call is, counted from 0, in milliseconds. */
export function pauseAfter(attempt: number, backoffMs: number): number {
  return Math.min(backoffMs * 2 ** attempt, LONGEST_PAUSE_MS);
}

/** Between two tries of a call. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** One request; redirects are answers like others. Never rejects: what goes wrong is told as a fault. */
export function send(asked: Asked): Promise<Answered | Failed> {
  const { url, method, headers, body, address, timeoutMs, maxBytes } = asked;
  return new Promise((resolve) => {
    let over = false;
    let sent = false;
    let made: ClientRequest | null = null;
    const finish = (result: Answered | Failed) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      resolve(result);
      made?.destroy();
    };
    const fail = (fault: FaultCode, message: string) => finish({ fault, message, sent });
    const timer = setTimeout(() => fail("timeout", `No answer within ${timeoutMs} ms`), timeoutMs);
    const lookup: LookupFunction = (_host, options, done) =>
      options.all
        ? (done as unknown as (error: null, all: Address[]) => void)(null, [address])
        : done(null, address.address, address.family);
    try {
      made = (url.protocol === "https:" ? secure : plain)(url, { method, headers, lookup, agent: false });
    } catch {
      fail("validation", "The request has a header or an address that cannot be sent");
      return;
    }
    made.on("socket", (socket) => {
      // Before the connection stands nothing can have been received; after that nobody here knows.
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        sent = true;
      });
    });
    made.on("error", (error) => fail("network", sent ? "The connection broke" : `No connection: ${codeOf(error)}`));
    made.on("response", (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > maxBytes) fail("limit", `The answer is larger than ${maxBytes} bytes`);
        else parts.push(part);
      });
      response.on("error", () => fail("network", "The connection broke"));
      response.on("aborted", () => fail("network", "The connection broke"));
      response.on("end", () =>
        finish({
          status: response.statusCode ?? 0,
          headers: plainHeaders(response.headers),
          text: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    made.end(body ?? undefined);
  });
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "it was refused";
}

/** Headers as texts. What the other system would have a browser remember is none of a flow's business. */
function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === "set-cookie" ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
