import type { Channel, ChannelSettings, Deployment } from "@clew/contract/channels";
import { type ProblemCode, type ProblemExtra, problem } from "@clew/contract/problems";
import type { AdminCall } from "../api/admin-api.tsx";
import { compareSettings } from "../channels/compare-settings.ts";
import { id, type Store } from "./fixtures.ts";

type Item = { id: string; revision: number };
type Body = Record<string, unknown>;

class Refusal extends Error {
  readonly code: ProblemCode;
  readonly extra: ProblemExtra;
  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

const LISTS = {
  Queue: "queues",
  Skill: "skills",
  Hours: "hours",
  QuickReply: "quickReplies",
  Agent: "agents",
} as const;

/** The endpoints of the configuration over plain memory, as strict as the real ones where the screens depend on it. */
export function fakeServer(store: Store): {
  call: AdminCall;
  store: Store;
  calls: string[];
  refuseNext: ProblemCode | null;
} {
  let made = 900;
  const newId = () => {
    made += 1;
    return id(9, made);
  };

  function find<One extends { id: string }>(items: One[], wanted: string | undefined): One {
    const found = items.find((item) => item.id === wanted);
    if (found === undefined) throw new Refusal("not-found");
    return found;
  }
  function current(item: Item, revision: unknown): void {
    if (item.revision !== revision)
      throw new Refusal("conflict", { detail: `The store holds revision ${item.revision}` });
  }
  function checked(settings: ChannelSettings): ChannelSettings {
    if (settings.verification.on && settings.kind === "session-based") {
      throw new Refusal("setting-refused", { field: "/verification/on", reason: "verified-session-based" });
    }
    return settings;
  }
  function publish(channel: Channel, settings: ChannelSettings, note: string, restoredFrom: number | null): Deployment {
    const numbers = store.deployments
      .filter((deployment) => deployment.channelId === channel.id)
      .map(({ number }) => number);
    const number = Math.max(0, ...numbers) + 1;
    const deployment = {
      channelId: channel.id,
      number,
      settings,
      publishedAt: Date.now(),
      publishedBy: id(1, 1),
      note,
      restoredFrom,
    };
    store.deployments.unshift(deployment);
    channel.live = number;
    return deployment;
  }

  const channels: Record<string, (params: Record<string, string>, body: Body) => unknown> = {
    listChannels: () => ({ items: store.channels }),
    createChannel: (_, body) => {
      const channel = { id: newId(), draft: checked(body as unknown as ChannelSettings), revision: 1, live: null };
      store.channels.push(channel);
      return channel;
    },
    saveChannel: (params, body) => {
      const channel = find(store.channels, params.id);
      current(channel, body.revision);
      return Object.assign(channel, {
        draft: checked(body.settings as ChannelSettings),
        revision: channel.revision + 1,
      });
    },
    deleteChannel: (params) => {
      store.channels.splice(store.channels.indexOf(find(store.channels, params.id)), 1);
      return null;
    },
    compareChannel: (params) => {
      const channel = find(store.channels, params.id);
      const live = store.deployments.find((one) => one.channelId === channel.id && one.number === channel.live);
      return { items: compareSettings(live?.settings ?? {}, channel.draft) };
    },
    publishChannel: (params, body) => {
      const channel = find(store.channels, params.id);
      current(channel, body.revision);
      return publish(channel, channel.draft, String(body.note), null);
    },
    listDeployments: (params) => ({
      items: store.deployments
        .filter(({ channelId }) => channelId === params.id)
        .sort((one, other) => other.number - one.number),
    }),
    restoreDeployment: (params) => {
      const channel = find(store.channels, params.id);
      const from = store.deployments.find(
        (one) => one.channelId === channel.id && String(one.number) === params.number,
      );
      if (from === undefined) throw new Refusal("not-found");
      return publish(channel, from.settings, "", from.number);
    },
  };

  const others: typeof channels = {
    resetPassword: (params) => find(store.agents, params.id) && null,
    readOrganisation: () => store.organisation,
    saveOrganisation: (_, body) => Object.assign(store.organisation, body),
    listApiKeys: () => ({ items: store.apiKeys }),
    createApiKey: (_, body) => {
      const key = {
        id: newId(),
        name: String(body.name),
        scopes: body.scopes as never,
        createdAt: Date.now(),
        lastUsedAt: null,
      };
      store.apiKeys.push(key);
      return { key, secret: "clew_0123456789abcdef0123456789abcdef0123456789abcdef" };
    },
    revokeApiKey: (params) => store.apiKeys.splice(store.apiKeys.indexOf(find(store.apiKeys, params.id)), 1) && null,
  };

  function flat(name: string, params: Record<string, string>, body: Body): unknown {
    const [, verb = "", noun = ""] = /^(create|save|delete)(.+)$/.exec(name) ?? [];
    const items = store[LISTS[noun as keyof typeof LISTS]] as Item[];
    if (verb === "create") {
      const { password: _password, ...settings } = body;
      const same = items.find((item) => (item as Body).name === settings.name && settings.name !== undefined);
      if (same) throw new Refusal("already-exists", { field: "/name" });
      const item = { id: newId(), ...settings, revision: 1 };
      items.push(item);
      return item;
    }
    const item = find(items, params.id);
    if (verb === "delete") {
      const user = noun === "Queue" && store.channels.find(({ draft }) => draft.queueId === item.id);
      if (user) throw new Refusal("conflict", { detail: `Still used by channel "${user.draft.name}".` });
      items.splice(items.indexOf(item), 1);
      return null;
    }
    current(item, body.revision);
    return Object.assign(item, body.settings, { revision: item.revision + 1 });
  }

  const server = {
    store,
    calls: [] as string[],
    refuseNext: null as ProblemCode | null,
    call: (async (name, { params = {}, query = {}, body = {} } = {}) => {
      server.calls.push(name);
      await Promise.resolve();
      try {
        if (server.refuseNext !== null) {
          const code = server.refuseNext;
          server.refuseNext = null;
          throw new Refusal(code);
        }
        return { ok: true, value: structuredClone(answer(name, params, query, body as Body)) };
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        return { ok: false, problem: problem(thrown.code, thrown.extra) };
      }
    }) satisfies AdminCall as AdminCall,
  };

  function answer(name: string, params: Record<string, string>, query: Record<string, string>, body: Body): unknown {
    const known = channels[name] ?? others[name];
    if (known !== undefined) return known(params, body);
    if (name === "listAudit")
      return {
        items: store.audit.filter(({ at }) => query.before === undefined || at < Number(query.before)).slice(0, 20),
      };
    const list = Object.entries({
      listQueues: "queues",
      listSkills: "skills",
      listHours: "hours",
      listQuickReplies: "quickReplies",
      listAgents: "agents",
    }).find(([key]) => key === name);
    return list === undefined ? flat(name, params, body) : { items: store[list[1] as "queues"] };
  }
  return server;
}
