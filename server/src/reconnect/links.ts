import { createHash, createHmac } from "node:crypto";
import { EXPIRED_HISTORY_MS, LINK_PLACE } from "@clew/contract/limits";
import type { LeftBehind, ReconnectLink, ReconnectOutcome } from "@clew/contract/reconnect";
import type { ReconnectTerms } from "@clew/contract/sessions";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { textIn } from "@clew/domain/languages/fall-back";
import type { Clock, Ids } from "../clock.ts";
import type { Door } from "../commands/execute.ts";
import type { ConversationStore } from "../conversations/store.ts";
import type { Database } from "../database/database.ts";
import { eventsAfter } from "../event-log/read.ts";
import { Refused } from "../problems/refused.ts";
import { readLeftBehind } from "./left-behind.ts";
import { findLink, insertLink, type Link, revokeLinksOf, useLink } from "./links-store.ts";

type Identity = Extract<ReconnectOutcome, { outcome: "resumed" }>["identity"];

type Parts = {
  database: Database;
  store: ConversationStore;
  door: Door;
  clock: Clock;
  ids: Ids;
  configuration: () => Configuration;
  /** Key for the signatures. */
  key: Uint8Array;
  ownOrigin: () => string;
  /** A new device of the customer, for whoever showed a good link. */
  arrive(customerId: string, channelId: string): Promise<Identity>;
  /** A guest, shown by a good link to be the verified customer who holds it, becomes them. */
  claim(guestId: string, customerId: string, channelId: string): Promise<void>;
};
type Opening = {
  channelId: string;
  token: string;
  /** The verified customer who is signed in where the link was opened. */
  signedIn: string | null;
  /** The device's own id of this try. */
  opening?: string | undefined;
};

const REFUSED: ReconnectOutcome = { outcome: "refused", because: "link-invalid" };
/** Links of channels that say nothing about coming back live for a day, in milliseconds. */
export const DEFAULT_LINK_LIFE_MS = 86_400_000;
/** So long after a link was used up the same device may ask what came of it, in milliseconds. */
const REPEAT_MS = 3_600_000;

/**
 * Links with which a customer comes back. The token is the link's id and a signature over id, conversation and purpose;
 * the store keeps its hash. Opening the page uses nothing up (mail scanners do that), pressing *continue* does: the link
 * is spent and a new one is given. Forged, foreign, revoked and spent ones all get the same neutral answer, and so does
 * the link of one verified customer where another is signed in. A guest's link is its holder's, whoever is signed in.
 */
export function reconnectLinks(parts: Parts) {
  const { database, store, door, clock, ids, configuration, key, ownOrigin, arrive, claim } = parts;
  const sign = (id: string, conversationId: string) => {
    const signature = createHmac("sha256", key).update(`reconnect/${id}/${conversationId}`).digest("base64url");
    return `${id.replaceAll("-", "")}${signature}`;
  };
  /** Of the token alone: behind a dot stands for whom in the page it is. */
  const hashOf = (shown: string) => createHash("sha256").update(shown.replace(/\..*/s, "")).digest("base64url");
  const termsOf = (channelId: string): ReconnectTerms | undefined =>
    configuration().channels.get(channelId)?.settings.reconnect;

  /** `id` makes a repeated request make the same link. */
  async function create(state: ConversationState, createdBy: string, id = ids.next()): Promise<ReconnectLink> {
    const { id: conversationId, channelId, customer, status, staff } = state.snapshot;
    if (status === "closed") throw new Refused("conversation-closed");
    const terms = termsOf(channelId);
    const now = clock.now();
    const token = sign(id, conversationId);
    const ofQueue = staff?.queueId ? configuration().queues.get(staff.queueId)?.reconnect : undefined;
    const expiresAt = now + (terms ? (ofQueue?.linkLife ?? terms.linkLife) : DEFAULT_LINK_LIFE_MS);
    await insertLink(database.query, {
      id,
      token_hash: hashOf(token),
      conversation_id: conversationId,
      customer_id: customer.id,
      channel_id: channelId,
      created_by: createdBy,
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
      used_by: null,
      revoked_at: null,
    });
    return { url: addressOf(channelId, token, terms), expiresAt };
  }

  /**
   * The token goes behind the `#`, which browsers keep to themselves: no server log and no referrer holds it. A portal may
   * hold the widgets of several channels, so there the channel stands behind it.
   */
  function addressOf(channelId: string, token: string, terms: ReconnectTerms | undefined): string {
    if (terms?.portalUrl) return `${terms.portalUrl}#clew-reconnect=${token}.${channelId}`;
    return `${ownOrigin()}/chat?channel=${channelId}#clew-reconnect=${token}`;
  }

  async function open({ channelId, token, signedIn, opening }: Opening): Promise<ReconnectOutcome> {
    const found = await findLink(database.query, hashOf(token));
    if (!found || found.channel_id !== channelId || found.revoked_at !== null) return REFUSED;
    if (found.used_at !== null && !isRepeat(found, opening)) return REFUSED;
    const before = await store.state(found.conversation_id);
    if (!before || !mayFollow(found, before, signedIn)) return REFUSED;
    const now = clock.now();
    if (found.expires_at <= now) return expired(found, before, found.expires_at);
    const end = before.snapshot.session?.end;
    if (end?.why === "disconnect") return expired(found, before, end.at);
    const used = await useLink(database, { tokenHash: found.token_hash, opening: opening ?? null, now });
    if (!used || (!used.first && !isRepeat(used.link, opening))) return REFUSED;
    return resume(used.link, before, signedIn);
  }

  /** The device that used it up has not heard what came of it, and asks again. */
  function isRepeat(link: Link, opening: string | undefined): boolean {
    return opening !== undefined && link.used_by === opening && clock.now() - (link.used_at ?? 0) < REPEAT_MS;
  }

  function mayFollow(link: Link, { snapshot: { customer } }: ConversationState, signedIn: string | null): boolean {
    if (customer.id === signedIn) return true;
    return customer.id === link.customer_id && (signedIn === null || customer.kind === "guest");
  }

  /** Too late to go on. Nothing is spent: who looks again sees the same, for as long as there is something to see. */
  async function expired(link: Link, state: ConversationState, at: number): Promise<ReconnectOutcome> {
    const channel = configuration().channels.get(link.channel_id)?.settings;
    const redirectUrl = channel?.reconnect?.redirectUrl ?? null;
    const until = at + (channel?.reconnect?.expiredHistory ?? EXPIRED_HISTORY_MS);
    if (redirectUrl !== null || until <= clock.now()) return { outcome: "expired", at, redirectUrl };
    const said = { until: link.expires_at, fields: channel?.preChat.fields ?? [] };
    const left: LeftBehind = { until, ...(await readLeftBehind(database.raw, state, said)) };
    return { outcome: "expired", at, redirectUrl, left };
  }

  async function resume(link: Link, before: ConversationState, signedIn: string | null): Promise<ReconnectOutcome> {
    const { conversation_id: conversationId, channel_id: channelId } = link;
    const { customer, session } = before.snapshot;
    if (signedIn !== null && customer.id !== signedIn) await claim(customer.id, signedIn, channelId);
    const customerId = signedIn ?? customer.id;
    const end = session?.end;
    if (end) return { outcome: "ended", end, conversationId, identity: await arrive(customerId, channelId) };
    await door.execute({ type: "customer.returned", id: ids.next(), conversationId, how: "link" }, { who: "system" });
    const after = (await store.state(conversationId)) ?? before;
    const identity = await arrive(customerId, channelId);
    const renewed = await create(after, link.created_by);
    const news = await eventsAfter(database.raw, conversationId, before.snapshot.number, 100);
    const because = news.flatMap((event) => (event.type === "customer.returned" ? (event.because ?? []) : []))[0];
    if (!because) return { outcome: "resumed", conversationId, identity, link: renewed };
    return { outcome: "resumed-other-agent", because, conversationId, identity, link: renewed };
  }

  /** A link for the words with which the queue tells of a long wait; undefined where they have no place for one. */
  async function afterWait(conversationId: string): Promise<string | undefined> {
    const state = await store.state(conversationId);
    const queueId = state?.snapshot.staff?.queueId ?? null;
    const overWait = queueId === null ? undefined : configuration().queues.get(queueId)?.overWait;
    if (!state || overWait?.next !== "message" || state.snapshot.status === "closed") return undefined;
    if (!textIn(overWait.text, state.snapshot.language).includes(LINK_PLACE)) return undefined;
    return (await create(state, "system")).url;
  }

  return {
    create,
    afterWait,
    /** The address for words that have a place for it; empty where nothing can be come back to, and nothing be said. */
    async inWords(conversationId: string, id: string, createdBy: string): Promise<string> {
      const state = await store.state(conversationId);
      return state?.snapshot.status === "open" ? (await create(state, createdBy, id)).url : "";
    },
    open,
    /** Whatever became of the link: who may see the conversation needs none. */
    leadsTo: async (conversationId: string, token: string) =>
      (await findLink(database.query, hashOf(token)))?.conversation_id === conversationId,
    revoke: (conversationId: string) => revokeLinksOf(database.query, conversationId, clock.now()),
  };
}

export type ReconnectLinks = ReturnType<typeof reconnectLinks>;
