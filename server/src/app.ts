import { join } from "node:path";
import type { Actor } from "@clew/domain/actor";
import { snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import { glanceOf } from "@clew/domain/conversations/glance";
import { findAgent } from "./agents/agents.ts";
import { createAssets } from "./assets/assets.ts";
import { createAttachments } from "./attachments/attachments.ts";
import { Follower } from "./bus/follower.ts";
import { wakeStore } from "./bus/wake-store.ts";
import { originPolicy } from "./channels/origin-policy.ts";
import { type Clock, type Ids, systemClock, systemIds } from "./clock.ts";
import { clientCommands } from "./commands/client-commands.ts";
import { Door } from "./commands/execute.ts";
import type { Config } from "./config.ts";
import { openConfigurationCache } from "./configuration/cache.ts";
import { configurationHandlers } from "./configuration/handlers.ts";
import { conversationHandlers } from "./conversations/routes.ts";
import { conversationStore } from "./conversations/store.ts";
import { connect } from "./database/connect.ts";
import { deadlineStore } from "./deadlines/store.ts";
import { Sweeper } from "./deadlines/sweeper.ts";
import { seedDemo } from "./demo/seed.ts";
import { erasureHandlers } from "./erasure/erasure.ts";
import { flowsKey } from "./flows/sealing-key.ts";
import { createFlowService, type FlowService } from "./flows/service.ts";
import { createForms, type ServedForms } from "./forms/forms.ts";
import { countCall } from "./http/count-call.ts";
import { createHttp } from "./http/http.ts";
import type { HttpParts } from "./http/parts.ts";
import { createRateLimits } from "./http/rate-limits.ts";
import { publicCustomer } from "./identity/customers.ts";
import { readCustomer } from "./identity/customers-store.ts";
import { createIdentity } from "./identity/identity.ts";
import { keyFor } from "./identity/secrets.ts";
import { mailPerformer, type SendMail } from "./mail/mail.ts";
import { setUpOrganisation } from "./organisation/set-up.ts";
import { readOrganisation } from "./organisation/store.ts";
import { type Performer, Runner } from "./outbox/runner.ts";
import { outboxStore } from "./outbox/store.ts";
import { agentPresences } from "./presence/announce.ts";
import { CustomerPresence } from "./presence/customers.ts";
import { customerConnectionStore } from "./presence/customers-store.ts";
import { heartbeats } from "./presence/heartbeats.ts";
import { agentStateStore } from "./presence/store.ts";
import { reconnectLinks } from "./reconnect/links.ts";
import { reconnectHandlers } from "./reconnect/routes.ts";
import { createReports } from "./reports/reports.ts";
import { Dispatcher } from "./routing/dispatcher.ts";
import { queuePlaces } from "./routing/queue-places.ts";
import { loadSecret } from "./secret.ts";
import { staffHandlers } from "./staff/routes.ts";
import { maySee } from "./stream/access.ts";
import { Hub } from "./stream/hub.ts";
import { isSameAddress } from "./stream/page-of.ts";
import type { StreamParts } from "./stream/parts.ts";
import { PassingMessages } from "./stream/passing.ts";
import { serveServerSentEvents } from "./stream/server-sent-events.ts";
import { serveWebSocket } from "./stream/websocket.ts";

/** Files that no message ever named are looked for this often, in milliseconds. */
const TIDY_EVERY_MS = 3_600_000;
const SYSTEM: Actor = { who: "system" };
const SCREENS = join(import.meta.dirname, "../..");

export type App = {
  /** Where browsers find it, without a slash at the end. */
  url: string;
  /** The one-time code of the first set-up, while it is needed. */
  setupCode: string | null;
  close(): Promise<void>;
};

export type AppParts = { config: Config; log: HttpParts["log"]; setupCode: string; clock?: Clock; ids?: Ids };

/** Builds everything and listens. The only place that constructs. */
export async function startApp({
  config,
  log,
  setupCode,
  clock = systemClock,
  ids = systemIds(clock),
}: AppParts): Promise<App> {
  const database = await connect(config.databaseUrl ? { url: config.databaseUrl } : { folder: config.data });
  const cache = await openConfigurationCache(database);
  const configuration = () => cache.current();
  const store = conversationStore(database);
  const agentStates = agentStateStore(database);
  let own = config.publicUrl;
  let setupNeeded = (await readOrganisation(database.query)) === null && !config.demo;

  const attachments = await createAttachments({
    database,
    clock,
    ids,
    folder: join(config.data, "attachments"),
    mayReadConversation: async (caller, id) => maySee(caller, await store.state(id), configuration()),
    async mayUpload(caller, id) {
      const state = await store.state(id);
      if (!maySee(caller, state, configuration())) return false;
      return caller.who !== "customer" || configuration().channels.get(caller.channelId)?.settings.attachments === true;
    },
  });
  const secret = await loadSecret(config);
  const forms: ServedForms = createForms({
    ...{ database, clock, ids, log, configuration, files: attachments, key: flowsKey(secret) },
    ...{ library: () => flows.library, http: () => flows.http },
    execute: (asked, actor) => door.execute(asked, actor),
    stateOf: (id) => store.state(id),
    wakeOthers: () => follower.committed(),
  });
  const door = new Door({ database, clock, ids, configuration, files: attachments, forms: forms.submitting });

  const identity = await createIdentity({
    database,
    clock,
    ids,
    secret,
    demo: config.demo,
    configuration,
    listConversations: async (customerId, channelId) =>
      (await store.ofCustomer(customerId, channelId)).map((state) => ({
        ...snapshotForCustomer(state.snapshot),
        glance: glanceOf(state, configuration().channels.get(channelId)?.settings.preChat),
      })),
    async onVerified({ guestId, channelId, customer }) {
      for (const state of await store.ofCustomer(guestId, channelId, 100)) {
        await door.execute(
          { type: "customer.verify", id: ids.next(), conversationId: state.snapshot.id, customer },
          SYSTEM,
        );
      }
    },
    async clearConversations({ customer, channelId, mode }) {
      const actor: Actor = { who: "customer", id: customer.id, name: customer.name };
      for (const { snapshot } of await store.ofCustomer(customer.id, channelId, 100)) {
        if (snapshot.status === "open")
          await door.execute({ type: "session.clear", id: ids.next(), conversationId: snapshot.id, mode }, actor);
        await links.revoke(snapshot.id);
      }
    },
    setupCode: () => (setupNeeded ? setupCode : null),
    async setUp(input) {
      const agent = await setUpOrganisation(context, input);
      setupNeeded = false;
      return agent;
    },
  });
  const context = { database, cache, clock, ids };
  const assets = createAssets(context);
  const { missed, handlers: reports } = createReports({ database, clock, configuration });
  const links = reconnectLinks({
    database,
    store,
    door,
    clock,
    ids,
    configuration,
    key: keyFor(secret, "reconnect links"),
    ownOrigin: () => own ?? "",
    arrive: (customerId, channelId) => identity.arrive(customerId, channelId),
    claim: (guestId, customerId, channelId) => identity.claim(guestId, customerId, channelId),
  });
  if (config.demo) await seedDemo(context, identity.preparePassword);
  await cache.reload();

  const hub = new Hub();
  const places = queuePlaces({ store, agentStates, configuration, clock, hub });
  const beats = heartbeats({ door, hub, clock, ids, log });
  const presences = agentPresences({ hub, configuration, clock, log });
  const customers = new CustomerPresence({
    store: customerConnectionStore(database),
    door,
    clock,
    ids,
    log,
    hasCustomer: (conversationId) => passing.hasCustomer(conversationId),
  });
  const passing: PassingMessages = new PassingMessages({
    hub,
    configuration,
    staffArrived: (connection) =>
      void presences
        .welcome(connection, () => agentStates.all())
        .catch((error: unknown) => log.warn({ err: error }, "presences could not be told")),
    agentConnected: (agentId, connected) => void (connected ? beats.connected(agentId) : beats.disconnected(agentId)),
    customerConnected: (state, how) => customers.connected(state, how),
    customerDisconnected: (conversationId) => customers.disconnected(conversationId),
    queuePlace: (state) =>
      void places.tellOne(state).catch((error: unknown) => log.warn({ err: error }, "a place could not be told")),
  });
  const dispatcher = new Dispatcher({ door, store, agentStates, configuration, clock, ids, log, moved: places.tell });
  const follower = new Follower({
    wakes: database.engine === "postgres" ? wakeStore(database) : null,
    store,
    hub,
    log,
    changedElsewhere(states) {
      dispatcher.touchAll();
      forms.changedElsewhere(states);
    },
    woken: () => forms.woken(),
  });
  await follower.start();
  door.onCommitted((committed) => {
    hub.committed(committed);
    presences.committed(committed);
    dispatcher.committed(committed);
    follower.committed();
    forms.committed(committed);
    if (committed.done.some(({ effects }) => effects.length > 0)) runner.kick();
  });

  const flows: FlowService = await createFlowService({
    ...context,
    ...{ log, secret, configuration, forms, keepRunsMs: config.keepRuns * 24 * 3_600_000 },
    execute: (asked, actor) => door.execute(asked, actor),
    stateOf: (id) => store.state(id),
    tell: (passing) => hub.passToStaff(passing),
    files: attachments,
  });

  const command = clientCommands({
    door,
    async customerOf(customerId) {
      const customer = await readCustomer(database.query, customerId);
      return customer ? publicCustomer(customer) : null;
    },
    checkForm: (asked, actor) => forms.checkElsewhere(asked, actor),
    async reconnectLink(conversationId, id, createdBy) {
      const state = await store.state(conversationId);
      return state ? (await links.create(state, createdBy, id)).url : "";
    },
  });
  const limits = createRateLimits({ clock, factor: config.rateLimit });
  const origins = originPolicy(configuration, () => own);
  const streamParts: StreamParts = {
    database,
    store,
    configuration,
    clock,
    hub,
    passing,
    log,
    command,
    forms: forms.live,
    authenticate: (shown) => identity.authenticateStream(shown),
    // Without a public address the server is whatever the browser calls it, as for HTTP.
    mayUse: (caller, page) =>
      page.origin === null ||
      (caller.who === "customer"
        ? origins.allowed(caller.channelId, page.origin)
        : page.origin === own || (config.publicUrl === null && isSameAddress(page))),
    stillValid: (caller) => identity.stillValid(caller),
    count: (caller) => countCall(limits, caller),
  };

  let tidiedAt = clock.now();
  const sweeper = new Sweeper({
    store: deadlineStore(database),
    door,
    clock,
    ids,
    log,
    async agentAbsent(agentId) {
      for (const conversationId of await store.heldBy(agentId)) {
        await door.execute({ type: "agent.absent", id: ids.next(), conversationId, agentId }, SYSTEM);
      }
    },
    async also(now) {
      await beats.beat(now);
      await customers.beat(now);
      follower.poll();
      await flows.sweep(now);
      await forms.sweep(now);
      if (now - tidiedAt > TIDY_EVERY_MS) {
        tidiedAt = now;
        await attachments.removeUnclaimed();
      }
      if (database.engine === "postgres" && (await cache.reloadIfChanged())) await recheckAll();
    },
  });
  const outbox = outboxStore(database);
  const performers: Record<string, Performer> = {
    ...flows.performers,
    ...(config.smtpUrl ? { mail: mailPerformer(config.smtpUrl, config.mailFrom) } : {}),
  };
  const runner = new Runner({ store: outbox, performers, clock, log });
  const sendMail: SendMail | null = config.smtpUrl
    ? (mail) => outbox.add({ id: ids.next(), kind: "mail", payload: mail, dueAt: clock.now() })
    : null;

  let closing = false;
  const http = await createHttp({
    config: {
      publicUrl: config.publicUrl,
      trustProxy: config.trustProxy,
      rateLimit: config.rateLimit,
      consoleFolder: join(SCREENS, "console/dist"),
      widgetFolder: join(SCREENS, "widget/dist"),
    },
    handlers: {
      ...identity.handlers,
      ...assets.handlers,
      ...attachments.handlers,
      ...configurationHandlers({ ...context, preparePassword: identity.preparePassword, ownOrigin: () => own }),
      ...erasureHandlers({
        ...{ database, clock, ids, door },
        removeFiles: attachments.removeOf,
        forgetDevice: identity.forgetDevice,
        passToStaff: (passing) => hub.passToStaff(passing),
      }),
      ...reconnectHandlers({ links, store, configuration, signedIn: identity.signedIn, sendMail, missed }),
      ...reports,
      ...conversationHandlers({ database, store, configuration, clock }),
      ...flows.handlers,
      ...forms.handlers,
      ...staffHandlers({ command, store, agentStates, places, configuration, clock }),
    },
    asset: (name) => assets.open(name),
    authenticate: identity.authenticate,
    origins,
    clock,
    // What the terminal says at the start is for people; the web server's own word of it would stand in between.
    log: config.log === "info" ? log.child({}, { level: "warn" }) : log,
    ready: () =>
      store.lastChange().then(
        () => !closing,
        () => false,
      ),
    demo: config.demo
      ? {
          channels: () =>
            [...configuration().channels.values()].map(({ id, settings }) => ({ id, name: settings.name })),
        }
      : null,
  });
  const webSocket = serveWebSocket(http.server, { ...streamParts, ids });
  const serverSentEvents = serveServerSentEvents(http, {
    ...streamParts,
    ids,
    readable: (origin) => origin === own || origins.known(origin),
  });

  const recheckAll = async () => {
    await Promise.all([...hub.connections].map((connection) => connection.recheck()));
    dispatcher.touchAll();
  };
  identity.onRevoked(() => void recheckAll());
  cache.onChange((change) => {
    if (change.deployment) hub.passToChannel(change.deployment.channelId, { type: "deployment", ...change.deployment });
    hub.passToStaff({ type: "configuration", noun: change.noun });
    if (change.noun === "agent") void agentChanged(change.id);
    void recheckAll();
  });

  /** A deactivated agent holds nothing and is nobody. */
  async function agentChanged(agentId: string): Promise<void> {
    const agent = await findAgent(database.query, agentId);
    if (!agent || agent.active) return;
    await identity.signOutAgent(agentId);
    await door.execute({ type: "presence.drop", id: ids.next(), agentId }, SYSTEM);
    for (const conversationId of await store.heldBy(agentId))
      await door.execute({ type: "agent.left", id: ids.next(), conversationId, agentId }, SYSTEM);
  }

  const listening = await http.listen({ port: config.port, host: config.host });
  own ??= browserUrl(listening, config.host);
  sweeper.start();
  runner.start();
  dispatcher.touchAll();

  return {
    url: own,
    setupCode: setupNeeded ? setupCode : null,
    async close() {
      closing = true;
      webSocket.close();
      serverSentEvents.close();
      await http.close();
      await sweeper.stop();
      await runner.stop();
      await flows.stop();
      await forms.idle();
      await customers.stop();
      await dispatcher.stop();
      await door.idle();
      await follower.stop();
      await database.close();
    },
  };
}

/** The address to tell people: what listens on every interface is reached as localhost. */
function browserUrl(listening: string, host: string): string {
  const { port } = new URL(listening);
  const name = host === "0.0.0.0" || host === "::" || host === "localhost" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
