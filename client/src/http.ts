import { API_BASE } from "@clew/contract/limits";
import type { Problem } from "@clew/contract/problems";
import type { Clock } from "./ports.ts";
import { ownProblem, type Result, unreachable } from "./results.ts";

export type HttpCall = {
  /** Method and path below the API's base, such as "GET /channels/:id/boot". */
  endpoint: string;
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
};

export type Http = {
  /** The API's address without a slash at its end. */
  base: string;
  url(path: string, params?: HttpCall["params"], query?: HttpCall["query"]): string;
  json<Value>(call: HttpCall): Promise<Result<Value>>;
  blob(call: HttpCall): Promise<Result<Blob>>;
};

/** Browsers wait for minutes where a network swallows a call; nobody else would try again meanwhile. In milliseconds. */
const ANSWER_WITHIN_MS = 20_000;

/** Calls the HTTP API. Answers are values: a refusal is the server's problem, no answer in time is `unavailable`. */
export function createHttp(input: {
  server: string;
  fetch: typeof fetch;
  clock: Clock;
  credentials: RequestCredentials;
}): Http {
  const base = `${input.server.replace(/\/+$/, "")}${API_BASE}`;

  function url(path: string, params: HttpCall["params"] = {}, query: HttpCall["query"] = {}): string {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
    const asked = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `${base}${filled}${asked.length ? `?${new URLSearchParams(asked)}` : ""}`;
  }

  async function call<Value>(
    { endpoint, params, query, body, headers }: HttpCall,
    read: (response: Response) => Promise<Value>,
  ): Promise<Result<Value>> {
    const [method, path = ""] = endpoint.split(" ");
    const aborter = new AbortController();
    const cancel = input.clock.after(ANSWER_WITHIN_MS, () => aborter.abort());
    try {
      const response = await input.fetch(url(path, params, query), {
        method,
        credentials: input.credentials,
        signal: aborter.signal,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.ok) return { ok: true, value: await read(response) };
      return { ok: false, problem: problemOf(await response.json().catch(() => null), response.status) };
    } catch {
      return { ok: false, problem: unreachable() };
    } finally {
      cancel();
    }
  }

  return {
    base,
    url,
    json: <Value>(asked: HttpCall) =>
      call<Value>(asked, (response) => (response.status === 204 ? Promise.resolve(null as Value) : response.json())),
    blob: (asked) => call(asked, (response) => response.blob()),
  };
}

/** The problem an answer carries; what a proxy answers in its own words becomes one that may be tried again. */
export function problemOf(body: unknown, status: number): Problem {
  if (body && typeof body === "object" && "code" in body && "retry" in body) return body as Problem;
  return status >= 500 || status === 0
    ? unreachable(status)
    : ownProblem("invalid", status, `The answer was ${status}`);
}
