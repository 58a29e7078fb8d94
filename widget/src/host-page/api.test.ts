import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClewApi, ClewCall, MountOptions } from "../host-page-api.ts";
import { createApi } from "./api.ts";
import { drainQueue } from "./call-queue.ts";
import { createEmitter } from "./emitter.ts";

let reported: unknown[];
beforeEach(() => {
  reported = [];
  vi.stubGlobal("reportError", (fault: unknown) => reported.push(fault));
});
afterEach(() => vi.unstubAllGlobals());

/** A page with widgets that only write down what they are asked. */
function page() {
  const heard: string[] = [];
  const api = createApi(({ channel }: MountOptions) => {
    const verb =
      (name: string) =>
      (...args: unknown[]) =>
        void heard.push(`${channel}.${name}(${args.map((arg) => JSON.stringify(arg)).join()})`);
    const names = [
      "open",
      "close",
      "toggle",
      "on",
      "off",
      "setHiddenFields",
      "prefill",
      "identify",
      "signOut",
      "setLanguage",
      "setScheme",
      "start",
      "end",
      "newConversation",
      "unmount",
    ];
    const verbs = Object.fromEntries(names.map((name) => [name, verb(name)])) as unknown as ReturnType<
      ClewApi["mount"]
    > & { unmount(): void };
    return {
      ...verbs,
      state: () => ({
        channel,
        ready: true,
        open: false,
        unread: 0,
        language: "en",
        status: null,
        conversationId: null,
      }),
    };
  });
  return { api, heard };
}

describe("the page's API", () => {
  it("[W40] calls made before the script arrived are carried out once, in order, and later pushes at once", () => {
    const { api, heard } = page();
    const queue = { q: [["mount", { channel: "a" }], ["setHiddenFields", { plan: "gold" }], ["open"]] as ClewCall[] };
    drainQueue(queue, api);
    expect(heard).toEqual(['a.setHiddenFields({"plan":"gold"})', "a.open()"]);
    queue.q.push(["close"]);
    expect(heard.at(-1)).toBe("a.close()");
    expect(queue.q).toHaveLength(0);
  });

  it("[W40] the stub of the documentation keeps calls by any name", () => {
    const { api, heard } = page();
    type Stub = { q: ClewCall[]; open(): void; setLanguage(language: string): void };
    const stub = new Proxy(
      { q: [] as ClewCall[] },
      {
        get: (target, name) =>
          name === "q" ? target.q : (...args: unknown[]) => target.q.push([String(name), ...args]),
      },
    ) as unknown as Stub;
    stub.open();
    api.mount({ channel: "a" });
    drainQueue(stub, api);
    stub.setLanguage("fr");
    expect(heard).toEqual(["a.open()", 'a.setLanguage("fr")']);
  });

  it("[W40] a bad call stops no other, and names that are no verbs do nothing", () => {
    const { api, heard } = page();
    api.mount = () => {
      throw new Error("no place");
    };
    drainQueue({ q: [["mount", {}], ["constructor"], ["toString"], ["__proto__"]] as unknown as ClewCall[] }, api);
    expect(reported).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  it("[W41] calls on clew wait for the first widget and then concern it; other widgets are asked by name", () => {
    const { api, heard } = page();
    api.open();
    expect(heard).toEqual([]);
    api.mount({ channel: "a" });
    api.mount({ channel: "b" });
    api.close();
    api.widget("b")?.open();
    expect(heard).toEqual(["a.open()", "a.close()", "b.open()"]);
    expect(api.mount({ channel: "a" })).toBe(api.widget("a"));
  });

  it("[W42] unmount takes one widget out or all, and a channel can be mounted again", () => {
    const { api, heard } = page();
    const first = api.mount({ channel: "a" });
    api.mount({ channel: "b" });
    api.unmount("a");
    expect(heard).toEqual(["a.unmount()"]);
    expect(api.mount({ channel: "a" })).not.toBe(first);
    api.unmount();
    expect(heard.slice(1).sort()).toEqual(["a.unmount()", "b.unmount()"]);
    expect(api.state().channel).toBe("");
  });
});

describe("events for the page", () => {
  it("[W43] every event names its channel; a listener that throws stops no other", () => {
    const events = createEmitter("a");
    const heard: unknown[] = [];
    events.on("unread", () => {
      throw new Error("the page's own fault");
    });
    events.on("unread", (detail) => heard.push(detail));
    events.emit("unread", { count: 2 });
    expect(heard).toEqual([{ count: 2, channel: "a" }]);
    expect(reported).toHaveLength(1);
  });

  it("[W43] ready is told also to those who ask later; off ends it", () => {
    const events = createEmitter("a");
    const state = {
      channel: "a",
      ready: true,
      open: false,
      unread: 0,
      language: "en",
      status: null,
      conversationId: null,
    };
    events.emit("ready", { state });
    const heard = vi.fn();
    events.on("ready", heard);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ state, channel: "a" });
    events.off("ready", heard);
    events.emit("ready", { state });
    expect(heard).toHaveBeenCalledOnce();
  });
});
