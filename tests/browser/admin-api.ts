import type { Agent, AgentSettings } from "@clew/contract/agents";
import type { Channel, ChannelSettings } from "@clew/contract/channels";
import type { ConversationEvent } from "@clew/contract/events";
import type { InboxItem } from "@clew/contract/inbox";
import type { Queue, QueueSettings } from "@clew/contract/routing";
import { newId, signIn } from "@clew/server/testing/test-app";

/** What an admin's program would do over HTTP, for what a story takes as given. */
export class AdminApi {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  private constructor(url: string, headers: Record<string, string>) {
    this.#url = url;
    this.#headers = headers;
  }

  static with(url: string, headers: Record<string, string>): AdminApi {
    return new AdminApi(url, headers);
  }

  static async signIn(url: string, name = "admin"): Promise<AdminApi> {
    return new AdminApi(url, (await signIn(url, name)).headers);
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }

  command(command: Record<string, unknown> & { type: string }): Promise<unknown> {
    return this.call("POST", "/staff/commands", { id: newId(), ...command });
  }

  async channel(id: string): Promise<Channel> {
    const { items } = await this.call<{ items: Channel[] }>("GET", "/channels");
    return items.find((each) => each.id === id) as Channel;
  }

  /** Changes a channel's draft and publishes it. */
  async publish(id: string, change: (draft: ChannelSettings) => ChannelSettings): Promise<void> {
    const channel = await this.channel(id);
    const settings = change(channel.draft);
    const { revision } = await this.call<Channel>("PUT", `/channels/${id}`, { settings, revision: channel.revision });
    await this.call("POST", `/channels/${id}/deployments`, { revision, note: "" });
  }

  async changeQueue(id: string, change: Partial<QueueSettings>): Promise<void> {
    const { items } = await this.call<{ items: Queue[] }>("GET", "/queues");
    const { id: _, revision, ...settings } = items.find((each) => each.id === id) as Queue;
    await this.call("PUT", `/queues/${id}`, { settings: { ...settings, ...change }, revision });
  }

  async agent(id: string): Promise<Agent> {
    const { items } = await this.call<{ items: Agent[] }>("GET", "/agents");
    return items.find((each) => each.id === id) as Agent;
  }

  async changeAgent(id: string, change: Partial<AgentSettings>): Promise<void> {
    const { id: _, revision, ...settings } = await this.agent(id);
    await this.call("PUT", `/agents/${id}`, { settings: { ...settings, ...change }, revision });
  }

  async conversations(): Promise<InboxItem[]> {
    return (await this.call<{ items: InboxItem[] }>("GET", "/staff/conversations")).items;
  }

  /** All events after that number. */
  async events(conversationId: string, after = 0): Promise<ConversationEvent[]> {
    const { events } = await this.call<{ events: ConversationEvent[] }>(
      "GET",
      `/conversations/${conversationId}/events?after=${after}&limit=200`,
    );
    const last = events.at(-1);
    return events.length < 200 || !last ? events : [...events, ...(await this.events(conversationId, last.number))];
  }
}
