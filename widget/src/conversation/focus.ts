import type { ChatWindow } from "./window-state.ts";

const FOCUSABLE =
  "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']";

/**
 * Keyboard rules of the open chat: Esc closes what is on top, then the chat; where the chat fills the screen, Tab stays
 * inside, because the page behind it cannot be seen.
 */
export class FocusKeeper {
  #chatWindow: ChatWindow;
  #frame: HTMLElement;

  constructor(chatWindow: ChatWindow, frame: HTMLElement) {
    this.#chatWindow = chatWindow;
    this.#frame = frame;
    frame.addEventListener("keydown", this.#onKey);
    this.#focusFirst();
  }

  dispose(): void {
    this.#frame.removeEventListener("keydown", this.#onKey);
  }

  /** The first thing to answer or write in; not on touch screens, where that would throw up the keyboard. */
  #focusFirst(): void {
    const wanted = this.#frame.querySelector<HTMLElement>("form input, form select, form textarea, .composer textarea");
    const touch = matchMedia("(pointer: coarse)").matches;
    (touch ? this.#frame : (wanted ?? this.#frame)).focus({ preventScroll: true });
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) this.#closeTopmost(event);
    if (event.key === "Tab" && isFullScreen()) this.#stayInside(event);
  };

  #closeTopmost(event: KeyboardEvent): void {
    const { dialog, popover, chat } = this.#chatWindow;
    event.preventDefault();
    event.stopPropagation();
    if (dialog.value) dialog.value = null;
    else if (popover.value) popover.value = null;
    else chat.setWindowOpen(false);
  }

  #stayInside(event: KeyboardEvent): void {
    const all = [...this.#frame.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (element) => element.offsetParent && !element.closest("[inert]"),
    );
    const [first, last] = [all[0], all.at(-1)];
    const root = this.#frame.getRootNode() as ShadowRoot;
    const leaving = event.shiftKey
      ? root.activeElement === first || root.activeElement === this.#frame
      : root.activeElement === last;
    if (!leaving) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

export function isFullScreen(): boolean {
  return matchMedia("(max-width: 480px)").matches;
}
