import type { FaultCode } from "@clew/contract/flows/faults";
import { IN_DOUBT } from "@clew/domain/flows/engine/given";
import type { OperationOf } from "@clew/domain/flows/engine/operation";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Clock } from "../clock.ts";
import type { Query } from "../database/database.ts";
import type { Done, RemoteDoer } from "../flows/operations.ts";
import type { Log } from "../stream/parts.ts";
import { addressOf } from "./address-of.ts";
import { isPublic, type Resolve } from "./addresses.ts";
import { Breaker } from "./breaker.ts";
import { type Answered, type Asked, type Failed, pause, pauseAfter, send } from "./request.ts";
import { filled, SecretGone, withSecrets } from "./secrets.ts";
import type { ConnectorStore, KnownConnector } from "./store.ts";

type Call = OperationOf<"http.call">;
type Fault = Extract<Done, { fault: unknown }>;
type Parts = {
  query: Query;
  store: ConnectorStore;
  clock: Clock;
  log: Log;
  resolve: Resolve;
  /** What a customer gave in confidence; undefined when it is no longer kept. */
  secretOf(id: string): Promise<Value | undefined>;
};

/** Headers that belong to the connection, not to who asks. */
const OF_THE_CONNECTION = /^(host|content-length|connection|transfer-encoding|upgrade|te|trailer|expect|proxy-.*)$/i;

/** Calls other systems for flows. Every way that it can go wrong is a fault: nothing is thrown. */
export function httpCaller(parts: Parts): RemoteDoer<"http.call"> {
  const breakers = new Map<string, Breaker>();

  return async (call, { id, run, again }): Promise<Done> => {
    const connector = await parts.store.find(parts.query, call.connector);
    // Somebody had begun it and is gone: it may have been done. Where twice would harm, it is not done again.
    if (again && !isRepeatable(call, connector))
      return inDoubt(`${call.connector}: nobody knows whether this was done`);
    if (!connector) return { fault: "notFound", message: `There is no connector ${call.connector}` };
    const prepared = await prepare(call, connector, id);
    if ("fault" in prepared) return prepared;
    const done = await tryCall(call, connector, prepared);
    if ("fault" in done)
      parts.log.warn({ run: run.id, connector: connector.name, fault: done.fault }, `a call failed: ${done.message}`);
    return done;
  };

  async function prepare(call: Call, connector: KnownConnector, id: string): Promise<Omit<Asked, "address"> | Fault> {
    const { name, settings, secrets } = connector;
    if (!settings.methods.includes(call.method))
      return { fault: "forbidden", message: `${name} does not allow ${call.method}` };
    const url = addressOf(settings, call.path, call.query);
    if (typeof url === "string") return { fault: "forbidden", message: `${name}: ${url}` };
    const headers: Record<string, string> = { accept: "application/json", "user-agent": "Clew" };
    let body: string | null = null;
    try {
      for (const [header, value] of Object.entries(call.headers)) {
        const whole = await withSecrets(value, parts.secretOf);
        if (whole !== null && !OF_THE_CONNECTION.test(header)) headers[header.toLowerCase()] = textOf(whole);
      }
      if (call.body !== null && call.method !== "GET")
        body = JSON.stringify(await withSecrets(call.body, parts.secretOf));
    } catch (error) {
      if (error instanceof SecretGone) return { fault: "validation", message: `${name}: ${error.message}` };
      throw error;
    }
    // The admin's headers come last: no flow can take the place of the credentials.
    for (const [header, text] of Object.entries(settings.headers)) {
      const value = filled(text, secrets);
      if (value === null) return { fault: "forbidden", message: `${name}: a secret of ${header} is not set` };
      headers[header.toLowerCase()] = value;
    }
    if (body !== null) headers["content-type"] ??= "application/json";
    headers["idempotency-key"] = id;
    const { method, timeoutMs, maxBytes } = call;
    return { url, method, headers, body, timeoutMs, maxBytes };
  }

  async function tryCall(call: Call, connector: KnownConnector, asked: Omit<Asked, "address">): Promise<Done> {
    const { name, settings } = connector;
    const breaker = breakers.get(name) ?? new Breaker();
    breakers.set(name, breaker);
    for (let attempt = 0; ; attempt += 1) {
      if (!breaker.mayCall(parts.clock.now()))
        return { fault: "network", message: `${name} has failed too often and is left alone for a while` };
      const done = await once(settings.privateAddresses, asked);
      const failed = "fault" in done ? done : null;
      const sick = failed !== null && ["network", "timeout", "http.5xx"].includes(failed.fault);
      breaker.went(!sick, parts.clock.now(), settings);
      if (!failed) return done as Done;
      const { fault, message, sent } = failed;
      // Sent and never answered: the same.
      if (sent && (fault === "timeout" || fault === "network") && !isRepeatable(call, connector))
        return inDoubt(`${name}: ${message}; nobody knows whether it was done`);
      if (attempt >= call.retry.max || !(call.retry.on.includes(fault) || call.retry.on.includes("*")))
        return { fault, message: `${name}: ${message}` };
      await pause(pauseAfter(attempt, call.retry.backoffMs));
    }
  }

  async function once(
    privateAddresses: boolean,
    asked: Omit<Asked, "address">,
  ): Promise<{ value: Value } | (Failed & { fault: FaultCode })> {
    const host = asked.url.hostname;
    const addresses = await parts.resolve(host).catch(() => []);
    const [address] = addresses;
    if (!address) return { fault: "network", message: `${host} has no address`, sent: false };
    if (!privateAddresses && !addresses.every(isPublic))
      return { fault: "forbidden", message: `${host} is not on the public internet`, sent: false };
    const answer = await send({ ...asked, address });
    return "fault" in answer ? answer : taken(answer);
  }
}

function isRepeatable(call: Call, connector: KnownConnector | null): boolean {
  return call.idempotent || connector?.settings.idempotent === true;
}

function inDoubt(message: string): Fault {
  return { fault: "timeout", message, detail: IN_DOUBT };
}

function taken({ status, headers, text }: Answered): { value: Value } | Failed {
  const fault = (code: FaultCode, message: string): Failed => ({ fault: code, message, sent: true });
  if (status >= 500) return fault("http.5xx", `It answered ${status}`);
  if (status >= 400) return fault("http.4xx", `It answered ${status}`);
  if (status >= 300) return fault("forbidden", `It answered ${status}: it points elsewhere, which is not followed`);
  if (text.trim() === "") return { value: { status, headers, body: null } };
  if (!/[/+]json\b/i.test(headers["content-type"] ?? "")) return { value: { status, headers, body: text } };
  try {
    return { value: { status, headers, body: JSON.parse(text) as Value } };
  } catch {
    return fault("validation", "The answer says that it is JSON and is not");
  }
}

function textOf(value: Value): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
