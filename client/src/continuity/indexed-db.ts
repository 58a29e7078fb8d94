import type { Changes, Storage } from "./storage.ts";

const STORE = "entries";
/** A browser that neither opens nor refuses the database (it happens after crashes) must not keep the window empty. */
const OPEN_WITHIN_MS = 3_000;

/**
 * A durable storage over IndexedDB, one database a name. Never rejects: where the browser forbids or fails, a memory takes
 * its place and `kind` says so. When space runs out, what no longer fits lives on in memory, over what is stored.
 */
export async function openIndexedDb(name: string, factory: IDBFactory | undefined): Promise<Storage> {
  const database = factory ? await open(name, factory).catch(() => null) : null;
  return storageOver(database);
}

function open(name: string, factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("IndexedDB does not answer")), OPEN_WITHIN_MS);
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
  });
}

/** Without a database nothing fits on disk. */
function storageOver(database: IDBDatabase | null): Storage {
  /** What did not fit on disk; `undefined` stands for removed. */
  const overlay = new Map<string, unknown>();
  // A newer version of the product in another tab must be able to upgrade.
  if (database) database.onversionchange = () => database.close();

  function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T> | null): Promise<T | null> {
    return new Promise((resolve, reject) => {
      if (!database) return reject();
      // `strict`: the default no longer waits for the disk in any large browser.
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      // At once and not when the page hears that all is done: a page that closes now does not hear it, and would lose it.
      transaction.commit?.();
      transaction.oncomplete = () => resolve(request ? request.result : null);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  }
  const range = (prefix: string) => (prefix ? IDBKeyRange.bound(prefix, `${prefix}\uffff`) : undefined);

  async function writeAll({ put = {}, remove = [] }: Changes): Promise<void> {
    await run("readwrite", (store) => {
      for (const key of remove) store.delete(key);
      for (const [key, value] of Object.entries(put)) store.put(value, key);
      return null;
    });
  }

  /** There may be room again for what did not fit before. */
  async function writeLeft(left: [key: string, value: unknown][]): Promise<void> {
    const kept = left.filter(([, value]) => value !== undefined);
    const gone = left.filter(([, value]) => value === undefined).map(([key]) => key);
    const written = await writeAll({ put: Object.fromEntries(kept), remove: gone }).then(
      () => true,
      () => false,
    );
    if (written) for (const [key, value] of left) if (overlay.get(key) === value) overlay.delete(key);
  }

  return {
    kind: () => (database && overlay.size === 0 ? "durable" : "memory"),
    async read(prefix) {
      const [keys, values] = await Promise.all([
        run("readonly", (store) => store.getAllKeys(range(prefix))),
        run("readonly", (store) => store.getAll(range(prefix))),
      ]).catch(() => [[], []] as [IDBValidKey[], unknown[]]);
      const found = new Map((keys ?? []).map((key, index) => [String(key), values?.[index] as unknown]));
      for (const [key, value] of overlay) if (key.startsWith(prefix)) found.set(key, value);
      return [...found].filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    },
    async write(changes) {
      const touched = [...(changes.remove ?? []), ...Object.keys(changes.put ?? {})];
      const left = [...overlay].filter(([key]) => !touched.includes(key));
      // Two transactions, begun before anybody else's: what does not fit must not keep from disk what does.
      const own = writeAll(changes);
      const rest = left.length > 0 ? writeLeft(left) : null;
      try {
        await own;
        for (const key of touched) overlay.delete(key);
      } catch {
        for (const key of changes.remove ?? []) overlay.set(key, undefined);
        for (const [key, value] of Object.entries(changes.put ?? {})) overlay.set(key, value);
      }
      await rest;
    },
    async wipe() {
      overlay.clear();
      await run("readwrite", (store) => store.clear()).catch(() => null);
    },
    close: () => database?.close(),
  };
}
