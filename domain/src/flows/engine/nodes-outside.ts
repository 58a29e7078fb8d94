import type { NodeOf } from "@clew/contract/flows/definition";
import { isPlatformEvent, LIMITS } from "@clew/contract/flows/words";
import type { Context, Move } from "./context.ts";
import { RunFault } from "./run.ts";

const AGAIN_ON = ["network", "timeout", "http.5xx"];
const BACKOFF_MS = 500;

export function outsideNode(context: Context, node: NodeOf<"http.call" | "event.emit">): Move {
  if (node.type === "event.emit") {
    if (isPlatformEvent(node.event)) throw new RunFault("forbidden", `Only the platform says ${node.event}`);
    const key = context.line(node.key) ?? "";
    return context.want({ do: "event.emit", event: node.event, key, data: context.values(node.data) });
  }
  const longest = context.limit("httpSeconds") * 1000;
  return context.want({
    do: "http.call",
    connector: node.connector,
    method: node.method,
    path: context.line(node.path) ?? "/",
    query: context.values(node.query),
    headers: context.values(node.headers),
    body: node.body === undefined ? null : context.value(node.body),
    timeoutMs: Math.min(node.timeoutMs ?? LIMITS.httpDefaultTimeoutMs, longest),
    retry: {
      max: Math.min(node.retry?.max ?? 0, context.limit("httpTries")),
      backoffMs: Math.min(node.retry?.backoffMs ?? BACKOFF_MS, longest),
      on: node.retry?.on ?? AGAIN_ON,
    },
    maxBytes: Math.min(node.maxBytes ?? LIMITS.httpBytes, context.limit("httpBytes")),
    idempotent: node.idempotent ?? node.method === "GET",
  });
}
