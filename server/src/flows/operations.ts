import type { FaultCode } from "@clew/contract/flows/faults";
import { isConversationObject } from "@clew/contract/flows/words";
import type { Passing } from "@clew/contract/presence";
import type { Operation, OperationName, OperationOf } from "@clew/domain/flows/engine/operation";
import type { Run } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Raw } from "../database/database.ts";
import type { Heard } from "./event.ts";
import type { RunRow } from "./runs-store.ts";

/**
 * What came of an operation. `heard`: events that it makes, heard in the same transaction; `tell`: what staff are told
 * once it is committed.
 */
export type Done =
  | { outcome?: string; value?: Value; heard?: readonly Heard[]; tell?: readonly Passing[] }
  | { fault: FaultCode; message: string; detail?: string | null };

/**
 * The run that wants something, as it stands. `id` is the operation's: whoever receives it acts once for it. `again`: it was
 * begun before, by somebody who did not live to tell what came of it.
 */
export type Wanted = { id: string; run: Run; row: RunRow; now: number; attempt: number; again: boolean };

/** Done within the run's transaction, on the same store. */
export type LocalDoer<Name extends OperationName> = (
  raw: Raw,
  operation: OperationOf<Name>,
  wanted: Wanted,
) => Promise<Done>;
/** Done after the commit, at least once, under the operation's id. */
export type RemoteDoer<Name extends OperationName> = (operation: OperationOf<Name>, wanted: Wanted) => Promise<Done>;

export type LocalDoers = { [Name in OperationName]?: LocalDoer<Name> };
export type RemoteDoers = { [Name in OperationName]?: RemoteDoer<Name> };

/** The one who does an operation in the transaction; null: it is done after the commit. */
export function localDoer(doers: LocalDoers, operation: Operation): LocalDoer<OperationName> | null {
  // What a session or a conversation is, their own door decides.
  if (operation.do === "records.update" && isConversationObject(operation.object)) return null;
  return (doers[operation.do] as LocalDoer<OperationName> | undefined) ?? null;
}
