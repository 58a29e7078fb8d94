import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";
import type { RunPage, RunSummary } from "@clew/contract/flows/runs";
import { postJson, signIn } from "./test-app.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/flows");

/** An example flow as its file has it. */
export function exampleFlow(key: string): Flow {
  return JSON.parse(readFileSync(join(EXAMPLES, `${key}.flow.json`), "utf8")) as Flow;
}

/** An admin who makes flows over HTTP, as the console does. */
export async function flowAdmin(url: string) {
  const { headers } = await signIn(url, "admin");
  const api = `${url}/api/v1`;
  const request = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  };
  return {
    headers,
    request,
    post: <T>(path: string, body: unknown) => postJson<T>(`${api}${path}`, body, headers),
    /** Saves the draft, publishes it and makes it live. */
    async publish(flow: Flow): Promise<number> {
      const known = await request<{ revision: number }>("GET", `/flows/${flow.key}/draft`).catch(() => null);
      const draft = await request<{ revision: number }>("PUT", `/flows/${flow.key}/draft`, {
        definition: flow,
        revision: known?.revision ?? 0,
      });
      const { version } = await request<{ version: number }>("POST", `/flows/${flow.key}/publish`, {
        revision: draft.revision,
        message: "for the test",
        activate: true,
      });
      return version;
    },
    runs: async (query: string) => (await request<{ items: RunSummary[] }>("GET", `/runs?${query}`)).items,
    run: (id: string) => request<RunPage>("GET", `/runs/${id}`),
  };
}
