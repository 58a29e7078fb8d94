import type { FormEntry } from "@clew/contract/flows/entries";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Shown } from "@clew/domain/flows/screens/present";
import type { Attachments } from "../attachments/attachments.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { RemoteDoer } from "../flows/operations.ts";
import type { Log } from "../stream/parts.ts";
import type { Library } from "./definitions.ts";
import type { FormHead, FormSettings } from "./store.ts";

export type FormParts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  configuration: () => Configuration;
  /** Seals what customers told. */
  key: Uint8Array;
  /** Files that answers name. */
  files: Pick<Attachments, "storedIn" | "claim">;
  /** Published flows; asked for once they are there. */
  library: () => Library;
  /** The door of conversations. */
  execute(command: Command, actor: Actor): Promise<unknown>;
  stateOf(conversationId: string): Promise<ConversationState | null>;
  /** Calls other systems, which judge answers; asked for once it is there. */
  http: () => RemoteDoer<"http.call"> | undefined;
  /** Other processes are to look for drafts that changed. */
  wakeOthers(): void;
  /** Says to other processes what is not stored; null: there are none. */
  tellOthers: ((texts: readonly string[]) => Promise<void>) | null;
};

/** In whose words and days a form is read. */
export function shownIn({ locale, zone }: Pick<FormSettings, "locale" | "zone">, now: number): Shown {
  return { now, locale, zone };
}

export function entryOf(state: ConversationState, formId: string): FormEntry | null {
  return state.snapshot.forms?.find(({ id }) => id === formId) ?? null;
}

/** Whether drafts may still change: the form is open, or it is late and may yet be sent. */
export function takesAnswers(entry: FormEntry | null, { settings }: FormHead, now: number): boolean {
  if (!entry) return false;
  return entry.state === "open" || isWithinGrace(entry, settings, now);
}

/** An expired form that may still be sent. */
export function isWithinGrace(
  entry: FormEntry,
  { acceptLate, grace }: Pick<FormSettings, "acceptLate" | "grace">,
  now: number,
): boolean {
  return (
    entry.state === "expired" && acceptLate !== "never" && entry.expiresAt !== null && now < entry.expiresAt + grace
  );
}
