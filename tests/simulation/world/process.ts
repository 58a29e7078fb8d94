import { PROBLEMS, type ProblemCode } from "@clew/contract/problems";
import type { ReconnectOutcome } from "@clew/contract/reconnect";
import { snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import {
  agentStateStore,
  allOfCustomer,
  type Caller,
  type Clock,
  clientCommands,
  conversationHandlers,
  conversationStore,
  createLive,
  createSweeper,
  type Database,
  Door,
  type Ids,
  type Live,
  Refused,
  reconnectHandlers,
  reconnectLinks,
  StreamConnection,
  type StreamParts,
  type Sweeper,
  staffHandlers,
  type WakeStore,
} from "@clew/server/testing/parts";
import type { Links } from "../checks/links.ts";
import { CONFIGURATION } from "./configuration.ts";
import { type Device, endOf, type People } from "./identity.ts";
import type { Accepted, Listening } from "./network.ts";
import type { Around, Plant } from "./plant.ts";
import { sharedBySeveral } from "./shared.ts";

/** How often a process looks after silent and stalled connections, in milliseconds; see server/src/stream/websocket.ts. */
const WATCH_MS = 10_000;
const SWEEP_MS = 1_000;
/** Signs links. */
const LINK_KEY = new Uint8Array(32);

type Input = {
  database: Database;
  clock: Clock;
  ids: Ids;
  people: People;
  /** The books of links. */
  links: Links;
  wakes: WakeStore | null;
  plant: Plant;
  around: Around;
  /** Something that should never happen was written to the log. */
  fault(error: unknown): void;
  revoked(): void;
};

/**
 * One server process: the parts of the product as app.ts puts them together, without sockets and with virtual time. When it
 * dies it is thrown away; another one on the same database takes its place.
 */
export class Process implements Listening {
  readonly connections = new Set<StreamConnection>();
  #alive = true;
  #taking = true;
  readonly #input: Input;
  readonly #stream: StreamParts;
  readonly #live: Live;
  readonly #sweeper: Sweeper;
  readonly #handlers: Handlers;

  constructor(input: Input) {
    this.#input = input;
    const { clock, ids, plant, around, people } = input;
    const stored = plant.database?.(input.database, around) ?? input.database;
    const database = input.wakes ? sharedBySeveral(stored) : stored;
    const log = {
      error: (context: unknown) => input.fault((context as { err?: unknown }).err ?? context),
      warn: (context: unknown) => input.fault((context as { err?: unknown }).err ?? context),
    };
    const configuration = () => CONFIGURATION;
    const own = conversationStore(database);
    const store = plant.store?.(own, around) ?? own;
    const agentStates = agentStateStore(database);
    const core = { database, store, agentStates, configuration, clock, ids, log };
    const doorConfiguration = plant.doorConfiguration?.(CONFIGURATION) ?? CONFIGURATION;
    const files = { attachmentsOf: async () => [], claim: async () => {} };
    const door = new Door({ database, clock, ids, configuration: () => doorConfiguration, files });
    const live = createLive({ ...core, door, wakes: input.wakes });
    const { hub, places, passing, dispatcher, follower } = live;
    const forgets = (what: NonNullable<Plant["forgets"]>[number]) => plant.forgets?.includes(what) === true;
    plant.hub?.(hub, around);
    if (forgets("publish")) hub.committed = () => {};
    if (forgets("route")) dispatcher.committed = () => {};
    const command = clientCommands({
      door,
      customerOf: async (id) => people.customers.get(id) ?? null,
      checkForm: async () => undefined,
      reconnectLink: async () => "",
    });
    this.#stream = {
      database,
      store,
      configuration,
      clock,
      hub,
      passing,
      log,
      command,
      authenticate: async ({ cookieHeader, token }) =>
        token
          ? { caller: people.byToken(token), until: endOf(token) }
          : { caller: cookieHeader ? people.byCookie(cookieHeader) : { who: "public" }, until: null },
      mayUse: () => true,
      count: () => {},
      // No flow runs in this world, so there is no form that anybody could have open.
      forms: { act: async () => {}, left: () => {} },
      stillValid: async (caller) => people.stillValid(caller),
    };
    this.#sweeper = createSweeper({
      ...{ ...core, ...live, door },
      follower: forgets("poll") ? { poll: () => {} } : follower,
    });
    this.#live = live;
    const all = allOfCustomer({ store, door, ids, revokeLinks: (id) => links.revoke(id) });
    const identity = this.#identityHandlers({
      clear: forgets("reset") ? async () => {} : all.clear,
      conversationsOf: async (customerId, channelId) =>
        (await store.ofCustomer(customerId, channelId)).map((state) => snapshotForCustomer(state.snapshot)),
    });
    const ownLinks = reconnectLinks({
      ...core,
      door,
      key: LINK_KEY,
      ownOrigin: () => "https://chat.example",
      arrive: (customerId, channelId) => identity.answer(people.arrive(customerId, channelId)) as never,
      async claim(guestId, customerId, channelId) {
        const customer = people.customers.get(customerId);
        if (customer) await all.follow({ guestId, channelId, customer });
        people.forgetGuest(guestId);
        input.revoked();
      },
    });
    const links = plant.links?.(ownLinks, database) ?? ownLinks;
    this.#handlers = {
      ...conversationHandlers({ database, store, configuration, clock }),
      ...staffHandlers({ command, store, agentStates, places, configuration, clock }),
      ...identity.handlers,
      ...this.#linkHandlers(
        reconnectHandlers({
          ...{ links, store, configuration, sendMail: null, missed: async () => {} },
          async signedIn(accessToken) {
            const { customerId } = people.byToken(accessToken) as Extract<Caller, { who: "customer" }>;
            return people.customers.get(customerId)?.kind === "verified" ? customerId : null;
          },
        }) as never,
      ),
    };
    void this.#start(forgets("sweep"));
  }

  async #start(noSweeps: boolean): Promise<void> {
    const { timeline, chance } = this.#input.around;
    await this.#live.follower.start();
    const sweep = async (): Promise<void> => {
      while (this.#alive) {
        await this.#sweeper.round().catch(this.#input.fault);
        await timeline.pass(chance.between(SWEEP_MS / 2, SWEEP_MS));
      }
    };
    const watch = async (): Promise<void> => {
      while (this.#alive) {
        await timeline.pass(WATCH_MS);
        if (this.#alive) for (const one of this.connections) one.check(this.#input.clock.now());
      }
    };
    if (!noSweeps) void sweep();
    void watch();
    this.#live.dispatcher.touchAll();
  }

  alive(): boolean {
    return this.#alive;
  }

  /** Everything in memory is lost; nothing more is heard of it. */
  die(): void {
    this.#alive = false;
  }

  /** Told to stop: says goodbye to all and dies a little later. */
  sayGoodbye(): void {
    this.#taking = false;
    for (const connection of [...this.connections]) connection.bye("restarting", 2000);
  }

  accept(socket: { send(text: string): void; close(): void }, cookie: string | undefined): Accepted | null {
    if (!this.#taking) return null;
    const connection = new StreamConnection(
      this.#stream,
      {
        send: (text) => {
          if (this.#alive) socket.send(text);
        },
        close: () => {
          this.connections.delete(connection);
          if (this.#alive) socket.close();
        },
      },
      {
        ...{ id: this.#input.ids.next(), cookie, page: { origin: null, host: null } },
        from: { ip: "192.0.2.1", userAgent: "" },
      },
    );
    this.connections.add(connection);
    return {
      receive: (text) => connection.receive(text),
      gone: () => {
        this.connections.delete(connection);
        connection.gone();
      },
    };
  }

  recheck(): void {
    for (const connection of this.#live.hub.connections) void connection.recheck().catch(this.#input.fault);
  }

  /** A call over HTTP: the handler by its name in the contract, or the problem it refuses with. */
  async call(name: string, asked: Asked): Promise<{ status: number; body: unknown }> {
    try {
      const handler = this.#handlers[name];
      if (!handler) throw new Refused("not-found");
      const body = await handler({ ...asked, caller: this.#caller(asked) } as never);
      return { status: body === null ? 204 : 200, body };
    } catch (error) {
      if (!(error instanceof Refused)) {
        this.#input.fault(error);
        return { status: 500, body: null };
      }
      return { status: PROBLEMS[error.problem.code as ProblemCode].status, body: error.problem };
    }
  }

  #caller({ token, cookie }: Asked): Caller {
    const { people } = this.#input;
    return token ? people.byToken(token) : cookie ? people.byCookie(cookie) : { who: "public" };
  }

  /** What the real ones answer goes into the books. */
  #linkHandlers(real: Record<"createLink" | "openLink", (call: Call) => Promise<never>>) {
    const { links, clock } = this.#input;
    return {
      async createLink(call: Call) {
        const made = await real.createLink(call);
        links.made(made, call.params.id as string);
        return made;
      },
      async openLink(call: Call) {
        const arrival = links.arrives(call.body, clock.now());
        const outcome = (await real.openLink(call)) as ReconnectOutcome;
        links.answered(arrival, outcome);
        if ("link" in outcome) links.made(outcome.link, outcome.conversationId);
        return outcome;
      },
    } as unknown as Handlers;
  }

  #identityHandlers({ conversationsOf, clear }: IdentityWork) {
    const { people, revoked, links } = this.#input;
    const answer = async (device: Device) => ({
      ...people.credentials(device),
      conversations: await conversationsOf(device.customer.id, device.channelId),
    });
    const handlers = {
      boot: async ({ params }: Call) =>
        bootOf(params.id as string, this.#stream.database.epoch, this.#input.clock.now()),
      startGuest: ({ body }: Call) => answer(people.guest(body.channelId)),
      resumeCustomer: ({ body }: Call) => answer(people.resume(body.resumeSecret)),
      verifyCustomer: ({ body }: Call) => answer(people.verified(body.identityToken, body.channelId)),
      async signOutCustomer({ body }: Call) {
        people.signOut(body.resumeSecret, body.everywhere === true);
        revoked();
        return null;
      },
      async clearSession({ body: { resumeSecret, mode } }: Call) {
        const confirmed = links.resetting();
        const work = ({ customer, channelId }: Device) => clear({ customer, channelId, mode });
        const device = await people.clear(resumeSecret, { work, revoked });
        if (!device) return null;
        confirmed(device.customer.id, device.channelId);
        return null;
      },
      me: async ({ caller }: { caller: Caller }) => {
        if (caller.who !== "staff") throw new Refused("unauthenticated");
        const agent = CONFIGURATION.agents.get(caller.agentId);
        return { agent, csrf: "csrf", queues: [], epoch: this.#stream.database.epoch };
      },
      async signOut({ cookie }: Call) {
        people.signOutAgent(cookie ?? "");
        revoked();
        return null;
      },
      setupState: async () => ({ needed: false, demo: false, organisation: "Test" }),
    } as unknown as Handlers;
    return { answer, handlers };
  }
}

export type Asked = {
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: what the client sends, checked by the real edge elsewhere
  body: any;
  token?: string | undefined;
  cookie?: string | undefined;
};
type Call = Asked;
type Handlers = Record<string, (call: never) => Promise<unknown>>;
type IdentityWork = {
  conversationsOf(customerId: string, channelId: string): Promise<unknown[]>;
  clear: ReturnType<typeof allOfCustomer>["clear"];
};

function bootOf(channelId: string, epoch: string, now: number) {
  const channel = CONFIGURATION.channels.get(channelId);
  if (!channel) throw new Refused("not-found");
  const { deployment, settings } = channel;
  const { verification: _, optOut: __, inactivity: ___, ...shown } = settings;
  return { ...shown, channelId, deployment, verification: false, open: true, opensAt: null, epoch, now };
}
