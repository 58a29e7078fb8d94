import { get } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { startConversation } from "../testing/customer.ts";
import { newId } from "../testing/test-app.ts";
import { twoServers } from "../testing/two-servers.ts";
import { LinksElsewhere } from "./links-elsewhere.ts";

const servers = twoServers();

const post = (url: string, link: string, messages: unknown[]) =>
  fetch(`${url}/api/v1/stream/sse/${link}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(messages),
  });

test("[BA5] what stands before two servers may send each message to either: server-sent events carry the conversation, in order", async () => {
  const { here, there } = servers();
  const { identity, conversationId, stream, topic } = await startConversation(here.url);
  stream.cut();
  let text = "";
  const reading = get(`${here.url}/api/v1/stream/sse`, (response) => {
    response.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
  });
  onTestFinished(() => void reading.destroy());
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    await expect.poll(() => pattern.test(text), { timeout: 10_000 }).toBe(true);
    return pattern.exec(text) as RegExpExecArray;
  };
  const link = (await until(/event: link\ndata: (\S+)/))[1] ?? "";
  const say = (words: string) => ({
    type: "command",
    command: { type: "message.post", id: newId(), conversationId, text: words, attachments: [] },
  });
  // Long enough for many pieces, of the characters that take the most room.
  const long = `${"\u0001\u4e16".repeat(1_900)} end`;
  const turns = [
    [{ type: "hello", protocol: 1, token: identity.accessToken }],
    [{ type: "subscribe", topic }],
    [say("one"), say("two")],
    [say(long)],
    [say("four")],
  ];
  for (const [turn, messages] of turns.entries())
    expect((await post((turn % 2 ? here : there).url, link, messages)).status).toBe(204);
  await until(/"text":"four"/);
  const said = [...text.matchAll(/"type":"message.posted".*?"text":("(?:[^"\\]|\\.)*")/g)].map(([, one]) =>
    JSON.parse(one ?? '""'),
  );
  expect(said).toEqual(["one", "two", long, "four"]);
});

test("[FZ2] whence a request came goes along to the process that holds the link, with the first of its pieces", async () => {
  const heard: unknown[] = [];
  const log = { warn: () => undefined };
  const told = (by: () => LinksElsewhere) => async (texts: readonly string[]) => {
    for (const text of texts) by().heard(text);
  };
  const one: LinksElsewhere = new LinksElsewhere({ log, say: told(() => other) });
  const other = new LinksElsewhere({ log, say: told(() => one) });
  other.takeBy((link, messages, from) => heard.push({ link, messages, from }) > 0);
  const messages = ["a".repeat(3_000)];
  const from = { ip: "203.0.113.7", userAgent: "Lantern/7" };
  const link = "AAAAAAAAAAAAAAAAAAAAAA";
  expect(await one.pass(link, messages, from)).toBe(true);
  expect(heard).toEqual([{ link, messages, from }]);
});

test("[BA5] a link that nobody holds is refused, by one server and by several", { timeout: 20_000 }, async () => {
  const { there } = servers();
  for (const link of ["guessed", "AAAAAAAAAAAAAAAAAAAAAA"])
    expect((await post(there.url, link, [{ type: "ping", at: 1 }])).status).toBe(404);
});
