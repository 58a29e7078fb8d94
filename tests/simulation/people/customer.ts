import { type Chat, createChat } from "@clew/client";
import type { Views } from "../checks/views.ts";
import type { Word, Words } from "../checks/words.ts";
import type { Browser } from "../world/browser.ts";
import type { Chance } from "../world/random.ts";

type Tab = { name: string; chat: Chat; die(): void; changed: boolean };
type Parts = { browser: Browser; channelId: string; subject: string | null; words: Words; chance: Chance };

/** A customer at one browser, with up to three tabs, who does this and that. */
export class Customer {
  readonly browser: Browser;
  readonly subject: string | null;
  readonly channelId: string;
  tabs: Tab[] = [];
  readonly #words: Words;
  readonly #chance: Chance;
  #tabCount = 0;
  /** Somebody who signs out waits until that is done. */
  #leaving: Tab | null = null;

  constructor({ browser, channelId, subject, words, chance }: Parts) {
    this.browser = browser;
    this.subject = subject;
    this.channelId = channelId;
    this.#words = words;
    this.#chance = chance;
    this.openTab();
  }

  openTab(): void {
    this.#tabCount += 1;
    const name = `${this.browser.name}.${this.#tabCount}`;
    const { ports, die } = this.browser.tab((key, value) => {
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
    this.tabs.push(tab);
    void chat.boot();
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
    if (this.tabs.length === 0) this.openTab();
  }

  act(): void {
    if (this.tabs.length === 0) this.openTab();
    else if (!this.#leaving) this.#actIn(this.#chance.pick(this.tabs));
  }

  #actIn(tab: Tab): void {
    const { chat } = tab;
    const state = chat.state.get();
    const dice = this.#chance.unit();
    if (!state.conversation && state.timeline.length === 0) {
      if (dice < 0.8) this.#start(tab);
      else if (dice < 0.9) this.openTabIfFew();
    } else if (state.conversation?.status === "closed") {
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
    for (const tab of this.tabs) {
      if (!tab.changed) continue;
      tab.changed = false;
      const { conversation, timeline } = tab.chat.state.get();
      views.judge({ who: tab.name, side: "customer", conversation, timeline });
    }
  }
}
