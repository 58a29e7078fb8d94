import { firstThatOpens } from "./connection/first-that-opens.ts";
import type { Link, Transport } from "./connection/transport.ts";
import { webSocketTransport } from "./connection/websocket.ts";
import { openIndexedDb } from "./continuity/indexed-db.ts";
import type { Hints, Ports, Scratch } from "./ports.ts";
import type { Locks, OpenRelay } from "./tabs/ports.ts";

/** The browser as the SDK sees it; the only place that touches its globals. */
export function browserPorts(): Ports {
  const fetcher: typeof fetch = (input, init) => fetch(input, init);
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
    transport: firstThatOpens([webSocketTransport(WebSocket), serverSentEvents(fetcher)], isRemembered),
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

/** A function of its own: as part of what it is followed by, the bundler would put the failure beyond our reach. */
const loadServerSentEvents = () => import("./connection/server-sent-events.ts");

/** The way that few need comes when it is needed. */
function serverSentEvents(fetcher: typeof fetch): Transport {
  return {
    open(base, listener) {
      let link: Link | undefined;
      let over = false;
      loadServerSentEvents()
        .then((way) => {
          if (!over) link = way.serverSentEventsTransport(EventSource, fetcher, WebSocket).open(base, listener);
        })
        // It did not come, or there is no such thing here.
        .catch(() => over || listener.ended());
      return {
        send: (message) => link?.send(message),
        close() {
          over = true;
          link?.close();
        },
      };
    },
  };
}

/** Merely looking at `indexedDB` throws where a page may not store anything. */
function indexedDbOrNone(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

/** What a page makes of its own storage where it may have one. */
function orNull<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

/** Whether server-sent events reached this server lately where a WebSocket did not; they write it themselves. */
export const isRemembered = (base: string) =>
  orNull(() => Number(localStorage.getItem(`clew-sse:${base}`)) > Date.now());

function localScratch(name: string): Scratch {
  const key = `${name}:unsaved`;
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
      const aborter = new AbortController();
      const { signal } = aborter;
      for (const event of ["online", "offline", "pageshow"]) globalThis.addEventListener?.(event, listener, { signal });
      page?.addEventListener("visibilitychange", () => page.visibilityState === "visible" && listener(), { signal });
      return () => aborter.abort();
    },
  };
}

function webLocks(manager: LockManager): Locks {
  return {
    request(name, granted, terms) {
      const aborter = new AbortController();
      let held = false;
      const hold = () => {
        held = true;
        return new Promise<void>((resolve) => granted(resolve));
      };
      manager
        .request(name, terms?.steals ? { steal: true } : { signal: aborter.signal }, hold)
        .catch(() => held && terms?.lost());
      return { cancel: () => aborter.abort() };
    },
  };
}

const broadcastRelay: OpenRelay = (name, heard) => {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event) => heard(event.data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
};
