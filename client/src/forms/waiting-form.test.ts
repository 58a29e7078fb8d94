import type { Problem } from "@clew/contract/problems";
import { describe, expect, it } from "vitest";
import { type FakeTab, fakeWorld } from "../testing/fake-world.ts";
import { sampleForm, sampleFormView } from "../testing/samples.ts";
import { chatForm } from "./chat-form.ts";

const ENTRY = sampleForm();
const VALID = { status: "valid", now: true } as const;
const TYPED = { "ask.a": "one", "ask.b": "two" };

/** A tab in a conversation with an open form, which it has before it. */
async function filling(options: Parameters<typeof fakeWorld>[0] = {}) {
  const world = fakeWorld(options);
  const tab = world.tab();
  void tab.chat.boot();
  await world.run();
  void tab.chat.start({ answers: [], message: "hello" });
  await world.run();
  world.server.formView = sampleFormView();
  world.server.putForm(ENTRY);
  await world.run();
  const formOf = ({ chat }: FakeTab) => chatForm(chat, chat.state.get().conversation?.forms?.[0] ?? ENTRY);
  const form = formOf(tab);
  await world.run();
  return {
    world,
    tab,
    form,
    formOf,
    async offline() {
      world.network.down = true;
      world.network.newest()?.cut();
      await world.run();
    },
    /** The page is gone, and there again with its form; with a network, if there is one. */
    async reloaded(before: FakeTab = tab) {
      before.crash();
      const again = world.tab();
      void again.chat.boot();
      await world.run();
      const form = formOf(again);
      await world.run();
      return { ...again, form };
    },
    async online() {
      world.network.down = false;
      await world.clock.advance(60_000);
      await world.run();
    },
    /** What the server was sent of this kind, repeats included. */
    sent: (type = "form.submit") => world.server.commands.filter((command) => command.type === type),
    kept: () => JSON.stringify([...world.disk]),
  };
}
type Scene = Awaited<ReturnType<typeof filling>>;

function fillIn({ form }: Pick<Scene, "form">): void {
  for (const [field, value] of Object.entries(TYPED)) form.set(field, value, VALID);
}
const refusal = (code: Problem["code"], more: Partial<Problem> = {}): Problem => ({
  ...{ type: "", code, status: 422, title: code, retry: "no", ...more },
});

describe("a form that was sent without a connection", () => {
  it("[WF1] is still being sent after a reload, and goes out once, between the words said before and after it", async () => {
    const scene = await filling();
    const { world, tab, form } = scene;
    await scene.offline();
    fillIn(scene);
    void tab.chat.send("before");
    form.submit();
    void tab.chat.send("after");
    await world.run();
    expect(form.state.get()).toMatchObject({ sending: "sending", connection: "offline" });

    const again = await scene.reloaded();
    expect(again.chat.state.get().sentForms).toMatchObject([{ formId: ENTRY.id, problem: undefined }]);
    const shown = again.form.state.get();
    expect(shown).toMatchObject({ sending: "sending", connection: "offline" });
    expect(shown.fields).toMatchObject({ "ask.a": { value: "one" }, "ask.b": { value: "two" } });
    expect(scene.sent()).toEqual([]);

    await scene.online();
    expect(scene.sent()).toMatchObject([{ values: TYPED }]);
    const log = world.server.log.slice(4).map((event) => ("text" in event ? event.text : event.type));
    expect(log).toEqual(["before", "form.changed", "after"]);
    expect(again.form.state.get()).toMatchObject({ entry: { state: "submitted" }, sending: "no" });
    expect(again.chat.state.get().sentForms).toEqual([]);
    expect([...world.disk.keys()].filter((key) => /^(outbox|form)\//.test(key))).toEqual([]);
  });

  it("[WF2] goes again under the same id when its answer was lost with the page, and is sent once", async () => {
    const scene = await filling();
    const { world, form } = scene;
    fillIn(scene);
    form.submit();
    await world.clock.advance(0);
    world.network.newest()?.flushToServer();
    const again = await scene.reloaded();
    const [first, second, more] = scene.sent();
    expect(second).toEqual(first);
    expect(more).toBeUndefined();
    expect(world.server.log.filter(({ type }) => type === "form.changed")).toHaveLength(1);
    expect(again.form.state.get()).toMatchObject({ entry: { state: "submitted" }, sending: "no" });
  });

  it("[WF3] a second press, here, in another tab or after a reload, sends nothing more while it waits", async () => {
    const scene = await filling();
    const { world, form } = scene;
    await scene.offline();
    form.submit();
    const other = world.tab();
    void other.chat.boot();
    await world.run();
    const there = scene.formOf(other);
    await world.run();
    expect(there.state.get().sending).toBe("sending");
    for (const each of [form, there]) each.submit();
    const again = await scene.reloaded();
    again.form.submit();
    await scene.online();
    expect(scene.sent()).toHaveLength(1);
    expect(there.state.get()).toMatchObject({ entry: { state: "submitted" }, sending: "no" });
  });

  it("[WF4] giving a form up and asking for more time survive the reload as well", async () => {
    const scene = await filling();
    const { world, form } = scene;
    await scene.offline();
    form.extend();
    form.cancel();
    expect(form.state.get().sending).toBe("sending");
    await world.run();
    const again = await scene.reloaded();
    expect(again.form.state.get().sending).toBe("sending");
    await scene.online();
    expect([scene.sent("form.extend").length, scene.sent("form.cancel").length]).toEqual([1, 1]);
    expect(again.form.state.get().sending).toBe("no");
  });

  it("[WF5] of whoever signs out nothing is sent, and nothing is left", async () => {
    const scene = await filling();
    const { world, tab, form } = scene;
    await scene.offline();
    fillIn(scene);
    form.submit();
    await world.run();
    void tab.chat.signOut();
    await world.run();
    expect(tab.chat.state.get().sentForms).toEqual([]);
    expect(scene.kept()).not.toContain("one");
    await scene.online();
    expect(scene.sent()).toEqual([]);
  });
});

describe("a form that the server did not take", () => {
  it("[WF6] says so after a reload too, keeps the answers, and can be sent again", async () => {
    const scene = await filling();
    const { world, form } = scene;
    await scene.offline();
    fillIn(scene);
    form.submit();
    await world.run();
    // Meanwhile it was sent from elsewhere, and sent back.
    const again = { ...ENTRY, revision: 2, remark: { text: "Are you sure?", fields: ["ask.a"] } };
    world.server.putForm({ ...ENTRY, state: "submitted" }, "submitted");
    world.server.putForm(again, "sent-back");
    world.server.formView = { ...sampleFormView(), revision: 2 };
    await scene.online();
    expect(form.state.get()).toMatchObject({ sending: "failed", entry: { revision: 2 } });

    const back = await scene.reloaded();
    expect(back.form.state.get()).toMatchObject({ sending: "failed" });
    expect(back.chat.state.get().sentForms).toMatchObject([{ problem: { code: "form-closed" } }]);
    back.form.set("ask.a", "changed", VALID);
    back.form.submit();
    expect(back.form.state.get().sending).toBe("sending");
    await world.clock.advance(0);
    expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toHaveLength(1);
    await world.run();
    expect(scene.sent().map((one) => "revision" in one && one.revision)).toEqual([1, 2]);
    expect(back.form.state.get()).toMatchObject({ entry: { state: "submitted" }, sending: "no" });
    expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
  });

  it("[WF7] tells at the fields what is wrong with them, after a reload too, and keeps no answers beside the drafts", async () => {
    const scene = await filling();
    const { world, form } = scene;
    fillIn(scene);
    const fields = { "ask.a": "is not known here" };
    world.server.refuseNext.push({ type: "form.submit", problem: refusal("invalid", { fields }) });
    form.submit();
    await world.run();
    expect(form.state.get()).toMatchObject({ sending: "no", problems: fields });
    const [outbox] = [...world.disk].filter(([key]) => key.startsWith("outbox/"));
    expect(outbox?.[1]).toMatchObject({ command: { values: {} } });
    const again = await scene.reloaded();
    expect(again.form.state.get()).toMatchObject({ sending: "no", problems: fields });
  });

  it("[WF8] is over, however it came: that is told by the form, and nothing of the sending is left", async () => {
    const scene = await filling();
    const { world, form } = scene;
    await scene.offline();
    fillIn(scene);
    form.submit();
    await world.run();
    world.server.putForm({ ...ENTRY, state: "cancelled", cancelled: "agent" }, "cancelled");
    const again = await scene.reloaded();
    await scene.online();
    expect(again.chat.state.get().sentForms).toEqual([]);
    expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
    const left = again.form.state.get();
    expect(left).toMatchObject({ entry: { state: "cancelled" }, sending: "no" });
    expect(left.fields).toMatchObject({ "ask.a": { value: "one" } });
  });

  it("[WF9] an answer that came too late for the form is among what can still be read", async () => {
    const scene = await filling();
    const { world, form } = scene;
    form.set("ask.a", "too late", VALID);
    await world.clock.advance(0);
    const said = world.network.newest()?.toServer.splice(0) ?? [];
    const [op = ""] = said.flatMap((one) => (one.type === "form" && "op" in one.act ? [one.act.op] : []));
    expect(op).not.toBe("");
    const conversationId = world.server.conversationId ?? "";
    world.server.broadcast({
      ...{ type: "form", conversationId, formId: ENTRY.id },
      say: { say: "reject", op, code: "closed" },
    });
    world.server.putForm({ ...ENTRY, state: "cancelled", cancelled: "agent" }, "cancelled");
    await world.run();
    expect(form.state.get().fields).toMatchObject({ "ask.a": { value: "too late" } });
  });
});

describe("a form with a secret in it", () => {
  const SECRET = "4929 0000 1111";

  it("[WF10] is sent by the page it was typed in, and its secret is never on disk", async () => {
    const scene = await filling();
    const { world, form } = scene;
    await scene.offline();
    fillIn(scene);
    form.set("ask.pin", SECRET, VALID);
    form.submit();
    await world.run();
    expect(form.state.get().sending).toBe("sending");
    expect(scene.kept()).not.toContain(SECRET);
    await scene.online();
    expect(scene.sent()).toMatchObject([{ values: { ...TYPED, "ask.pin": SECRET } }]);
    expect(form.state.get().entry.state).toBe("submitted");
  });

  it("[WF10] is not sent by another: that page says that it was not, and the rest of the answers is there", async () => {
    const scene = await filling();
    const { world, form } = scene;
    await scene.offline();
    fillIn(scene);
    form.set("ask.pin", SECRET, VALID);
    form.submit();
    await world.run();
    const again = await scene.reloaded();
    expect(again.form.state.get()).toMatchObject({ sending: "failed", fields: { "ask.a": { value: "one" } } });
    await scene.online();
    expect(scene.sent()).toEqual([]);
    again.form.set("ask.pin", SECRET, VALID);
    again.form.submit();
    await world.run();
    expect(scene.sent()).toMatchObject([{ values: { "ask.pin": SECRET } }]);
    expect(again.form.state.get().entry.state).toBe("submitted");
  });

  it("[WF17] goes on from the page it was typed in, when the tab with the connection dies under it", async () => {
    const scene = await filling();
    const { world, tab, formOf } = scene;
    const other = world.tab();
    void other.chat.boot();
    await world.run();
    const form = formOf(other);
    await world.run();
    form.set("ask.pin", SECRET, VALID);
    await scene.offline();
    form.submit();
    await world.run();
    tab.crash();
    await world.run();
    expect(form.state.get()).toMatchObject({ sending: "sending", fields: { "ask.pin": { value: SECRET } } });
    expect(scene.kept()).not.toContain(SECRET);
    await scene.online();
    expect(scene.sent()).toMatchObject([{ values: { "ask.pin": SECRET } }]);
    expect(form.state.get().entry.state).toBe("submitted");
    expect([...world.disk.keys()].filter((key) => /^(outbox|form)\//.test(key))).toEqual([]);
  });

  it("[WF10] is kept nowhere when it is refused", async () => {
    const scene = await filling();
    const { world, form } = scene;
    form.set("ask.pin", SECRET, VALID);
    world.server.refuseNext.push({ type: "form.submit", problem: refusal("forbidden") });
    form.submit();
    await world.run();
    expect(form.state.get().sending).toBe("failed");
    expect(scene.kept()).not.toContain(SECRET);
  });
});

describe("a form whose sending waits for a file", () => {
  it("[WF13] says that it was not sent when its page is gone before, and nothing when it went on here", async () => {
    const scene = await filling();
    const { world, form } = scene;
    form.wait(true);
    form.wait(false);
    await world.run();
    expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
    form.wait(true);
    await world.run();
    expect(form.state.get().sending).toBe("no");
    const again = await scene.reloaded();
    expect(again.form.state.get().sending).toBe("failed");
    again.form.submit();
    await world.run();
    expect(again.form.state.get().entry.state).toBe("submitted");
    expect([...world.disk.keys()].filter((key) => key.startsWith("outbox/"))).toEqual([]);
  });
});

describe("the end of a chat that was pressed without a connection", () => {
  it("[WF12] is on its way, after a reload too, and is told once", async () => {
    const scene = await filling();
    const { world, tab } = scene;
    await scene.offline();
    void tab.chat.end();
    await world.run();
    expect(tab.chat.state.get().ending).toBe(true);
    const again = await scene.reloaded();
    expect(again.chat.state.get().ending).toBe(true);
    await scene.online();
    expect(scene.sent("session.end")).toHaveLength(1);
    expect(again.chat.state.get().ending).toBe(false);
  });
});
