import type { OperationOf } from "@clew/domain/flows/engine/operation";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { isMap } from "@clew/domain/flows/expressions/value";
import type { Ids } from "../clock.ts";
import type { RemoteDoer, Wanted } from "../flows/operations.ts";
import type { StoredForm } from "./store.ts";

/** `http` calls other systems; asked for once it is there. */
export type OtherSystems = { ids: Ids; http: () => RemoteDoer<"http.call"> | undefined };

/** What another system is asked while a form is filled in. `maxBytes`: so long its answer may be. */
type Question = { connector: string; path: string; about: Record<string, Value>; maxBytes: number };

/** So long the other system may take, in milliseconds. */
const TIMEOUT_MS = 3_000;

/**
 * Asks another system about a form that is being filled in: `POST <connector><path>` with the form, what it is about and the
 * language, once. Its answer; empty when there is none, or none that is an object.
 */
export async function askOtherSystem(
  { ids, http }: OtherSystems,
  { head }: StoredForm,
  { connector, path, about, maxBytes }: Question,
): Promise<Readonly<Record<string, Value>>> {
  const call: OperationOf<"http.call"> = {
    do: "http.call",
    connector,
    method: "POST",
    path,
    query: {},
    headers: {},
    body: { form: head.flow.key, ...about, language: head.settings.locale },
    timeoutMs: TIMEOUT_MS,
    retry: { max: 0, backoffMs: 0, on: [] },
    maxBytes,
    idempotent: true,
  };
  const wanted = { id: ids.next(), run: { id: head.runId }, again: false } as unknown as Wanted;
  const done = await http()?.(call, wanted);
  return done && "value" in done ? mapOf(mapOf(done.value).body) : {};
}

/** The value where it is an object, an empty one otherwise. */
export function mapOf(value: Value | undefined): Readonly<Record<string, Value>> {
  return value !== undefined && isMap(value) ? (value as Readonly<Record<string, Value>>) : {};
}
