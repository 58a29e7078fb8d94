import { expect, test } from "vitest";
import { item } from "../../dev/inbox.ts";
import { AGENTS, CHANNELS, QUEUES } from "../../dev/people.ts";
import { chosenIn, type Filter, filterIn, fits, withPart } from "./filter.ts";
import { choicesFor, nameIn } from "./filter-choices.ts";
import { countsOf, type Viewer } from "./views.ts";

const agent: Viewer = { agentId: "bea", queues: ["orders"], supervisor: false };
const supervisor: Viewer = { agentId: "sam", queues: [], supervisor: true };
const toms = { agent: { id: "tom", name: "Tom" } };
const items = [
  item({ id: "mine", title: "Ana", unread: 1 }),
  item({ id: "returned", title: "Lee", staff: { queueId: "returns" } }),
  item({ id: "toms", title: "Oda", session: toms }),
  { ...item({ id: "asked", title: "Kim", session: { status: "waiting", agent: null } }), channelId: "support" },
];
const under = (filter: Filter) => items.filter((one) => fits(one, filter));
const ids = (filter: Filter) => under(filter).map(({ conversationId }) => conversationId);

test("[IN1] a filter narrows by queue, channel and agent, and a conversation fits all that is chosen", () => {
  expect(ids({})).toHaveLength(4);
  expect(ids({ queue: "returns" })).toEqual(["returned"]);
  expect(ids({ channel: "support" })).toEqual(["asked"]);
  expect(ids({ agent: "tom" })).toEqual(["toms"]);
  expect(ids({ queue: "orders", agent: "bea" })).toEqual(["mine"]);
  expect(ids({ queue: "returns", agent: "tom" })).toEqual([]);
});

test("[IN2] the counts of the lists are those under the filter", () => {
  expect(countsOf(under({ queue: "returns" }), supervisor)).toMatchObject({ all: 1, waiting: 0, unread: 0 });
  expect(countsOf(under({ channel: "support" }), supervisor)).toMatchObject({ all: 1, waiting: 1, mine: 0 });
  expect(countsOf(under({ queue: "orders" }), agent)).toMatchObject({ mine: 1, waiting: 1, unread: 1 });
});

test("[IN3] agents choose among the queues whose work reaches them, supervisors among all, and among agents", () => {
  const known = { queues: QUEUES, channels: CHANNELS, agents: AGENTS, inbox: items };
  const options = (viewer: Viewer, filter: Filter, part: string) =>
    choicesFor(viewer, filter, known)
      .find((choice) => choice.part === part)
      ?.options.map(({ id }) => id);
  expect(options(agent, {}, "queue")).toEqual(["orders", "returns"]);
  expect(options(agent, { queue: "vip" }, "queue")).toContain("vip");
  expect(options(supervisor, {}, "queue")).toEqual(["vip", "orders", "returns"]);
  expect(options(agent, {}, "agent")).toBeUndefined();
  expect(options(supervisor, {}, "agent")).toContain("ines");
  const gone = AGENTS.map((each) => ({ ...each, active: false }));
  const [, , left] = choicesFor(supervisor, {}, { ...known, agents: gone });
  expect(left?.options.map(({ id }) => id)).toEqual(["bea", "tom"]);
});

test("[IN3] what is chosen is named, and what is no longer there has no name", () => {
  const choices = choicesFor(agent, {}, { queues: QUEUES, channels: CHANNELS, agents: AGENTS, inbox: [] });
  expect(nameIn(choices, "channel", "shop")).toBe("Shop chat");
  expect(nameIn(choices, "channel", "burnt")).toBeNull();
});

test("[IN5] a kept filter comes back as far as the viewer may choose it; anything else is no filter", () => {
  const kept = JSON.stringify({ queue: "orders", agent: "tom", status: "ended", channel: 7 });
  expect(filterIn(kept, supervisor)).toEqual({ queue: "orders", agent: "tom" });
  expect(filterIn(kept, agent)).toEqual({ queue: "orders" });
  for (const nothing of [null, "", "{", "null", "[]", '"queue"']) expect(filterIn(nothing, agent)).toEqual({});
});

test("[IN1] parts are chosen and taken off one by one", () => {
  const chosen = withPart(withPart({}, "agent", "tom"), "queue", "orders");
  expect(chosenIn(chosen)).toEqual([
    { part: "queue", id: "orders" },
    { part: "agent", id: "tom" },
  ]);
  expect(withPart(chosen, "queue", null)).toEqual({ agent: "tom" });
  expect(withPart({}, "queue", null)).toEqual({});
});
