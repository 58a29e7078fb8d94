import type { DatabaseSync } from "node:sqlite";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Browser } from "../world/browser.ts";
import type { Device, People } from "../world/identity.ts";
import type { CommittedLog } from "./log.ts";
import type { Verdict } from "./verdict.ts";

type Mode = "end" | "park";
/** What a browser held when it began to ask for a reset: the device, and its open conversations with how far each was. */
export type Asked = { device: Device; open: ReadonlyMap<string, number>; at: number };
type Told = { browser: Browser; mode: Mode; asked: Asked };

/** What a reset must have done when a browser is told that it is done, and from then on. */
export class Resets {
  readonly #log: CommittedLog;
  readonly #people: People;
  readonly #verdict: Verdict;
  readonly #liveLinks: ReturnType<DatabaseSync["prepare"]>;
  /** Conversations by the browsers that may not show them any more; a guest's may soon be shown by none. */
  readonly #gone = new Map<string, { browsers: Set<string>; everywhere: boolean }>();

  constructor(parts: { log: CommittedLog; people: People; verdict: Verdict; committed: DatabaseSync }) {
    this.#log = parts.log;
    this.#people = parts.people;
    this.#verdict = parts.verdict;
    this.#liveLinks = parts.committed.prepare(
      "SELECT count(*) AS live FROM reconnect_links WHERE conversation_id = ? AND created_at < ? AND revoked_at IS NULL",
    );
  }

  /** Null where the browser is nobody. */
  asked(secret: string | null, at: number): Asked | null {
    const device = secret === null ? null : this.#people.everOf(secret);
    if (!device) return null;
    const open = this.#of(device).filter(({ snapshot }) => snapshot.status === "open");
    return { device, open: new Map(open.map(({ snapshot }) => [snapshot.id, snapshot.number])), at };
  }

  #of({ customer, channelId }: Device): ConversationState[] {
    return [...this.#log.states.values()].filter(
      ({ snapshot }) => snapshot.customer.id === customer.id && snapshot.channelId === channelId,
    );
  }

  /** The device of that secret was signed out, here or elsewhere. */
  isOut(secret: string): boolean {
    const device = this.#people.everOf(secret);
    return device === null || !this.#people.isIn(device);
  }

  told({ browser: { name, disk, cleared }, mode, asked }: Told): void {
    const found = (what: string) => this.#verdict.found("SI17", `${name} was told its reset is done, and ${what}`);
    // As whom the server was asked last: who signed in meanwhile means all of it.
    const device = (cleared && this.#people.everOf(cleared.secret)) || asked.device;
    if (this.#people.isIn(device)) found("its way in is still good");
    if (device.customer.id !== asked.device.customer.id) return;
    // Another device said *sign out everywhere* first: this one has no say any more over what goes on there.
    if (this.#people.wasSignedOut(device)) return;
    const guest = device.customer.kind === "guest";
    // A verified customer goes on elsewhere; of a guest nothing is left that stood when a server heard of it.
    const stood = (id: string) => guest && (this.#log.begun.get(id) ?? 0) < (cleared?.at ?? 0);
    const meant = this.#of(device).filter(({ snapshot }) => asked.open.has(snapshot.id) || stood(snapshot.id));
    const kept = JSON.stringify([...disk].filter(([key]) => !key.startsWith("revoke/")));
    for (const { snapshot } of meant) {
      const { id, session, status } = snapshot;
      if (kept.includes(id)) found(`its disk has something of ${id}`);
      if (mode === "end" && status === "open") found(`${id} is open`);
      if (mode === "end" && this.#log.agents.some(({ work }) => work.some((one) => one.conversationId === id)))
        found(`${id} holds capacity`);
      const runs = session && session.status !== "ended" && session.status !== "error";
      // What was put aside stays with the agent, who may go on with it, as a verified customer may elsewhere in a session anew.
      const since = guest ? undefined : asked.open.get(id);
      if (runs && !session.parked && !this.#wasCleared(id, session.id, since)) found(`${id} goes on`);
      if ((this.#liveLinks.get(id, asked.at) as { live: number }).live > 0) found(`a link leads back to ${id}`);
      if (guest || mode === "end") {
        const gone = this.#gone.get(id) ?? { browsers: new Set(), everywhere: guest };
        this.#gone.set(id, gone);
        gone.browsers.add(name);
      }
    }
  }

  /** The session, or any of that conversation after the event of that number. */
  #wasCleared(id: string, sessionId: string, since = Number.POSITIVE_INFINITY): boolean {
    const log = this.#log.events.get(id) ?? [];
    return log.some(
      (event) => event.type === "session.cleared" && (event.session.id === sessionId || event.number > since),
    );
  }

  /** A tab shows a conversation. `healed`: by now every device has heard of every reset. */
  judge({ browser, who, id, healed }: { browser: string; who: string; id: string; healed: boolean }): void {
    const gone = this.#gone.get(id);
    if (gone?.browsers.has(browser) || (healed && gone?.everywhere))
      this.#verdict.found("SI17", `${who} shows ${id} after its reset was done`);
  }
}
