import type { ClientCommand } from "@clew/contract/commands";
import type { Storage } from "../continuity/storage.ts";
import { createOutbox, keptUnsent, type Outbox } from "../outgoing/outbox.ts";
import { keepUnsent, OUTBOX, type Unsent } from "../outgoing/unsent.ts";
import type { Ports } from "../ports.ts";
import type { Answered } from "../results.ts";

export type DraftKind = "draft" | "note";

/** What one agent has begun and not finished in this browser: unsent words, drafts of replies and notes. */
export type DeskCommands = {
  outbox: Outbox;
  add(command: ClientCommand): Promise<Answered>;
  draft(kind: DraftKind, conversationId: string): string;
  setDraft(kind: DraftKind, conversationId: string, text: string): void;
  /** Conversations with a draft or unsent words. */
  unfinished(): readonly string[];
  stop(): void;
};

/** Key presses are gathered this long before they are kept, in milliseconds. */
const KEEP_MS = 250;

export async function startDeskCommands(input: {
  ports: Ports;
  ids: { after(id: string): void };
  storage: Storage;
  send(command: ClientCommand): boolean;
  slow(): void;
  stuck(): void;
  changed(): void;
}): Promise<DeskCommands> {
  const { ports, storage, changed } = input;
  const { kept, broken } = keptUnsent(await storage.read(OUTBOX));
  if (broken.length) await storage.write({ remove: broken });
  for (const { command } of kept) input.ids.after(command.id);
  const drafts = new Map<string, string>();
  for (const kind of ["draft/", "note/"]) {
    for (const [key, value] of await storage.read(kind)) if (typeof value === "string") drafts.set(key, value);
  }
  const keepers = new Map<string, () => void>();
  const outbox = createOutbox({
    ports,
    storage,
    kept,
    laneOf: (command) => ("conversationId" in command ? command.conversationId : command.type),
    send: input.send,
    slow: input.slow,
    stuck: input.stuck,
    accepted: () => {},
    changed,
  });

  function keep(key: string): void {
    const text = drafts.get(key);
    keepers.delete(key);
    void storage.write(text ? { put: { [key]: text } } : { remove: [key] });
  }

  return {
    outbox,
    async add(command) {
      const unsent: Unsent = { command, at: ports.clock.now() };
      // Words are kept before they are sent; a click is not worth doing after a reload.
      if (command.type === "message.post" || command.type === "note.post") {
        await keepUnsent(storage, unsent);
      }
      const answered = await outbox.add(unsent);
      // It was told to whoever pressed, and has no answers of its own.
      if (!answered.ok && command.type === "form.submit") outbox.discard(command.id);
      return answered;
    },
    draft: (kind, conversationId) => drafts.get(`${kind}/${conversationId}`) ?? "",
    setDraft(kind, conversationId, text) {
      const key = `${kind}/${conversationId}`;
      if (text) drafts.set(key, text);
      else drafts.delete(key);
      keepers.get(key)?.();
      // What was sent is no draft any more, also when the page goes in this moment.
      if (text)
        keepers.set(
          key,
          ports.clock.after(KEEP_MS, () => keep(key)),
        );
      else keep(key);
      changed();
    },
    unfinished() {
      const withDraft = [...drafts.keys()].map((key) => key.slice(key.indexOf("/") + 1));
      const withWords = outbox
        .list()
        .flatMap(({ command, answered }) => (!answered && "conversationId" in command ? [command.conversationId] : []));
      return [...new Set([...withDraft, ...withWords])];
    },
    stop() {
      for (const key of [...keepers.keys()]) {
        keepers.get(key)?.();
        keep(key);
      }
      outbox.stop();
    },
  };
}
