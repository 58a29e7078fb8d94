import type { Flow } from "@clew/contract/flows/definition";
import type { RunPage, RunSummary } from "@clew/contract/flows/runs";
import type { FlowVersion } from "@clew/contract/flows/versions";
import { systemIds } from "../clock.ts";
import { openConfigurationCache } from "../configuration/cache.ts";
import type { ConfigurationContext } from "../configuration/change.ts";
import { configurationHandlers } from "../configuration/handlers.ts";
import { connect, type Place } from "../database/connect.ts";
import { createFlows, type FlowParts } from "../flows/flows.ts";
import type { Call, Handlers } from "../http/handlers.ts";
import { createRecords } from "../records/records.ts";
import { ADMIN, type CallInput, type EngineName, makePlace } from "./configuration.ts";

const log = {
  error: (...said: unknown[]) => console.error(...said),
  warn: () => undefined,
  info: () => undefined,
} as never;
const KEY = new Uint8Array(32).fill(7);

type Heard = Parameters<Awaited<ReturnType<typeof createFlows>>["flows"]["hear"]>[0];

type Options = {
  /** Who answers calls of other systems. */
  http?: FlowParts["http"];
  /** The door of conversations, as runs meet it. */
  execute?: FlowParts["execute"];
  stateOf?: FlowParts["stateOf"];
  key?: Uint8Array;
  limits?: FlowParts["limits"];
};

/** Runs, records and versions on a real store with a clock that tests move; no conversations. */
export async function openFlows(engine: EngineName, options: Options = {}) {
  const { place, remove } = await makePlace(engine);
  const time = { now: Date.parse("2026-10-23T10:00:00Z") };
  const first = await flowsOn(place, time, options);
  return {
    ...first,
    place,
    /** Another server process on the same store. */
    another: () => flowsOn(place, time, options),
    async close() {
      await first.stop();
      await remove();
    },
  };
}

export async function flowsOn(
  place: Place,
  time: { now: number },
  { http, execute, stateOf, key = KEY, limits }: Options = {},
) {
  const database = await connect(place);
  const clock = { now: () => time.now };
  const ids = systemIds(clock);
  const cache = await openConfigurationCache(database);
  const context: ConfigurationContext = { database, clock, ids, cache };
  const records = await createRecords({ ...context, log, key } as never);
  const flows = await createFlows({
    ...context,
    log,
    key,
    records,
    execute: execute ?? (async () => ({ number: 0 })),
    stateOf: stateOf ?? (async () => null),
    reconnectLink: async () => "",
    tell: () => undefined,
    files: { sentIn: async () => [], keep: async () => {} },
    forms: null,
    http: http ?? {},
    ...(limits ? { limits } : {}),
  });

  // Who answers calls is a connector called bank, of whose limits nothing matters here.
  if (http) {
    const settings = { baseUrl: "https://bank.example", methods: ["GET", "POST"], hosts: [] };
    const row = { name: "bank", settings: JSON.stringify(settings), secrets: "", revision: 1, updated_at: time.now };
    await database.query
      .insertInto("connectors")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const handlers: Handlers = {
    ...configurationHandlers({
      ...context,
      preparePassword: async () => async () => {},
      ownOrigin: () => "http://clew.example",
    }),
    ...flows.handlers,
  };

  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their endpoint
  async function call(name: string, input: CallInput = {}): Promise<any> {
    const handler = handlers[name];
    if (!handler) throw new Error(`no handler ${name}`);
    return handler({ caller: ADMIN, params: {}, query: {}, body: undefined, ip: "127.0.0.1", ...input } as Call);
  }

  async function saveDraft(flow: Flow): Promise<number> {
    const params = { key: flow.key };
    const known = await call("readFlowDraft", { params }).catch(() => null);
    const body = { definition: flow, revision: known?.revision ?? 0 };
    return (await call("saveFlowDraft", { params, body })).revision;
  }

  /** A start as it is asked for, of the live version. */
  const begin = (id: string, key: string, more: object = {}) =>
    flows.flows.start({
      ...{ id, key, version: flows.library.versionFor(key, id, time.now) ?? 0, alias: "live", inputs: {} },
      ...{ conversationId: null, sessionId: null, recordId: null, starterId: null },
      ...{ locale: "en", zone: "Europe/Vienna", ...more },
    });
  /** Something that happened outside of conversations, just now. */
  const hear = (event: Pick<Heard, "id" | "type" | "key"> & Partial<Heard>) =>
    flows.flows.hear({
      ...{ data: {}, at: time.now, inputs: {} },
      ...{ conversationId: null, sessionId: null, channel: null },
      ...event,
    });

  return {
    ...flows,
    database,
    time,
    ids,
    call,
    saveDraft,
    /** Saves the draft, publishes it and makes it live; the number of the version. */
    async publish(flow: Flow, activate = true): Promise<number> {
      const revision = await saveDraft(flow);
      const body = { revision, message: "for the test", activate };
      return ((await call("publishFlow", { params: { key: flow.key }, body })) as FlowVersion).version;
    },
    begin,
    hear,
    /** A run that has gone as far as it gets by itself. */
    async start(key: string, inputs: Record<string, unknown> = {}, more: object = {}): Promise<string> {
      const id = ids.next();
      await begin(id, key, { inputs, ...more });
      await flows.idle();
      return id;
    },
    /** Whether anybody waited for it; all that it led to is done. */
    async emit(id: string, type: string, key: string, data: object = {}): Promise<boolean> {
      const { taken } = await hear({ id, type, key, data: data as Heard["data"] });
      await flows.idle();
      return taken;
    },
    run: (id: string): Promise<RunPage> => call("readRun", { params: { id } }),
    runs: async (query: object): Promise<RunSummary[]> => (await call("listRuns", { query: query as never })).items,
    /** Nodes left, in order. */
    async path(id: string): Promise<string[]> {
      const { trace } = (await call("readRun", { params: { id } })) as RunPage;
      return trace.filter(({ outcome }) => outcome !== null).map(({ node }) => node);
    },
    async sweep(): Promise<void> {
      await flows.sweep(time.now);
      await flows.idle();
    },
    async stop() {
      await flows.stop();
      await database.close();
    },
  };
}
export type OpenFlows = Awaited<ReturnType<typeof flowsOn>>;
