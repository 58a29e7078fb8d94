import type { Storage } from "../continuity/storage.ts";
import type { Ports } from "../ports.ts";
import type { ChatState } from "../state.ts";

/** What all tabs of a browser share besides the conversation. */
export type Shared = Pick<ChatState, "draft" | "preChatDraft" | "windowOpen">;
export const NOTHING_SHARED: Shared = { draft: "", preChatDraft: {}, windowOpen: false };
/** Key presses are gathered this long before they are kept, in milliseconds. */
const KEEP_SHARED_MS = 250;

/**
 * Keeps what is being typed. Each change goes at once to the scratch, which is written before the call is over, and a
 * moment later to the storage, which then holds the only copy: a reload right after a key press loses nothing.
 */
export function createShared(input: {
  ports: Ports;
  name: string;
  /** Null until it is open. */
  storage(): Storage | null;
  /** To show in this tab. */
  changed(part: Partial<Shared>): void;
  /** To tell to the other tabs. */
  tell(key: string, value: unknown): void;
}) {
  const { clock, openScratch } = input.ports;
  const scratch = openScratch?.(input.name);
  const keepers = new Map<string, () => void>();

  function heard(key: string, value: unknown): void {
    // Another tab's word is newer and is kept by that tab, or wiped: ours must not be written after it.
    keepers.get(key)?.();
    // What a broken disk or an older tab says is not shown: another kind of value would break what draws it.
    const fits = value !== null && typeof value === typeof NOTHING_SHARED[key as keyof Shared];
    if (key in NOTHING_SHARED && fits) input.changed({ [key]: value } as Partial<Shared>);
  }
  function unsaved(): Record<string, unknown> {
    try {
      return JSON.parse(scratch?.read() ?? "{}");
    } catch {
      return {};
    }
  }
  async function keep(key: string, value: unknown): Promise<void> {
    const storage = input.storage();
    if (!storage) return;
    await storage.write({ put: { [`shared/${key}`]: value } });
    const { [key]: held, ...rest } = unsaved();
    if (JSON.stringify(held) === JSON.stringify(value)) scratch?.write(rest);
  }

  return {
    heard,
    async load(storage: Storage): Promise<void> {
      for (const [key, value] of await storage.read("shared/")) heard(key.slice("shared/".length), value);
      for (const [key, value] of Object.entries(unsaved())) {
        heard(key, value);
        void keep(key, value);
      }
    },
    share<Key extends keyof Shared>(key: Key, value: Shared[Key]): void {
      input.changed({ [key]: value });
      input.tell(key, value);
      scratch?.write({ ...unsaved(), [key]: value });
      keepers.get(key)?.();
      keepers.set(
        key,
        clock.after(KEEP_SHARED_MS, () => void keep(key, value)),
      );
    },
    /** Another person is next, or nobody: an open window stays open. */
    forget(): void {
      for (const cancel of keepers.values()) cancel();
      scratch?.write({});
      const { draft, preChatDraft } = NOTHING_SHARED;
      input.changed({ draft, preChatDraft });
    },
  };
}
