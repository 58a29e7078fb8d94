import type { FormAct, FormSay, FormView } from "@clew/contract/flows/form-live";
import type { ClientMessage } from "@clew/contract/stream";
import { describe, expect, it } from "vitest";
import { fakeClock, settle } from "../testing/fake-clock.ts";
import { sampleField, sampleForm, sampleFormView } from "../testing/samples.ts";
import { liveForm } from "./live-form.ts";
import type { FormMessage, FormPort } from "./port.ts";

const ENTRY = sampleForm();
const VIEW: FormView = sampleFormView();

/** A customer's form that has been there; `write` says whether the conversation can be written to. */
async function opened() {
  const clock = fakeClock();
  const heard = new Set<(message: FormMessage) => void>();
  const watching = new Set<() => void>();
  const sent: ClientMessage[] = [];
  let connected = true;
  let ids = 0;
  const port: FormPort = {
    conversationId: "0190a000-0000-7000-8000-00000000c0de",
    side: "customer",
    send: (message) => sent.push(message),
    give: () => undefined,
    discard: () => undefined,
    hold: () => undefined,
    onMessage(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    read: () => ({ connected, entry: ENTRY }),
    onChange(listener) {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    newId: () => `op-${++ids}`,
    clock,
    kept: async () => null,
    keep: () => undefined,
    files: { list: () => [], add() {}, retry() {}, drop() {} },
  };
  const form = liveForm(port, ENTRY);
  await settle();
  const say = (said: FormSay) => {
    for (const listener of [...heard])
      listener({ type: "form", conversationId: port.conversationId, formId: ENTRY.id, say: said });
  };
  say({ say: "view", view: VIEW });
  sent.length = 0;
  return {
    form,
    clock,
    say,
    sent,
    acts: () => sent.flatMap((message): FormAct[] => (message.type === "form" ? [message.act] : [])),
    write(on: boolean) {
      connected = on;
      for (const watcher of [...watching]) watcher();
    },
  };
}

const valid = (now: boolean) => ({ status: "valid", now }) as const;

describe("a form that nothing can be sent from", () => {
  it("[RC32] can be filled in: all of it goes out when it can, in order, and only then", async () => {
    const { form, clock, say, sent, acts, write } = await opened();
    write(false);
    expect(form.state.get().connection).toBe("offline");
    form.set("ask.a", "one", valid(true));
    await clock.advance(5_000);
    // Somebody else does something to it: it is shown, and nothing is answered.
    say({
      say: "view",
      view: { ...VIEW, seq: 3, fields: [sampleField("ask.a", 1), { ...sampleField("ask.b", 3), value: "hers" }] },
    });
    expect(form.state.get()).toMatchObject({ connection: "offline", fields: { "ask.a": { value: "one" } } });
    expect(form.state.get().fields["ask.b"]?.value).toBe("hers");
    expect(sent).toEqual([]);

    write(true);
    expect(acts()).toEqual([{ act: "join" }]);
    say({ say: "view", view: VIEW });
    expect(form.state.get()).toMatchObject({ connection: "ready" });
    expect(sent.map((message) => (message.type === "form" ? message.act.act : message.type))).toEqual(["join", "set"]);
    expect(acts()[1]).toMatchObject({ field: "ask.a", value: "one" });
  });

  it("[RC32] who hides their typing meanwhile is hidden before what was typed arrives", async () => {
    const { form, say, acts, write } = await opened();
    write(false);
    form.showTyping(false);
    form.set("ask.a", "for later", valid(true));
    expect(form.state.get().showTyping).toBe(false);
    expect(acts()).toEqual([]);
    write(true);
    say({ say: "view", view: VIEW });
    expect(acts().map(({ act }) => act)).toEqual(["join", "show-typing", "set"]);
    expect(form.state.get().showTyping).toBe(false);
    // Told once; what the server says of it later counts.
    say({ say: "show-typing", on: true });
    say({ say: "view", view: VIEW });
    expect(form.state.get().showTyping).toBe(true);
  });

  it("[C17] who hides their typing as the connection breaks is hidden before anything more arrives, and tells it no more often than needed", async () => {
    const { form, say, acts, write } = await opened();
    form.showTyping(false);
    write(false);
    form.set("ask.a", "not for all", valid(true));
    write(true);
    say({ say: "view", view: VIEW });
    expect(acts().map(({ act }) => act)).toEqual(["show-typing", "join", "show-typing", "set"]);
    expect(form.state.get().showTyping).toBe(false);
    write(false);
    write(true);
    say({ say: "view", view: { ...VIEW, showTyping: false } });
    expect(acts().filter(({ act }) => act === "show-typing")).toHaveLength(2);
    // What was done about it elsewhere meanwhile is not undone.
    say({ say: "view", view: VIEW });
    expect(form.state.get().showTyping).toBe(true);
  });

  it("[RC32] a suggestion that cannot be answered now stays, and what was typed in its place too", async () => {
    const { form, acts, write } = await opened();
    form.set("ask.b", "mine", valid(false));
    write(false);
    form.answerSuggestion("ask.b", true);
    expect(form.state.get().fields["ask.b"]?.value).toBe("mine");
    expect(form.state.get().suggestions).toHaveLength(1);
    expect(acts()).toEqual([]);
  });
});
