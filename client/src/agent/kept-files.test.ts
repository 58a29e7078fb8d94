import type { ConversationEvent } from "@clew/contract/events";
import { expect, it } from "vitest";
import { createHttp } from "../http.ts";
import type { Ports, SendFile } from "../ports.ts";
import type { Upload } from "../state.ts";
import { fakeClock, settle } from "../testing/fake-clock.ts";
import { fakeBrowser } from "../testing/fake-tabs.ts";
import { memoryStorage } from "../testing/memory-storage.ts";
import { keptFiles } from "./kept-files.ts";

const CONVERSATION = "0190a000-0000-7000-8000-00000000c0de";

/** An agent's browser, and a server that takes files once it is up. */
function desk() {
  const clock = fakeClock();
  const browser = fakeBrowser();
  const disk = new Map<string, unknown>();
  const server = { up: false, given: [] as string[] };
  let ids = 0;
  const sendFile: SendFile = async ({ form, onAbort }) => {
    if (!server.up) return new Promise((resolve) => onAbort(() => resolve({ status: 0, body: null })));
    const [id, size] = [String(form.get("id")), Number(form.get("size"))];
    server.given.push(id);
    return { status: 200, body: { id, offset: size, attachment: { id, name: "plan.txt", type: "", size } } };
  };
  const fetcher = async (url: unknown) =>
    Response.json({ id: String(url).split("/").at(-1), offset: 0, attachment: null });
  function window(conversationId = CONVERSATION) {
    const tab = browser.tab();
    const shown: { list: readonly Upload[] } = { list: [] };
    const files = keptFiles({
      ports: { clock, sendFile, locks: tab.locks } as unknown as Ports,
      http: createHttp({ server: "https://chat.example", fetch: fetcher as typeof fetch, credentials: "omit", clock }),
      storage: () => memoryStorage(disk, "durable"),
      withCookies: true,
      headers: async () => ({}),
      conversationId,
      newId: () => `0190a000-0000-7000-8000-${String(++ids).padStart(12, "0")}`,
      changed: (list) => {
        shown.list = list;
      },
    });
    return { files, shown, die: tab.die };
  }
  return { window, server, disk };
}
const plan = () => new File(["a plan"], "plan.txt");

it("[AV10] a file that an agent has chosen goes on after a crash, in the conversation it was chosen for", async () => {
  const { window, server, disk } = desk();
  const first = window();
  await settle();
  void first.files.choose(plan());
  await settle();
  expect(first.shown.list).toMatchObject([{ name: "plan.txt", state: "uploading" }]);
  first.die();
  server.up = true;
  const other = window("0190a000-0000-7000-8000-00000000beef");
  const again = window();
  await settle();
  expect(again.shown.list).toMatchObject([{ name: "plan.txt", state: "stored" }]);
  expect(other.shown.list).toEqual([]);
  expect(server.given).toHaveLength(1);

  const [{ id = "" } = {}] = again.shown.list;
  again.files.taken([{ type: "message.posted", attachments: [{ id }] } as unknown as ConversationEvent]);
  await settle();
  expect([again.shown.list, disk.size]).toEqual([[], 0]);
});

it("[AV10] it is there again after a look at another conversation, and a second tab leaves it to the first", async () => {
  const { window, server } = desk();
  const first = window();
  await settle();
  void first.files.choose(plan());
  await settle();
  const second = window();
  await settle();
  expect(second.shown.list).toEqual([]);
  first.files.leave();
  server.up = true;
  await settle();
  expect(second.shown.list).toMatchObject([{ name: "plan.txt", state: "stored" }]);
  second.files.leave();
  const back = window();
  await settle();
  expect(back.shown.list).toMatchObject([{ name: "plan.txt", state: "stored" }]);
});
