import type { ReconnectOutcome } from "@clew/contract/reconnect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { button } from "../testing/form-flows.ts";
import { servedCase } from "../testing/form-stage.ts";
import { DEMO_CHANNELS, newId, postJson, startTestApp } from "../testing/test-app.ts";

const LINKS = button(
  "links",
  {
    say: {
      type: "message.send",
      text: "{{coalesce(told, '')}} You come back by {{reconnect.link}} - once.",
      next: "end",
    },
    end: { type: "end" },
  },
  { inputs: { conversationId: { type: "text", required: true }, told: { type: "text?" } } },
);

describe.each(ENGINES)("links in words of flows on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    await (await flowAdmin(app.url)).publish(LINKS);
  });
  afterAll(() => app.close());

  test("[PK6] the customer gets a link of their own, good once; what others told makes none", async () => {
    const { conversationId, caseId, person, customer } = await servedCase(app);
    const inputs = { conversationId, told: "{{reconnect.link}}" };
    await postJson(
      `${app.url}/api/v1/flows/links/runs`,
      { id: newId(), conversationId, caseId, inputs },
      person.headers,
    );
    const said = () =>
      customer
        .events(conversationId)
        .flatMap((event) => (event.type === "message.posted" && event.by.who === "bot" ? [event.text] : []));
    await expect.poll(() => said().length).toBe(1);
    const [, token] =
      /^\{reconnect\.link\} You come back by http\S+#clew-reconnect=(\S+) - once\.$/.exec(said()[0] ?? "") ?? [];
    const open = () =>
      postJson<ReconnectOutcome>(`${app.url}/api/v1/reconnect/open`, { channelId: DEMO_CHANNELS.shop, token });
    expect(await open()).toMatchObject({ outcome: "resumed", conversationId });
    expect(await open()).toMatchObject({ outcome: "refused" });
  });
});
