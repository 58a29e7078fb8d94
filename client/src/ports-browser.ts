import { firstThatOpens } from "./connection/first-that-opens.ts";
import { serverSentEventsTransport } from "./connection/server-sent-events.ts";
import { webSocketTransport } from "./connection/websocket.ts";
import { openIndexedDb } from "./continuity/indexed-db.ts";
import type { Hints, Ports, Scratch } from "./ports.ts";
import type { Locks, OpenRelay } from "./tabs/ports.ts";

/** The browser as the SDK sees it; the only place that touches its globals. */
export function browserPorts(): Ports {
  const fetcher: typeof fetch = (input, init) => fetch(input, init);
  const transports = [
    ...(typeof WebSocket === "undefined" ? [] : [webSocketTransport(WebSocket)]),
    ...(typeof EventSource === "undefined" ? [] : [serverSentEventsTransport(EventSource, fetcher)]),
  ];
  const [first = webSocketTransport(WebSocket), ...others] = transports;
  return {
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      after(ms, call) {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
    random: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)), unit: () => Math.random() },
    hints: browserHints(),
    transport: firstThatOpens([first, ...others]),
    fetch: fetcher,
    // What only files need comes with the first of them.
    sendFile: (request) =>
      files().then(
        (loaded) => loaded.sendFile(request),
        () => ({ status: 0, body: null }),
      ),
    sha256: (file) =>
      files().then(
        (loaded) => loaded.sha256(file),
        () => undefined,
      ),
    openStorage: (name) => openIndexedDb(name, indexedDbOrNone()),
    openScratch: localScratch,
    locks: navigator.locks ? webLocks(navigator.locks) : null,
    openRelay: typeof BroadcastChannel === "undefined" ? null : broadcastRelay,
    origin: () => (typeof location === "undefined" ? "" : location.origin),
  };
}

const files = () => import("./outgoing/browser-files.ts");

/** Merely looking at `indexedDB` throws where a page may not store anything. */
function indexedDbOrNone(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

function localScratch(name: string): Scratch {
  const key = `${name}:unsaved`;
  const orNull = <T>(use: () => T): T | null => {
    try {
      return use();
    } catch {
      return null;
    }
  };
  return {
    read: () => orNull(() => localStorage.getItem(key)),
    write: (values) =>
      void orNull(() =>
        Object.keys(values).length > 0
          ? localStorage.setItem(key, JSON.stringify(values))
          : localStorage.removeItem(key),
      ),
  };
}

function browserHints(): Hints {
  const page = typeof document === "undefined" ? null : document;
  return {
    online: () => navigator.onLine !== false,
    visible: () => page?.visibilityState !== "hidden",
    onWake(listener) {
      const shown = () => page?.visibilityState === "visible" && listener();
      globalThis.addEventListener?.("online", listener);
      globalThis.addEventListener?.("offline", listener);
      globalThis.addEventListener?.("pageshow", listener);
      page?.addEventListener("visibilitychange", shown);
      return () => {
        globalThis.removeEventListener?.("online", listener);
        globalThis.removeEventListener?.("offline", listener);
        globalThis.removeEventListener?.("pageshow", listener);
        page?.removeEventListener("visibilitychange", shown);
      };
    },
  };
}

function webLocks(manager: LockManager): Locks {
  return {
    request(name, granted) {
      const aborter = new AbortController();
      manager
        .request(name, { signal: aborter.signal }, () => new Promise<void>((resolve) => granted(resolve)))
        .catch(() => {});
      return { cancel: () => aborter.abort() };
    },
  };
}

const broadcastRelay: OpenRelay = (name, heard) => {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event) => heard(event.data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
};
