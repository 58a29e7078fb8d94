import { type Chat, createChat } from "@clew/client";
import type { Links } from "../checks/links.ts";
import type { Asked, Resets } from "../checks/resets.ts";
import type { Views } from "../checks/views.ts";
import type { Word, Words } from "../checks/words.ts";
import type { Browser } from "../world/browser.ts";
import type { Chance } from "../world/random.ts";

type Tab = { name: string; chat: Chat; die(): void; changed: boolean };
type Held = { customerId: string; resumeSecret: string };
type Books = { words: Words; links: Links; resets: Resets; now(): number };
type Parts = {
  browser: Browser;
  channelId: string;
  subject: string | null;
  /** There is nothing to do here before there is a link to follow. */
  idle: boolean;
  books: Books;
  chance: Chance;
};

/** Of so many links, the newest, people follow any. */
const MOST_LINKS = 6;

/** A customer at one browser, with up to three tabs, who does this and that. */
export class Customer {
  readonly browser: Browser;
  readonly subject: string | null;
  readonly channelId: string;
  tabs: Tab[] = [];
  readonly #books: Books;
  readonly #words: Words;
  readonly #idle: boolean;
  readonly #chance: Chance;
  #tabCount = 0;
  /** Somebody who signs out, follows a link or begins anew waits until that is done. */
  #leaving: Tab | null = null;
  /** As the disk has it. */
  #held: Held | null = null;
  /** A link has been followed here: it may make this browser another person's at any time. */
  #followed = false;
  /** A link that was tried in vain, and may be tried again. */
  #tried: string | null = null;
  #asked: Asked | null = null;
  #told: "end" | "park" | null = null;

  constructor({ browser, channelId, subject, idle, books, chance }: Parts) {
    this.browser = browser;
    this.subject = subject;
    this.channelId = channelId;
    this.#books = books;
    this.#words = books.words;
    this.#idle = idle;
    this.#chance = chance;
    if (!idle) this.openTab();
  }

  openTab(): void {
    this.#tabCount += 1;
    const name = `${this.browser.name}.${this.#tabCount}`;
    const { ports, die } = this.browser.tab((key, value) => {
      if (key === "identity") this.#holds(value as Held | undefined);
      // What reaches the disk after its tab was closed is found by the next one that starts, and promised to nobody.
      this.#words.kept(key, value, this.tabs.includes(tab));
    });
    const { subject, channelId } = this;
    const identityToken = subject ? { identityToken: async () => subject } : {};
    const chat = createChat({ server: "https://chat.example", channelId, language: "en", ports, ...identityToken });
    const tab: Tab = { name, chat, die, changed: true };
    let was = chat.state.get().identity?.kind;
    chat.state.subscribe(() => {
      tab.changed = true;
      const { kind } = chat.state.get().identity ?? {};
      // Who was a guest here and is vouched for is another person in this world: the guest's words go with the guest.
      if (was === "guest" && kind === "verified") this.#words.wipe(this.browser.name, false);
      was = kind;
    });
    chat.onSignal((signal) => {
      if (signal.type === "cleared") this.#told = signal.mode;
    });
    this.tabs.push(tab);
    void chat.boot();
  }

  /** Whoever this browser knows no more takes unsent words along. */
  #holds(held: Held | undefined): void {
    const before = this.#held;
    this.#held = held ?? null;
    if (!before || before.customerId === held?.customerId) return;
    const { words, resets } = this.#books;
    if (this.#followed || this.#leaving || resets.isOut(before.resumeSecret)) words.wipe(this.browser.name, false);
  }

  /** The page is gone without a word; a new one may come in its place. */
  crash(tab: Tab): void {
    tab.die();
    this.#forget(tab);
  }

  #forget(tab: Tab): void {
    this.tabs = this.tabs.filter((other) => other !== tab);
    if (this.#leaving === tab) this.#leaving = null;
  }

  reload(): void {
    const tab = this.tabs.length > 0 ? this.#chance.pick(this.tabs) : null;
    if (!tab) {
      this.openTab();
      return;
    }
    if (this.#chance.happens(0.7)) this.crash(tab);
    else this.#close(tab);
    if (this.tabs.length === 0 || this.#chance.happens(0.6)) this.openTab();
  }

  #close(tab: Tab): void {
    tab.chat.close();
    this.#forget(tab);
  }

  /** Somebody looks at it again: there is a tab. */
  comeBack(): void {
    if (this.tabs.length === 0 && !this.#waits()) this.openTab();
  }

  #waits(): boolean {
    return this.#idle && this.#books.links.tokens.length === 0;
  }

  act(): void {
    if (this.#waits()) return;
    if (this.tabs.length === 0) this.openTab();
    // While a reset is not confirmed the window says so and takes nothing.
    else if (!this.#leaving && !this.tabs.some(({ chat }) => chat.state.get().clearing))
      this.#actIn(this.#chance.pick(this.tabs));
  }

  #actIn(tab: Tab): void {
    const { chat } = tab;
    const state = chat.state.get();
    const dice = this.#chance.unit();
    if (state.choices.length > 0 && dice < 0.7) {
      if (dice < 0.5) chat.takeUp(this.#chance.pick(state.choices).id);
      else chat.newConversation();
    } else if (!state.conversation && state.timeline.length === 0) {
      if (dice < (this.#idle ? 0.2 : 0.8)) this.#start(tab);
      else if (dice < 0.9) this.#follow(tab);
      else this.openTabIfFew();
    } else if (this.#chance.happens(0.07)) this.#comeAndGo(tab);
    else if (state.conversation?.status === "closed") {
      if (dice < 0.5) chat.newConversation();
      else if (dice < 0.6) this.#send(tab);
    } else if (dice < 0.6) this.#send(tab);
    else if (dice < 0.7) chat.markRead();
    else if (dice < 0.76) chat.typing(this.#chance.happens(0.6));
    else if (dice < 0.8) void chat.older();
    else if (dice < 0.83) void chat.end();
    else if (dice < 0.85) void chat.undoOptOut();
    else if (dice < 0.88) void chat.startSession([]);
    else if (dice < 0.9) this.#optOut(tab);
    else if (dice < 0.91) this.#signOut(tab);
    else if (dice < 0.95) this.openTabIfFew();
    else if (dice < 0.96) this.#start(tab);
    else if (dice < 0.97) for (let count = 0; count < 12; count += 1) this.#send(tab);
    else chat.setDraft(`draft ${dice}`);
  }

  /** What leads away from here or back. */
  #comeAndGo(tab: Tab): void {
    const dice = this.#chance.unit();
    if (dice < 0.5) void tab.chat.makeLink();
    else if (dice < 0.8) this.#follow(tab);
    else this.#reset(tab);
  }

  openTabIfFew(): void {
    if (this.tabs.length < 3) this.openTab();
  }

  #start(tab: Tab): void {
    if (this.#chance.happens(0.3)) void tab.chat.start({ answers: [] });
    else {
      const word = this.#words.write(tab.name);
      this.#hear(word, tab.chat.start({ answers: [], message: word.text }));
    }
  }

  #send(tab: Tab): void {
    const word = this.#words.write(tab.name);
    this.#hear(word, tab.chat.send(word.text));
  }

  #optOut(tab: Tab): void {
    const word = this.#words.optOut(tab.name);
    this.#hear(word, tab.chat.send(word.text));
  }

  #hear(word: Word, answered: ReturnType<Chat["send"]>): void {
    void answered.then((result) => {
      word.heard = result.ok ? "accepted" : "refused";
    });
  }

  /** Comes by a link: one of anybody's, or once more the one that was tried last. */
  #follow(tab: Tab): void {
    const { tokens } = this.#books.links;
    if (tokens.length === 0) return;
    const token = this.#tried ?? this.#chance.pick(tokens.slice(-MOST_LINKS));
    this.#leaving = tab;
    this.#followed = true;
    void tab.chat.openLink(token).then((result) => {
      if (this.#leaving === tab) this.#leaving = null;
      this.#tried = !result.ok && result.problem.retry !== "no" && this.#chance.happens(0.7) ? token : null;
      if (!result.ok || !("identity" in result.value) || !this.tabs.includes(tab)) return;
      const shown = tab.chat.state.get().conversation?.id ?? null;
      this.#books.links.followed(tab.name, result.value.conversationId, shown);
    });
  }

  #reset(tab: Tab): void {
    const { resets, now } = this.#books;
    this.#leaving = tab;
    this.#asked = resets.asked(this.#held?.resumeSecret ?? null, now());
    this.browser.cleared = null;
    this.#words.wipe(this.browser.name, false);
    void tab.chat.clear(this.#chance.pick(["end", "park"] as const)).then(() => {
      if (this.#leaving === tab) this.#leaving = null;
    });
  }

  #signOut(tab: Tab): void {
    this.#leaving = tab;
    const everywhere = this.#chance.happens(0.2);
    this.#words.wipe(this.browser.name, everywhere);
    void tab.chat.signOut({ everywhere }).then(() => {
      if (this.#leaving === tab) this.#leaving = null;
    });
  }

  /** Compares what its tabs show since the last time. */
  judge(views: Views): void {
    const { resets } = this.#books;
    const { browser } = this;
    if (this.#told && this.#asked) resets.told({ browser, mode: this.#told, asked: this.#asked });
    this.#told = null;
    for (const tab of this.tabs) {
      if (!tab.changed) continue;
      tab.changed = false;
      const { conversation, timeline } = tab.chat.state.get();
      if (conversation) resets.judge({ browser: browser.name, who: tab.name, id: conversation.id, healed: false });
      views.judge({ who: tab.name, side: "customer", conversation, timeline });
    }
  }
}
