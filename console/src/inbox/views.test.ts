import { expect, test } from "vitest";
import { item } from "../../dev/inbox.ts";
import { countsOf, listOf, neighbour, type Viewer, viewsFor } from "./views.ts";

const agent: Viewer = { agentId: "bea", queues: ["orders"], supervisor: false };
const supervisor: Viewer = { agentId: "sam", queues: [], supervisor: true };
const since = (waitingSince: number) => ({ status: "waiting" as const, agent: null, waitingSince });
const other = { agent: { id: "tom", name: "Tom" } };

const items = [
  item({ id: "mine", title: "Ana", said: "Hi", ago: 500, unread: 2 }),
  item({ id: "resting", title: "José Peña · Returns", said: "Gracias", ago: 1000, session: { status: "inactive" } }),
  item({ id: "late", title: "Kim", session: since(300) }),
  item({ id: "early", title: "Lee", session: since(100) }),
  item({ id: "urgent", title: "Max", session: since(400), staff: { priority: 5 } }),
  item({ id: "elsewhere", title: "Nia", session: since(50), staff: { queueId: "returns" } }),
  item({ id: "toms", title: "Oda", unread: 1, session: other }),
  item({ id: "over", title: "Pia", session: { status: "ended" } }),
];
const ids = (list: { conversationId: string }[]) => list.map(({ conversationId }) => conversationId);

test("[CO1] an agent sees their own work and their own queues", () => {
  expect(ids(listOf(items, "mine", agent))).toEqual(expect.arrayContaining(["mine", "resting"]));
  expect(listOf(items, "mine", agent)).toHaveLength(2);
  expect(ids(listOf(items, "waiting", agent))).not.toContain("elsewhere");
  expect(listOf(items, "all", agent)).toEqual([]);
  expect(viewsFor(agent)).not.toContain("all");
});

test("[CO1] a supervisor sees every queue and everyone's open work", () => {
  expect(ids(listOf(items, "waiting", supervisor))).toContain("elsewhere");
  expect(ids(listOf(items, "all", supervisor))).toEqual(expect.arrayContaining(["toms", "mine", "late"]));
  expect(ids(listOf(items, "all", supervisor))).not.toContain("over");
});

test("[BO15] a bot's session is nobody's, and in sight of those who may take it", () => {
  const talking = { agent: null, bot: { name: "Mia" } };
  const served = [
    item({ id: "ours", title: "Quin", session: talking }),
    item({ id: "theirs", title: "Ria", session: talking, staff: { queueId: "returns" } }),
  ];
  expect(ids(listOf(served, "bots", agent))).toEqual(["ours"]);
  expect(ids(listOf(served, "bots", supervisor))).toEqual(["ours", "theirs"]);
  for (const view of ["mine", "waiting", "inactive"] as const) expect(listOf(served, view, agent)).toEqual([]);
  expect(ids(listOf(served, "bots", agent, "mia"))).toEqual(["ours"]);
});

test("[CO2] waiting stands by priority, then by the longest wait; the rest by the newest word", () => {
  expect(ids(listOf(items, "waiting", agent))).toEqual(["urgent", "early", "late"]);
  expect(ids(listOf(items, "mine", agent))).toEqual(["mine", "resting"]);
});

test("[CO3] search takes words in any order, without accents and case", () => {
  expect(ids(listOf(items, "mine", agent, "returns JOSE pena"))).toEqual(["resting"]);
  expect(listOf(items, "mine", agent, "jose nobody")).toEqual([]);
});

test("[CO4] stepping through the list stops at its ends", () => {
  const list = listOf(items, "waiting", agent);
  expect(neighbour(list, "urgent", 1)?.conversationId).toBe("early");
  expect(neighbour(list, "urgent", -1)?.conversationId).toBe("urgent");
  expect(neighbour(list, "late", 1)?.conversationId).toBe("late");
  expect(neighbour(list, undefined, 1)?.conversationId).toBe("urgent");
  expect(neighbour(list, "gone", -1)?.conversationId).toBe("late");
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

test("[CO1] counts are those of the lists, and unread counts one's own only", () => {
  const counts = countsOf(items, agent);
  expect(counts).toMatchObject({ mine: 2, waiting: 3, inactive: 1, ended: 1, unread: 1 });
});
