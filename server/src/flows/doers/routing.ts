import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { Configuration } from "@clew/domain/configuration";
import type { RouteTo } from "@clew/domain/flows/conversation/commands";
import type { OperationOf, Target } from "@clew/domain/flows/engine/operation";
import { isOpen, nextOpening } from "@clew/domain/hours/opening-hours";
import { type AgentState, effectiveStatus } from "@clew/domain/presence/agent-state";
import { hasSkills } from "@clew/domain/routing/able";
import { freeCapacity } from "@clew/domain/routing/capacity";
import { ESTIMATE_WINDOW_MS, estimateWait } from "@clew/domain/routing/estimate";
import type { Database, Raw } from "../../database/database.ts";
import { Refused } from "../../problems/refused.ts";
import type { FlowLibrary } from "../library.ts";
import { agentStates, previousAgent, takenSince, verifiedCustomer, waitingIn } from "../lookups-store.ts";
import type { Done, LocalDoer, RemoteDoer } from "../operations.ts";
import { askedBy, faultOf, sessionOf } from "./conversation.ts";

type Parts = {
  database: Database;
  configuration: () => Configuration;
  library: Pick<FlowLibrary, "flow">;
  execute(command: Command, actor: Actor): Promise<unknown>;
};

/** Sends a session where the flow says; names are looked up now, so that a renamed queue is a fault and not a silent loss. */
export function routeDoer({ database, configuration, library, execute }: Parts): RemoteDoer<"route"> {
  return async (operation, wanted): Promise<Done> => {
    const about = sessionOf(wanted);
    if (!about) return { fault: "notFound", message: "This run works on no session" };
    const to = await resolve(operation.to, about, wanted.now);
    if (!("to" in to)) return to;
    const overflow = operation.overflow === null ? null : queueNamed(configuration(), operation.overflow);
    if (operation.overflow !== null && !overflow) return unknown("queue", operation.overflow);
    try {
      await execute(
        {
          type: "flow.route",
          ...askedBy(wanted),
          ...about,
          to: to.to,
          ...(operation.priority === null ? {} : { priority: clamp(operation.priority) }),
          ...(operation.size === null ? {} : { weight: operation.size }),
          ...(operation.relaxAfter === null ? {} : { relaxAfter: operation.relaxAfter }),
          ...(operation.waitMax === null ? {} : { waitMax: operation.waitMax }),
          ...(overflow ? { overflowQueueId: overflow.id } : {}),
          ...(operation.reason ? { reason: operation.reason } : {}),
        },
        { who: "system" },
      );
      return {};
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.problem.code === "no-capacity") return { outcome: "unavailable" };
      // Somebody took the session, or it ended: there is nothing left to send anywhere.
      if (error.problem.code === "session-not-open") return {};
      return faultOf(error);
    }
  };

  async function resolve(
    to: Target,
    about: { conversationId: string; sessionId: string },
    now: number,
  ): Promise<{ to: RouteTo } | Done> {
    const current = configuration();
    switch (to.kind) {
      case "queue": {
        const queue = queueNamed(current, to.queue);
        return queue ? { to: { kind: "queue", queueId: queue.id } } : unknown("queue", to.queue);
      }
      case "skills": {
        const queue = to.queue === null ? null : queueNamed(current, to.queue);
        if (to.queue !== null && !queue) return unknown("queue", to.queue);
        const skills = [];
        for (const { skill, min } of to.skills) {
          const known = skillNamed(current, skill);
          if (!known) return unknown("skill", skill);
          skills.push({ skillId: known.id, level: min });
        }
        return { to: { kind: "skills", skills, ...(queue ? { queueId: queue.id } : {}) } };
      }
      case "agent":
        return current.agents.has(to.agent) ? { to: { kind: "agent", agentId: to.agent } } : unknown("agent", to.agent);
      case "previousAgent": {
        const since = to.within === null ? 0 : now - to.within;
        const customerId = await verifiedCustomer(database.raw, about.conversationId);
        const agentId = await previousAgent(database.raw, { ...about, customerId, since });
        return agentId ? { to: { kind: "agent", agentId } } : { outcome: "unavailable" };
      }
      case "bot":
        if (to.version === null || !library.flow(to.flow, to.version))
          return { fault: "notFound", message: `There is no flow ${to.flow} for the bot ${to.bot}` };
        return { to: { kind: "bot", name: to.bot, flow: { key: to.flow, version: to.version } } };
    }
  }
}

/** Who could serve now. `estimatedWait` in seconds, null when too little is known; `opensAt` ISO 8601. */
export function availabilityDoer(configuration: () => Configuration): LocalDoer<"availability"> {
  return async (raw: Raw, { of }: OperationOf<"availability">, { now }): Promise<Done> => {
    const current = configuration();
    const queue =
      of.kind === "queue"
        ? queueNamed(current, of.queue)
        : of.kind === "skills" && of.queue
          ? queueNamed(current, of.queue)
          : null;
    if (of.kind === "queue" && !queue) return unknown("queue", of.queue);
    const needs =
      of.kind === "skills"
        ? of.skills.map(({ skill, min }) => ({ skillId: skillNamed(current, skill)?.id ?? "", level: min }))
        : (queue?.skills ?? []);
    const states = new Map<string, AgentState>();
    for (const { agent_id: id, state } of await agentStates(raw)) states.set(id, JSON.parse(state) as AgentState);
    const able = [...current.agents.values()].filter(
      (agent) =>
        agent.active &&
        (of.kind !== "agent" || agent.id === of.agent) &&
        (!queue || queue.members.includes(agent.id)) &&
        hasSkills(agent.skills, needs),
    );
    const online = able.filter(({ id }) => {
      const state = states.get(id);
      return state && effectiveStatus(state, now) === "available";
    });
    const capacity = online.reduce((free, { id, capacity: whole }) => {
      const state = states.get(id);
      return free + (state ? Math.max(0, freeCapacity(state, whole)) : 0);
    }, 0);
    const waiting = queue ? await waitingIn(raw, queue.id) : 0;
    const hours = queue?.hoursId ? current.hours.get(queue.hoursId) : undefined;
    const opens = hours && !isOpen(hours, now) ? nextOpening(hours, now) : null;
    return {
      value: {
        online: online.length,
        capacity,
        waiting,
        estimatedWait: queue ? await estimated(raw, queue.id, { now, waiting, working: online.length }) : null,
        openNow: !hours || isOpen(hours, now),
        opensAt: opens === null ? null : new Date(opens).toISOString(),
      },
    };
  };
}

/** How long the next in a queue would wait, in seconds. */
async function estimated(
  raw: Raw,
  queueId: string,
  { now, waiting, working }: { now: number; waiting: number; working: number },
): Promise<number | null> {
  const recent = await takenSince(raw, queueId, now - ESTIMATE_WINDOW_MS);
  const waits = recent.map(({ started_at: from, active_at: at }) => ({ at, waited: at - from }));
  const wait = estimateWait({ place: waiting + 1, recent: waits, frontWaited: 0, working, now });
  return wait === null ? null : Math.round(wait / 1_000);
}

function queueNamed({ queues }: Configuration, name: string) {
  return queues.get(name) ?? [...queues.values()].find((queue) => queue.name.toLowerCase() === name.toLowerCase());
}

function skillNamed({ skills }: Configuration, name: string) {
  return skills.get(name) ?? [...skills.values()].find((skill) => skill.name.toLowerCase() === name.toLowerCase());
}

function unknown(what: string, name: string): Done {
  return { fault: "notFound", message: `There is no ${what} ${name}` };
}

function clamp(priority: number): number {
  return Math.max(0, Math.min(100, Math.round(priority)));
}
