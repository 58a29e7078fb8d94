import type { Storage } from "../continuity/storage.ts";

/** Storage in memory; give the same `entries` and kind "durable" again to live through a reload. */
export function memoryStorage(entries = new Map<string, unknown>(), kind: "memory" | "durable" = "memory"): Storage {
  return {
    kind: () => kind,
    async read(prefix) {
      const found = [...entries].filter(([key]) => key.startsWith(prefix));
      return structuredClone(found.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    async write({ put = {}, remove = [] }) {
      const copies = Object.entries(put).map(([key, value]) => [key, structuredClone(value)] as const);
      for (const key of remove) entries.delete(key);
      for (const [key, value] of copies) entries.set(key, value);
    },
    async wipe() {
      entries.clear();
    },
    close() {},
  };
}
