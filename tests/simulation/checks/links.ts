import type { ReconnectLink, ReconnectOutcome } from "@clew/contract/reconnect";
import type { CommittedLog } from "./log.ts";
import type { Verdict } from "./verdict.ts";

type Known = {
  conversationId: string;
  expiresAt: number;
  revoked: boolean;
  /** The tries that it let in. */
  used: Set<string>;
};
/** What was known of a link when a try with it reached a server. */
type Arrival = { token: string; opening: string; late: boolean; revoked: boolean };

/** All links that were ever made, and what each may still do. It asks no server: what they answer is held against it. */
export class Links {
  readonly tokens: string[] = [];
  readonly #known = new Map<string, Known>();
  readonly #log: CommittedLog;
  readonly #verdict: Verdict;

  constructor(log: CommittedLog, verdict: Verdict) {
    this.#log = log;
    this.#verdict = verdict;
  }

  made({ url, expiresAt }: ReconnectLink, conversationId: string): void {
    const token = url.slice(url.indexOf("=", url.indexOf("#")) + 1);
    this.tokens.push(token);
    this.#known.set(token, { conversationId, expiresAt, revoked: false, used: new Set() });
  }

  /** A reset begins: these links it must revoke. The result is to be called when it is confirmed. */
  resetting(): (customerId: string, channelId: string) => void {
    const before = [...this.tokens];
    return (customerId, channelId) => {
      for (const token of before) {
        const known = this.#known.get(token);
        const snapshot = known && this.#log.states.get(known.conversationId)?.snapshot;
        if (known && snapshot?.customer.id === customerId && snapshot.channelId === channelId) known.revoked = true;
      }
    };
  }

  arrives({ token, opening }: { token: string; opening: string }, now: number): Arrival {
    const known = this.#known.get(token);
    return { token, opening, late: known !== undefined && known.expiresAt <= now, revoked: known?.revoked === true };
  }

  answered({ token, opening, late, revoked }: Arrival, outcome: ReconnectOutcome): void {
    if (!("identity" in outcome)) return;
    const found = (what: string) => this.#verdict.found("SI18", `link ${token.slice(0, 12)} ${what}`);
    if (late) found("brings somebody in after its end");
    if (revoked) found("brings somebody in after it was revoked");
    const { conversationId, identity } = outcome;
    const { customer } = this.#log.states.get(conversationId)?.snapshot ?? {};
    if (identity.customerId !== customer?.id)
      found(`brings in ${identity.customerId} to what is said with ${customer?.id}`);
    const known = this.#known.get(token);
    if (conversationId !== known?.conversationId)
      found(`was made for ${known?.conversationId} and leads to ${conversationId}`);
    known?.used.add(opening);
    if (known && known.used.size > 1) found("is used up twice");
  }

  /** Somebody was told that a link leads on to a conversation. */
  followed(who: string, conversationId: string, shown: string | null): void {
    if (shown !== null && shown !== conversationId)
      this.#verdict.found("SI19", `${who} came by a link to ${conversationId} and is shown ${shown}`);
  }
}
