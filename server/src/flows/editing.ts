import { createHash } from "node:crypto";
import type { Flow } from "@clew/contract/flows/definition";
import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { Finding } from "@clew/contract/flows/lint";
import type { Variables } from "@clew/contract/flows/variables";
import type { Canary, FlowAlias, FlowDraft, FlowVersion, NewCanary } from "@clew/contract/flows/versions";
import { FORMAT } from "@clew/contract/flows/words";
import { hashInput } from "@clew/domain/flows/format/canonical";
import { flowDiff } from "@clew/domain/flows/format/diff";
import { lockOf } from "@clew/domain/flows/format/lock";
import { isPublishable, lint } from "@clew/domain/flows/lint/lint";
import { listAssets } from "../assets/store.ts";
import { type Change, type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import { readAll, type Stored } from "../configuration/settings-store.ts";
import { connectorLimits } from "../connectors/store.ts";
import type { Query } from "../database/database.ts";
import { readLiveChannels } from "../deployments/store.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { readAliases, readLive, removeAlias, writeAlias } from "./aliases-store.ts";
import { newCanary } from "./canaries.ts";
import {
  boundTo,
  insertVersion,
  readDraft,
  readFlowVersion,
  readSummaries,
  readVersions,
  removeVersion,
  retireVersion,
  type StoredDraft,
  waitingByNode,
  writeDraft,
} from "./versions-store.ts";

type Parts = ConfigurationContext & {
  /** The fields of every object type, for the linter. */
  objects(query: Query): Promise<ReadonlyMap<string, Variables>>;
  /** Versions have come or a name points elsewhere. */
  published(): Promise<void>;
  /** What the operator has raised. */
  limits?: RaisedLimits;
};

/** Drafts, versions and names of flows. A draft may be broken; what is published may not. */
export function editingHandlers(parts: Parts): Handlers {
  const { database } = parts;
  return {
    listFlows: async () => ({ items: await readSummaries(database.query) }),

    lintFlow: async ({ body }) => ({
      findings: await findingsOf(parts, database.query, body.definition),
      limits: parts.limits ?? {},
    }),

    async readFlowDraft({ params }) {
      const draft = await readDraft(database.query, params.key ?? "");
      if (!draft) throw new Refused("not-found");
      return withFindings(parts, draft);
    },

    async saveFlowDraft({ params, body, caller }): Promise<FlowDraft> {
      const key = params.key ?? "";
      const { definition, revision } = body as { definition: unknown; revision: number };
      if (keyIn(definition) !== key)
        throw new Refused("invalid", { field: "/definition/key", detail: `the key is ${key}` });
      const draft = await changeConfiguration(parts, caller, async (change) => {
        const known = await readDraft(change.query, key);
        if ((known?.revision ?? 0) !== revision) throw new Refused("conflict", { field: "/revision" });
        const author = caller.who === "staff" ? caller.agentId : null;
        const next: StoredDraft = { key, definition, revision: revision + 1, author, updatedAt: change.now };
        await writeDraft(change.query, next);
        const about = { key, differences: known ? flowDiff(known.definition, definition).length : 0 };
        await change.record({ action: known ? "save" : "create", noun: "flow", id: key, about });
        return next;
      });
      return withFindings(parts, draft);
    },

    async diffFlow({ params, body }) {
      const key = params.key ?? "";
      const before = await definitionOf(database.query, key, body.from as "draft" | "live" | number);
      const after = body.definition ?? (await readDraft(database.query, key))?.definition;
      return { differences: flowDiff(before, after ?? null) };
    },

    async publishFlow({ params, body, caller }) {
      const key = params.key ?? "";
      const { revision, ...more } = body as { revision: number } & Pick<Publishing, "message" | "activate" | "canary">;
      const version = await changeConfiguration(parts, caller, async (change) => {
        const draft = await readDraft(change.query, key);
        if (!draft) throw new Refused("not-found");
        if (draft.revision !== revision) throw new Refused("conflict", { field: "/revision" });
        return publish(parts, change, { draft, ...more, by: caller.who === "staff" ? caller.agentId : null });
      });
      await parts.published();
      return version;
    },

    async listFlowVersions({ params }) {
      const key = params.key ?? "";
      const waiting = await waitingByNode(database.query, key);
      const versions = await readVersions(database.query, key);
      return {
        items: versions.map((version) => ({
          version,
          waiting: Object.fromEntries(
            waiting.filter((one) => one.version === version.version).map(({ node, count }) => [node, count]),
          ),
        })),
      };
    },

    readFlowVersion: ({ params }) => known(database.query, params.key ?? "", Number(params.version)),

    retireFlowVersion: ({ params, caller }) =>
      changeConfiguration(parts, caller, async (change) => {
        const { key, version } = await known(change.query, params.key ?? "", Number(params.version));
        await refuseNamed(change.query, key, version);
        await retireVersion(change.query, key, version, change.now);
        await change.record({ action: "save", noun: "flow", id: key, about: { retired: version } });
        return known(change.query, key, version);
      }),

    async deleteFlowVersion({ params, caller }) {
      await changeConfiguration(parts, caller, async (change) => {
        const { key, version } = await known(change.query, params.key ?? "", Number(params.version));
        await refuseNamed(change.query, key, version);
        const waiting = (await waitingByNode(change.query, key)).filter((one) => one.version === version);
        if (waiting.length > 0) {
          const count = waiting.reduce((sum, one) => sum + one.count, 0);
          const who = count === 1 ? "1 run waits" : `${count} runs wait`;
          throw new Refused("conflict", { detail: `${who} on version ${version}` });
        }
        const bound = await boundTo(change.query, key, version);
        if (bound.length > 0) throw new Refused("conflict", { detail: `published with it: ${bound.join(", ")}` });
        await removeVersion(change.query, key, version);
        await change.record({ action: "delete", noun: "flow", id: key, about: { version } });
      });
      return null;
    },

    async setFlowAlias({ params, body, caller }): Promise<FlowAlias | null> {
      const key = params.key ?? "";
      const alias = params.alias === "live" ? ("live" as const) : ("test" as const);
      const { version, canary: wanted } = body as { version: number | null; canary?: Canary };
      if (wanted && (alias !== "live" || version === null))
        throw new Refused("invalid", { field: "/canary", detail: "only beside a version that is live" });
      const set = await changeConfiguration(parts, caller, async (change) => {
        const before = await readLive(change.query, key);
        if (version === null) await removeAlias(change.query, key, alias);
        else {
          const one = await known(change.query, key, version);
          if (one.retiredAt !== null) throw new Refused("conflict", { detail: "this version is retired" });
        }
        const canary =
          wanted && version !== null
            ? await newCanary(change, { key, version, canary: before?.canary ?? null }, wanted)
            : null;
        const named = version === null ? null : { key, alias, version, canary };
        if (named) await writeAlias(change.query, named);
        const about = { alias, version, ...(canary ? { canary } : {}) };
        await change.record({ action: "publish", noun: "flow", id: key, about });
        return named;
      });
      await parts.published();
      return set;
    },
  };
}

type Publishing = {
  draft: StoredDraft;
  message: string;
  activate: boolean;
  canary?: NewCanary;
  by: string | null;
};

/** A version of the draft, with what it calls pinned to what is live now. Errors of the linter refuse it. */
export async function publish(
  parts: Pick<Parts, "objects">,
  change: Change,
  { draft, message, activate, canary, by }: Publishing,
): Promise<FlowVersion> {
  const { query, now } = change;
  const { key, definition } = draft;
  const beside = canary ? await readLive(query, key) : null;
  if (canary && (activate || !beside))
    throw new Refused("invalid", { field: "/canary", detail: "only beside a version that is live" });
  const findings = await findingsOf(parts, query, definition);
  const first = findings.find(({ severity }) => severity === "error");
  if (first && !isPublishable(findings)) {
    const fields = Object.fromEntries(
      findings.filter(({ severity }) => severity === "error").map(({ path, message: why }) => [path, why]),
    );
    throw new Refused("setting-refused", { field: first.path, detail: first.message, reason: first.code, fields });
  }
  const live = await liveDefinitions(query);
  const { lock, missing } = lockOf(definition, (called) => live.get(called));
  const [absent] = missing;
  if (absent) {
    const detail = `${absent.flow} calls ${absent.key}, which is not live`;
    throw new Refused("setting-refused", { field: `/nodes/${absent.node}`, reason: "unknown-flow", detail });
  }
  const [latest] = await readVersions(query, key);
  const version: FlowVersion = {
    key,
    version: (latest?.version ?? 0) + 1,
    hash: createHash("sha256").update(hashInput(definition)).digest("hex"),
    engine: FORMAT,
    definition,
    lock,
    message,
    publishedAt: now,
    publishedBy: by,
    retiredAt: null,
  };
  await insertVersion(query, version);
  if (activate) await writeAlias(query, { key, alias: "live", version: version.version, canary: null });
  const trial = beside && canary ? await newCanary(change, beside, { ...canary, version: version.version }) : null;
  if (beside && trial) await writeAlias(query, { ...beside, canary: trial });
  const about = { version: version.version, hash: version.hash, activated: activate, ...(trial && { canary: trial }) };
  await change.record({ action: "publish", noun: "flow", id: key, about });
  return version;
}

export async function findingsOf(
  parts: Pick<Parts, "objects" | "limits">,
  query: Query,
  definition: unknown,
): Promise<Finding[]> {
  const flows = new Map<string, unknown>();
  for (const [key, { definition: flow }] of await liveDefinitions(query)) flows.set(key, flow);
  const live = new Set(flows.keys());
  for (const { key } of await readSummaries(query)) {
    if (!flows.has(key)) flows.set(key, (await readDraft(query, key))?.definition);
  }
  const objects = await parts.objects(query);
  const connectors = await connectorLimits(query);
  const assets = (await listAssets(query)).map(({ name }) => name);
  const { limits } = parts;
  const names = await namesOfSettings(query);
  return lint(definition, { flows, complete: true, live, objects, connectors, assets, limits, ...names });
}

/** What flows name of the settings, by name or id. */
async function namesOfSettings(query: Query) {
  const namesOf = async (table: "queues" | "skills" | "hours") =>
    (await readAll<Stored<{ name: string }>>(query, table)).flatMap(({ name, id }) => [name, id]);
  // A channel that is being renamed has two names until it is published.
  const drafts = await query.selectFrom("channels").select(["id", "draft"]).execute();
  return {
    queues: await namesOf("queues"),
    skills: await namesOf("skills"),
    hours: await namesOf("hours"),
    channels: [
      ...drafts.flatMap(({ id, draft }) => [(JSON.parse(draft) as { name: string }).name, id]),
      ...(await readLiveChannels(query)).map(({ settings }) => settings.name),
    ],
    agents: (await readAll(query, "agents")).map(({ id }) => id),
  };
}

async function withFindings(parts: Parts, draft: StoredDraft): Promise<FlowDraft> {
  const findings = await findingsOf(parts, parts.database.query, draft.definition);
  return { ...draft, findings, limits: parts.limits ?? {} };
}

async function liveDefinitions(query: Query) {
  const live = new Map<string, { version: number; hash: string; definition: unknown }>();
  for (const { key, alias, version } of await readAliases(query)) {
    const one = alias === "live" ? await readFlowVersion(query, key, version) : null;
    if (one) live.set(key, { version, hash: one.hash, definition: one.definition });
  }
  return live;
}

async function definitionOf(query: Query, key: string, from: "draft" | "live" | number): Promise<unknown> {
  if (from === "draft") return (await readDraft(query, key))?.definition ?? null;
  const number =
    from === "live" ? (await readAliases(query, key)).find(({ alias }) => alias === "live")?.version : from;
  return number === undefined ? null : ((await readFlowVersion(query, key, number))?.definition ?? null);
}

async function known(query: Query, key: string, version: number): Promise<FlowVersion> {
  const found = await readFlowVersion(query, key, version);
  if (!found) throw new Refused("not-found");
  return found;
}

async function refuseNamed(query: Query, key: string, version: number): Promise<void> {
  const names = (await readAliases(query, key)).flatMap(({ alias, version: named, canary }) => [
    ...(named === version ? [alias] : []),
    ...(canary?.version === version ? ["on trial"] : []),
  ]);
  if (names.length > 0) throw new Refused("conflict", { detail: `version ${version} is ${names.join(" and ")}` });
}

function keyIn(definition: unknown): string | null {
  const key = (definition as Partial<Flow> | null)?.key;
  return typeof key === "string" ? key : null;
}
