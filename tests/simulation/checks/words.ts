/** One text that one person wrote in one tab. Every text is written once, so it can be told apart wherever it turns up. */
export type Word = {
  text: string;
  /** The tab (or desk) it was written in, and which of that tab's words it is. */
  tab: string;
  index: number;
  /** The tab was told that it is on disk. */
  kept: boolean;
  /** What the server said to the person, as far as they heard. */
  heard: "nothing" | "accepted" | "refused";
  /** The person signed out since: unsent words go with them. */
  wiped: boolean;
  /** The server refused it once, whether or not anybody heard: it may be tried again, behind later ones. */
  refused: boolean;
};

/** All that was ever written, by everybody. */
export class Words {
  readonly all = new Map<string, Word>();
  readonly #perTab = new Map<string, number>();
  readonly #byCommand = new Map<string, Word>();
  readonly #everywhere: string[] = [];
  #count = 0;

  write(tab: string): Word {
    const index = this.#next(tab);
    return this.#keep(`${tab}#${index}`, tab, index);
  }

  /** The keyword that opts out. What stands behind it does not count there and makes it unlike any other. */
  optOut(tab: string): Word {
    this.#count += 1;
    const tail = this.#count.toString(2).replaceAll("0", ".").replaceAll("1", "!");
    return this.#keep(`stop${tail}`, tab, this.#next(tab));
  }

  #next(tab: string): number {
    const index = (this.#perTab.get(tab) ?? 0) + 1;
    this.#perTab.set(tab, index);
    return index;
  }

  #keep(text: string, tab: string, index: number): Word {
    const word: Word = {
      text,
      tab,
      index,
      kept: false,
      heard: "nothing",
      wiped: this.#everywhere.some((start) => tab.startsWith(start)),
      refused: false,
    };
    this.all.set(text, word);
    return word;
  }

  /** An entry of an outbox reached the disk; its tab was told so, unless it is gone. */
  kept(key: string, value: unknown, told: boolean): void {
    if (!key.startsWith("outbox/") || !value) return;
    const { command } = value as { command: { id: string; text?: string; message?: { text?: string } } };
    const word = this.all.get(command.text ?? command.message?.text ?? "");
    if (!word) return;
    if (told) word.kept = true;
    this.#byCommand.set(command.id, word);
  }

  refused(commandId: string): void {
    const word = this.#byCommand.get(commandId);
    if (word) word.refused = true;
  }

  /** Signing out takes unsent words back: of one browser, or of every device of a person, which hear of it later. */
  wipe(browser: string, everywhere: boolean): void {
    const start = everywhere ? browser.slice(0, -1) : `${browser}.`;
    if (everywhere) this.#everywhere.push(start);
    for (const word of this.all.values()) if (word.tab.startsWith(start)) word.wiped = true;
  }
}
