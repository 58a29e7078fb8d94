import { followChanges } from "./app/changes.ts";
import { createCommands } from "./app/commands.ts";
import { openCore } from "./app/core.ts";
import { openDoor } from "./app/door.ts";
import { openFiles } from "./app/files.ts";
import { expectFirstVisit } from "./app/first-visit.ts";
import { createHandlers } from "./app/handlers.ts";
import { createLive } from "./app/live.ts";
import { createOutbox } from "./app/outbox.ts";
import { createPeople } from "./app/people.ts";
import { createRounds } from "./app/rounds.ts";
import { serveStreams } from "./app/streams.ts";
import { createSweeper } from "./app/sweeper.ts";
import { createWebServer } from "./app/web-server.ts";
import { createAssets } from "./assets/assets.ts";
import { wakeStore } from "./bus/wake-store.ts";
import { originPolicy } from "./channels/origin-policy.ts";
import { type Clock, type Ids, systemClock, systemIds } from "./clock.ts";
import type { Config } from "./config.ts";
import { seedDemo } from "./demo/seed.ts";
import { createFlowService, type FlowService } from "./flows/service.ts";
import type { HttpParts } from "./http/parts.ts";
import { loadSecret } from "./secret.ts";
import { LinksElsewhere } from "./stream/links-elsewhere.ts";

export type App = {
  /** Where browsers find it, without a slash at the end. */
  url: string;
  /** The one-time code of the first set-up, while it is needed. */
  setupCode: string | null;
  close(): Promise<void>;
};

export type AppParts = { config: Config; log: HttpParts["log"]; setupCode: string; clock?: Clock; ids?: Ids };

const DAY_MS = 86_400_000;

/**
 * Connections that the system keeps in line until they are taken, as far as it allows itself (Linux: `somaxconn`). After a
 * restart everybody comes within two seconds; who finds the usual line of 511 full tries again after one second, then three.
 */
const LINE_AT_THE_DOOR = 10_000;

/** Builds everything and listens: the list of the parts in app/, in the order in which they begin and end. */
export async function startApp({
  config,
  log,
  setupCode: code,
  clock = systemClock,
  ids = systemIds(clock),
}: AppParts): Promise<App> {
  let own = config.publicUrl;
  const ownOrigin = () => own;
  const core = await openCore({ config, clock, ids, log });
  const { database, cache, store, configuration } = core;
  const firstVisit = await expectFirstVisit(core, { config, code });
  const files = await openFiles(core, config.data);
  const secret = await loadSecret(config);
  const wakes = database.engine === "postgres" ? wakeStore(database) : null;
  const { door, forms } = openDoor({
    ...{ ...core, secret, files },
    flows: () => flows,
    wakeOthers: () => live.follower.committed(),
    tellOthers: wakes && ((texts) => wakes.say(texts)),
  });
  const { identity, links } = await createPeople({ ...core, config, secret, door, firstVisit, ownOrigin });
  const assets = createAssets(core);
  if (config.demo) await seedDemo(core, identity.preparePassword);
  await cache.reload();

  const linksElsewhere = new LinksElsewhere({ log, say: wakes && ((texts) => wakes.say(texts)) });
  const live = createLive({
    ...{ ...core, door },
    wakes,
    also: {
      committed(committed) {
        forms.committed(committed);
        if (committed.done.some(({ effects }) => effects.length > 0)) runner.kick();
      },
      changedElsewhere: (states) => forms.changedElsewhere(states),
      woken: () => forms.woken(),
      heard: (text) => void (changes.heard(text) || linksElsewhere.heard(text) || forms.heard(text)),
      missed: () => changes.missed(),
    },
  });
  const changes = followChanges({ ...core, ...live, door, identity, wakes });
  await live.follower.start();
  const flows: FlowService = await createFlowService({
    ...{ database, cache, clock, ids, log, secret, configuration, forms, files },
    keepRunsMs: config.keepRuns * DAY_MS,
    limits: config.flowLimits,
    execute: (asked, actor) => door.execute(asked, actor),
    stateOf: (id) => store.state(id),
    reconnectLink: (conversationId, id) => links.inWords(conversationId, id, "flow"),
    tell: (passing) => live.hub.passToStaff(passing),
  });
  const sweeper = createSweeper({
    ...{ ...core, ...live, door, links },
    also: createRounds({ ...core, flows, forms, files, recheckAll: changes.recheckAll }),
  });
  const { runner, sendMail } = createOutbox({ ...core, config, performers: flows.performers });

  let closing = false;
  const command = createCommands({ ...core, door, forms, links });
  const origins = originPolicy(configuration, ownOrigin);
  const http = await createWebServer({
    ...{ ...core, log, config, assets, identity, origins },
    handlers: createHandlers({
      ...{ ...core, ...live, door, command, identity, links, files, assets, flows, forms, sendMail, ownOrigin },
    }),
    closing: () => closing,
  });
  const streams = serveStreams(http, {
    ...{ ...core, ...live, config, command, forms, identity, origins, ownOrigin },
    linksElsewhere,
  });

  const listening = await http.listen({ port: config.port, host: config.host, backlog: LINE_AT_THE_DOOR });
  own ??= browserUrl(listening, config.host);
  sweeper.start();
  runner.start();
  live.dispatcher.touchAll();

  return {
    url: own,
    setupCode: firstVisit.setupCode(),
    async close() {
      closing = true;
      streams.close();
      await http.close();
      await sweeper.stop();
      await runner.stop();
      await flows.stop();
      await forms.idle();
      await live.customers.stop();
      await live.dispatcher.stop();
      await door.idle();
      await live.elsewhere.idle();
      await live.follower.stop();
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
