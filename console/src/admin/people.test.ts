import { expect, test } from "vitest";
import { checkAgent } from "./agents/check-agent.ts";
import { auditDetails, auditSentence } from "./audit/audit-in-words.ts";
import { filled } from "./dev/fixtures.ts";
import { checkHours } from "./hours/check-hours.ts";
import { settingsOf } from "./page/settings-page.tsx";
import { checkQueue } from "./queues/check-queue.ts";

test("[AD9] agents, queues and hours with mistakes are not sent", () => {
  const { agents, queues, hours } = filled();
  expect(
    checkAgent(settingsOf<"Agent">({ ...agents[0]!, email: "nobody", publicName: " ", capacity: 1.5 })),
  ).toMatchObject({ "/email": expect.any(String), "/publicName": expect.any(String), "/capacity": expect.any(String) });
  expect(checkQueue(settingsOf<"Queue">({ ...queues[0]!, overWait: { next: "message", text: {} } }))).toHaveProperty([
    "/overWait/text",
  ]);
  expect(
    checkQueue(settingsOf<"Queue">({ ...queues[0]!, maxWait: null, overWait: { next: "queue", queueId: "" } })),
  ).toEqual({});
  const week = hours[0]!.week.with(2, [{ from: 600, to: 500 }]);
  const exceptions = [
    { date: "2026-12-25", spans: [] },
    { date: "2026-12-25", spans: [] },
  ];
  expect(Object.keys(checkHours(settingsOf<"Hours">({ ...hours[0]!, week, exceptions })))).toEqual([
    "/week/2/0",
    "/exceptions/1/date",
  ]);
});

test("[AD24] an audit entry is a sentence; words of a newer server are shown as they are", () => {
  const entry = { id: "1", at: 0, agentId: null, nounId: "2", change: { name: "Shop chat" } };
  expect(auditSentence({ ...entry, action: "publish", noun: "deployment" }, "Ada")).toBe(
    "Ada published the channel “Shop chat”",
  );
  expect(auditSentence({ ...entry, action: "archive", noun: "case" }, "Ada")).toBe("Ada: archive, case “Shop chat”");
  const renamed = { ...entry, change: [{ path: "/name", before: "Old", after: "New" }], action: "save", noun: "queue" };
  expect(auditSentence(renamed, "Ada")).toBe("Ada changed the queue “New”");
  expect(auditSentence(renamed, "Ada", "Newest")).toBe("Ada changed the queue “Newest”");
  expect(auditDetails([{ path: "/name", before: "A", after: null }])).toEqual([{ path: "/name", text: "A → null" }]);
});
