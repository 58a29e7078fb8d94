import { createDesk, type Desk, type OpenConversation } from "@clew/client/agent";
import type { Views } from "../checks/views.ts";
import type { Word, Words } from "../checks/words.ts";
import type { Browser } from "../world/browser.ts";
import { AGENTS, QUEUES } from "../world/configuration.ts";
import type { People } from "../world/identity.ts";
import type { Chance } from "../world/random.ts";

type Page = { name: string; desk: Desk; die(): void; open: Map<string, Opened>; signingIn: boolean };
type Opened = { conversation: OpenConversation; changed: boolean };
type Parts = { agentId: string; browser: Browser; people: People; words: Words; chance: Chance };

/** An agent at a browser with one or two pages of the console, who does this and that. */
export class Agent {
  readonly id: string;
  readonly browser: Browser;
  pages: Page[] = [];
  readonly #people: People;
  readonly #words: Words;
  readonly #chance: Chance;
  #pageCount = 0;

  constructor({ agentId, browser, people, words, chance }: Parts) {
    this.id = agentId;
    this.browser = browser;
    this.#people = people;
    this.#words = words;
    this.#chance = chance;
    browser.cookie = people.signIn(agentId);
    this.openPage();
  }

  openPage(): void {
    this.#pageCount += 1;
    const name = `${this.browser.name}.${this.#pageCount}`;
    const { ports, die } = this.browser.tab((key, value) => this.#words.kept(key, value, true));
    const desk = createDesk({ server: "https://chat.example", ports });
    const page: Page = { name, desk, die, open: new Map(), signingIn: true };
    let seen = "unknown";
    // Signing out leaves everything that was open.
    desk.state.subscribe(() => {
      const { signIn } = desk.state.get();
      if (signIn.name !== "signed-in") page.open.clear();
      if (signIn.name !== seen) page.signingIn = false;
      seen = signIn.name;
    });
    this.pages.push(page);
    void desk.boot();
  }

  reload(): void {
    const page = this.pages.length > 0 ? this.#chance.pick(this.pages) : null;
    if (page) {
      if (this.#chance.happens(0.7)) page.die();
      else page.desk.close();
      this.pages = this.pages.filter((other) => other !== page);
    }
    if (this.pages.length === 0 || this.#chance.happens(0.3)) this.openPage();
  }

  /** What a page that died had not sent goes out with the next one that is opened. */
  startOver(): void {
    this.comeBack();
    this.openPage();
  }

  /** Back at work: signed in, with a page open. */
  comeBack(): void {
    if (this.pages.length === 0) this.openPage();
    for (const page of [...this.pages]) {
      if (page.desk.state.get().signIn.name !== "signed-out" || page.signingIn) continue;
      page.signingIn = true;
      this.browser.cookie = this.#people.signIn(this.id);
      // Refused once more, by a sign-out elsewhere in between, the page looks as before: it is tried again.
      void page.desk.boot().finally(() => {
        page.signingIn = false;
      });
    }
  }

  /** Takes what is offered, so that everything comes to rest. */
  takeOffers(): void {
    for (const { desk } of this.pages) for (const offer of desk.state.get().offers) void desk.accept(offer);
  }

  act(): void {
    if (this.pages.length === 0) {
      this.openPage();
      return;
    }
    const page = this.#chance.pick(this.pages);
    const { signIn } = page.desk.state.get();
    if (signIn.name === "signed-out") this.comeBack();
    else if (signIn.name === "signed-in") this.#actAt(page);
  }

  #actAt(page: Page): void {
    const { desk } = page;
    const { offers, inbox } = desk.state.get();
    const dice = this.#chance.unit();
    const [offer] = offers;
    if (offer && dice < 0.5) void desk.accept(offer);
    else if (offer && dice < 0.6) void desk.decline(offer, "busy");
    else if (dice < 0.22) void desk.setPresence("available", null);
    else if (dice < 0.25) void desk.setPresence(this.#chance.pick(["busy", "away"] as const), null);
    else if (dice < 0.27 && this.pages.length < 2) this.openPage();
    else if (dice < 0.28) void desk.signOut({ everywhere: false });
    else if (dice < 0.32 && inbox.length > 0) void desk.take(this.#chance.pick(inbox).conversationId);
    else if (inbox.length > 0) this.#work(page, this.#chance.pick(inbox).conversationId);
  }

  #work(page: Page, conversationId: string): void {
    const { desk } = page;
    const known = page.open.get(conversationId);
    if (!known) {
      if (page.open.size < 3) this.#open(page, conversationId);
      else this.#leave(page, this.#chance.pick([...page.open.keys()]));
      return;
    }
    const { conversation } = known;
    const mine = conversation.state.get().conversation?.session?.agent?.id === this.id;
    const dice = this.#chance.unit();
    if (dice < (mine ? 0.45 : 0.05)) this.#write(page, conversation.send);
    else if (dice < 0.55) this.#write(page, conversation.note);
    else if (dice < 0.62 && mine) conversation.markRead();
    else if (dice < 0.68) conversation.typing(this.#chance.happens(0.5));
    else if (dice < 0.71) void conversation.older();
    else if (dice < 0.75) void desk.take(conversationId);
    else if (dice < 0.79) void this.#transfer(conversation);
    else if (dice < 0.82) void conversation.close();
    else if (dice < 0.85) void conversation.undoClose();
    else if (dice < 0.88) void conversation.end();
    else if (dice < 0.9) void conversation.markInactive();
    else if (dice < 0.92) void conversation.markActive();
    else if (dice < 0.94) void conversation.correctFact("topic", `topic ${dice}`);
    else if (dice < 0.96) void conversation.decline("later");
    else if (dice < 0.97) conversation.setDraft(`draft ${dice}`);
    else if (dice < 0.98) void conversation.waitLonger(5_000);
    else if (dice < 0.985) void conversation.releaseHold();
    else this.#leave(page, conversationId);
  }

  #open(page: Page, conversationId: string): void {
    const conversation = page.desk.open(conversationId);
    const opened: Opened = { conversation, changed: true };
    conversation.state.subscribe(() => {
      opened.changed = true;
    });
    page.open.set(conversationId, opened);
  }

  #leave(page: Page, conversationId: string): void {
    page.open.get(conversationId)?.conversation.leave();
    page.open.delete(conversationId);
  }

  #write(page: Page, send: (text: string) => ReturnType<OpenConversation["send"]>): void {
    const word: Word = this.#words.write(page.name);
    void send(word.text).then((result) => {
      word.heard = result.ok ? "accepted" : "refused";
    });
  }

  #transfer(conversation: OpenConversation) {
    const toAgent = this.#chance.happens(0.6);
    return conversation.transfer(
      toAgent ? { kind: "agent", id: this.#chance.pick(AGENTS) } : { kind: "queue", id: this.#chance.pick(QUEUES) },
    );
  }

  /** Compares what its pages show since the last time. */
  judge(views: Views): void {
    for (const page of this.pages) {
      for (const [id, opened] of page.open) {
        if (!opened.changed) continue;
        opened.changed = false;
        const { conversation, timeline, problem } = opened.conversation.state.get();
        // What may not be seen any more is taken off the screen.
        if (problem) {
          this.#leave(page, id);
          continue;
        }
        views.judge({ who: `${page.name} on ${id}`, side: "staff", conversation, timeline });
      }
    }
  }
}
