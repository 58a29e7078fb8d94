import { isDeepStrictEqual } from "node:util";
import { snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import { inboxItem } from "@clew/domain/conversations/inbox-item";
import { deadlinesOf } from "@clew/domain/deadlines/deadlines";
import { accessOf } from "@clew/domain/decide";
import { mayView } from "@clew/domain/permissions/permissions";
import { candidatesFrom } from "@clew/domain/routing/candidate";
import { route } from "@clew/domain/routing/route";
import { waitingSession } from "@clew/server/testing/parts";
import type { Agent } from "../people/agent.ts";
import type { Customer } from "../people/customer.ts";
import { CONFIGURATION } from "../world/configuration.ts";
import { type CommittedLog, difference } from "./log.ts";
import type { Resets } from "./resets.ts";
import { brief, type Verdict } from "./verdict.ts";
import type { Words } from "./words.ts";

type Healed = {
  log: CommittedLog;
  words: Words;
  verdict: Verdict;
  resets: Resets;
  customers: readonly Customer[];
  agents: readonly Agent[];
  deadlines: readonly { about: string; kind: string; due_at: number }[];
  now: number;
};

/** What must hold once the network is whole, every server runs and nothing is on its way. */
export function judgeHealed(healed: Healed): void {
  for (const { browser, tabs } of healed.customers) for (const tab of tabs) judgeTab(browser.name, tab, healed);
  for (const agent of healed.agents) for (const page of agent.pages) judgePage(agent.id, page, healed);
  judgeWords(healed);
  judgeDeadlines(healed);
  judgeRouting(healed);
}

function judgeTab(browser: string, { name, chat }: Customer["tabs"][number], { log, verdict, resets }: Healed): void {
  const { conversation, timeline, connection, clearing } = chat.state.get();
  if (clearing) verdict.found("SI17", `${name} still waits for its reset after healing`);
  for (const item of timeline) {
    if (item.kind === "message" && item.delivery?.state === "sending")
      verdict.found("SI7", `${name} still sends "${item.text}" (${connection.name})`);
  }
  if (!conversation) return;
  resets.judge({ browser, who: name, id: conversation.id, healed: true });
  const state = log.states.get(conversation.id);
  if (!state) {
    verdict.found("SI6", `${name} shows ${conversation.id}, which does not exist`);
    return;
  }
  if (connection.name !== "live") verdict.found("SI5", `${name} is ${connection.name} after healing`);
  const stored = snapshotForCustomer(state.snapshot);
  // What was read while the connection was away is shown as read, and told to the server with the next word at the latest.
  const customerRead = Math.max(conversation.positions.customerRead, stored.positions.customerRead);
  const fresh = { ...stored, positions: { ...stored.positions, customerRead } };
  if (!isDeepStrictEqual(conversation, fresh))
    verdict.found("SI5", `${name} holds another state than the server: ${difference(conversation, fresh)}`);
}

function judgePage(agentId: string, page: Agent["pages"][number], { log, verdict }: Healed): void {
  const { desk, name, open } = page;
  const { connection, inbox, signIn } = desk.state.get();
  if (signIn.name !== "signed-in") {
    verdict.found("SI5", `${name} is ${signIn.name} after healing`);
    return;
  }
  if (connection.name !== "live") verdict.found("SI5", `${name} is ${connection.name} after healing`);
  const agent = CONFIGURATION.agents.get(agentId);
  const actor = { who: "agent" as const, id: agentId, name: "", role: agent?.role ?? "agent" };
  const sees = (id: string) => {
    const state = log.states.get(id);
    return state !== undefined && mayView(actor, accessOf(state, { configuration: CONFIGURATION }));
  };
  const lines = new Map(inbox.map((item) => [item.conversationId, item]));
  for (const [id, state] of log.states) {
    const line = lines.get(id);
    const concerns = sees(id);
    const over = ["ended", "error"].includes(state.snapshot.session?.status ?? "ended");
    if (line && !concerns) verdict.found("SI5", `the inbox of ${name} holds ${id}, which is not theirs`);
    if (!line && concerns && !over) verdict.found("SI5", `the inbox of ${name} lacks ${id}`);
    const fresh = inboxItem(state);
    if (line && concerns && fresh && !isDeepStrictEqual(line, JSON.parse(JSON.stringify(fresh))))
      verdict.found("SI5", `the inbox of ${name} holds another line of ${id}: ${difference(line, fresh)}`);
  }
  for (const [id, { conversation }] of open) {
    const held = conversation.state.get();
    for (const item of held.timeline) {
      if (item.kind !== "message" && item.kind !== "note") continue;
      if (item.delivery?.state === "sending")
        verdict.found("SI7", `${name} still sends "${item.text}" in ${id} (${connection.name})`);
    }
    const state = log.states.get(id);
    if (!state || !sees(id)) continue;
    if (held.ready !== "live") verdict.found("SI5", `${name} on ${id} is ${held.ready} after healing`);
    if (!held.conversation) continue;
    // Read by the owner of that moment, who was the owner no more when the server heard of it.
    const agentRead = Math.max(held.conversation.positions.agentRead, state.snapshot.positions.agentRead);
    const fresh = { ...state.snapshot, positions: { ...state.snapshot.positions, agentRead } };
    if (!isDeepStrictEqual(held.conversation, fresh))
      verdict.found("SI5", `${name} on ${id} holds another state: ${difference(held.conversation, fresh)}`);
  }
}

/** What a person was told is kept, or heard is accepted, is in the log: only the person can take it back. */
function judgeWords({ words, log, verdict, customers, agents }: Healed): void {
  const alive = new Set([
    ...customers.flatMap(({ tabs }) => tabs.map(({ name }) => name)),
    ...agents.flatMap(({ pages }) => pages.map(({ name }) => name)),
  ]);
  for (const word of words.all.values()) {
    if (log.has(word.text)) continue;
    if (word.heard === "accepted") verdict.found("SI1", `"${word.text}" was accepted and is not in the log`);
    if (word.heard !== "nothing" || word.wiped || word.refused) continue;
    if (word.kept) verdict.found("SI7", `"${word.text}" was kept and is neither in the log nor refused`);
    else if (alive.has(word.tab)) verdict.found("SI7", `"${word.text}" of a living tab is neither kept nor answered`);
  }
}

function judgeDeadlines({ log, verdict, deadlines, now }: Healed): void {
  const rows = new Map(deadlines.map((row) => [`${row.about} ${row.kind}`, row.due_at]));
  for (const [id, state] of log.states) {
    for (const [kind, due] of Object.entries(deadlinesOf(state, now))) {
      const row = rows.get(`conversation:${id} ${kind}`);
      if (due <= now - LATE_MS) verdict.found("SI10", `${kind} of ${id} was due ${now - due} ms ago`);
      else if (row === undefined || row > due)
        verdict.found("SI10", `${kind} of ${id} has no row that strikes in time`);
    }
  }
  for (const { about, kind, due_at } of deadlines) {
    if (due_at <= now - LATE_MS) verdict.found("SI10", `the row ${about} ${kind} was due ${now - due_at} ms ago`);
  }
}

/** A round of the sweeper may be this late, in milliseconds. */
const LATE_MS = 3_000;

/** Nobody waits while an able agent has room: the router has nothing left to propose. */
function judgeRouting({ log, verdict, now }: Healed): void {
  const waiting = [...log.states.values()]
    .filter(({ snapshot }) => snapshot.session?.status === "waiting" && !snapshot.staff?.offer)
    .flatMap(waitingSession);
  if (waiting.length === 0) return;
  const states = new Map(log.agents.map((agent) => [agent.id, agent]));
  const agents = candidatesFrom(CONFIGURATION, states);
  const proposals = route({ waiting, agents, queues: CONFIGURATION.queues, now: now - LATE_MS });
  if (proposals.length > 0) verdict.found("SI9", `sessions wait although agents have room: ${brief(proposals)}`);
}
