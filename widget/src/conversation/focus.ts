import { useEffect } from "preact/hooks";
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
    frame.focus({ preventScroll: true });
  }

  dispose(): void {
    this.#frame.removeEventListener("keydown", this.#onKey);
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

/**
 * Takes focus for what there is to answer or write in, when the window has just opened or its screen has changed and
 * focus would be nowhere. Not on touch screens, where that would throw up the keyboard.
 */
export function useFirstFocus(element: { current: HTMLElement | null }, wanted: string | false): void {
  useEffect(() => {
    const root = element.current?.getRootNode() as ShadowRoot | undefined;
    const idle = !root?.activeElement || root.activeElement.classList.contains("window");
    const open = document.activeElement === root?.host || document.activeElement === document.body;
    if (!wanted || !idle || !open || matchMedia("(pointer: coarse)").matches) return;
    element.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: true });
  }, [element, wanted]);
}
