import type { OwnConversation } from "@clew/contract/customers";
import type { ReconnectLink, ReconnectOutcome } from "@clew/contract/reconnect";
import { backoff } from "../connection/backoff.ts";
import type { Connection } from "../connection/connection.ts";
import type { ClearMode, CoreOptions, CoreOutput, CoreState } from "../core-state.ts";
import type { Http } from "../http.ts";
import type { Ports } from "../ports.ts";
import { failed, ownProblem, type Result } from "../results.ts";
import type { Account } from "./account.ts";
import type { LocalCopy } from "./local-copy.ts";
import type { Storage } from "./storage.ts";

const DONE = { ok: true, value: null } as const;
/** A sign-in that could not be tried is tried again after so long, in milliseconds. */
const SIGN_IN_AGAIN_MS = 5_000;

type Input = {
  ports: Ports;
  http: Http;
  storage: Storage;
  options: CoreOptions;
  copy: LocalCopy;
  account: Account;
  connection: Connection;
  output: CoreOutput;
  publish(part: Partial<CoreState>): void;
  later(purpose: string, ms: number, call: () => void): void;
  newId(): string;
  following(): string | null;
  follow(id: string): void;
  leave(): void;
  connectIfNeeded(): void;
  forgetPerson(): Promise<void>;
};

/** The ways back to a conversation: the local copy, a signed token, a link; and the reset, after which there is none. */
export function createComingBack(input: Input) {
  const { http, storage, options, copy, account, connection, publish, later, follow } = input;
  let clearing: Promise<Result> | null = null;
  /** The customer has not said yet which of their conversations to go on with; null: nobody has asked here. */
  let choosing: boolean | null = copy.choosing || null;
  /** Given when a link was used, for the next device; told once, because whoever has it may use it up. */
  let freshLink: (ReconnectLink & { conversationId: string }) | null = null;

  /**
   * Follows what the server says of this customer's conversations. Someone who signed in on a device that knows nothing of
   * what is running elsewhere is asked first, and so is who comes back to nothing but what they put aside.
   */
  function adopt(conversations: readonly OwnConversation[], how: "known" | "signed-in"): void {
    const open = conversations.filter(({ status }) => status === "open");
    if (input.following()) return;
    const kept = open.find(({ id }) => id === copy.view?.snapshot.id);
    const here = kept ?? open.find(({ session }) => !session?.parked);
    const running = open.filter(({ session }) => session && session.status !== "ended" && session.status !== "error");
    const asks = how === "signed-in" || (choosing ?? !here);
    if (account.held()?.kind === "verified" && asks && !kept && running[0]) choose(running);
    else if (here) follow(here.id);
  }

  function choose(among: readonly OwnConversation[]): void {
    choosing = among.length > 0;
    publish({ choices: among });
    void storage.write(choosing ? { put: { choosing: true } } : { remove: ["choosing"] });
  }

  async function comeBack(): Promise<void> {
    if (copy.view) follow(copy.view.snapshot.id);
    else if (account.held()) await account.token({ renew: true });
    input.connectIfNeeded();
  }

  /** With signed tokens, the local copy is shown only to the person it belongs to. */
  async function comeBackVerified(): Promise<void> {
    if (account.held()?.kind === "guest") await comeBack();
    const token = await account.pageToken();
    if (token.ok) await signIn(token.value);
    else account.distrust(token.problem);
  }

  async function signIn(token: string): Promise<Result> {
    const before = account.held()?.customerId;
    const signedIn = await account.signIn(token);
    if (!signedIn.ok) {
      const again = () => void (options.identityToken ? comeBackVerified() : signIn(token));
      if (signedIn.problem.retry !== "no") later("sign-in", SIGN_IN_AGAIN_MS, again);
      return signedIn;
    }
    if (before === account.held()?.customerId && copy.view && !input.following()) follow(copy.view.snapshot.id);
    // Whoever the connection spoke for until now, it must speak for this customer.
    connection.stop("idle");
    input.connectIfNeeded();
    return signedIn;
  }

  /**
   * Trades the link for an identity; whoever was here before leaves nothing behind. The server is told who is signed in:
   * somebody else's link is not for them.
   */
  async function openLink(token: string): Promise<Result<ReconnectOutcome>> {
    const mine = account.held()?.kind === "verified" ? await account.token({ renew: false }) : null;
    if (mine && !mine.ok) return mine;
    // Kept until there is an answer: a link that was used up by a try that heard nothing is good for the same try again.
    const [[, kept] = []] = await storage.read("opening");
    const opening = kept ?? input.newId();
    await storage.write({ put: { opening } });
    const body = { channelId: options.channelId, token, accessToken: mine?.value, opening };
    const opened = await http.json<ReconnectOutcome>({ endpoint: "POST /reconnect/open", body });
    if (opened.ok || opened.problem.retry === "no") void storage.write({ remove: ["opening"] });
    if (!opened.ok || !("identity" in opened.value)) return opened;
    const outcome = opened.value;
    connection.stop("idle");
    await account.take(outcome.identity);
    choose([]);
    if ("link" in outcome) freshLink = { ...outcome.link, conversationId: outcome.conversationId };
    if (input.following() !== outcome.conversationId) input.leave();
    follow(outcome.conversationId);
    input.connectIfNeeded();
    return opened;
  }

  async function makeLink(): Promise<Result<ReconnectLink>> {
    const fresh = freshLink;
    freshLink = null;
    if (fresh && fresh.conversationId === input.following()) return { ok: true, value: fresh };
    return onConversation<ReconnectLink>("POST /conversations/:id/links");
  }

  /** Whether the link leads to the conversation that is here already. */
  async function isOwnLink(token: string): Promise<boolean> {
    const checked = await onConversation<{ own: boolean }>("POST /conversations/:id/links/check", { token });
    return checked.ok && checked.value.own;
  }

  async function onConversation<Value>(endpoint: string, body?: object): Promise<Result<Value>> {
    const id = input.following();
    if (!id) return failed(ownProblem("not-found", 404, "There is no conversation to come back to"));
    return http.json<Value>({ endpoint, params: { id }, body, headers: await account.headers() });
  }

  /**
   * Asks the server for the reset until it confirms, over reloads too: before that nothing is given up here, because the
   * session still runs there. A server that knows this device no more has nothing left to reset.
   */
  async function clear(mode: ClearMode): Promise<Result> {
    publish({ clearing: true });
    await storage.write({ put: { clearing: mode } });
    connection.stop("idle");
    for (let tries = 1; ; tries += 1) {
      const resumeSecret = account.held()?.resumeSecret;
      if (!resumeSecret) break;
      const body = { channelId: options.channelId, resumeSecret, mode };
      const answer = await http.json<null>({ endpoint: "POST /identity/clear", body });
      if (answer.ok || answer.problem.retry === "no") break;
      const wait = Math.max(backoff(tries, input.ports.random.unit()), (answer.problem.retryAfter ?? 0) * 1000);
      await new Promise<void>((resolve) => later("clear", wait, resolve));
    }
    await account.drop();
    await input.forgetPerson();
    choose([]);
    clearing = null;
    publish({ clearing: false, identityProblem: null });
    input.output.signal({ type: "cleared", mode });
    return DONE;
  }
  function clearOnce(mode: ClearMode): Promise<Result> {
    clearing ??= clear(mode);
    return clearing;
  }

  return {
    adopt,
    signIn,
    openLink,
    isOwnLink,
    makeLink,
    clear: clearOnce,
    /** While true there is nobody to connect for. */
    isClearing: () => clearing !== null,
    sendLink: (email: string) =>
      onConversation<null>("POST /conversations/:id/links/mail", { email, language: options.language }),
    /** None of the choices, nor what is shown. */
    beginAnew(): void {
      choose([]);
      input.leave();
    },
    /** Takes up one of the choices. */
    takeUp(id: string): void {
      choose([]);
      follow(id);
      input.connectIfNeeded();
    },
    async comeUp(): Promise<void> {
      void account.revokeLeft();
      if (copy.clearing) await clearOnce(copy.clearing);
      else if (options.identityToken) await comeBackVerified();
      else await comeBack();
    },
  };
}
