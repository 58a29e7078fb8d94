import css from "./launcher.css?inline";
import { type LauncherWords, launcherWords } from "./words.ts";

export type Launcher = ReturnType<typeof createLauncher>;
export type LauncherLook = { colour?: string; text?: string; position?: "start" | "end" };

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7l-2.6-.3-4.2 1.9.6-3.1A7.6 7.6 0 0 1 3 11.2c0-4.3 4-7.7 9-7.7Z";
const CHEVRON = "m6 8 6 6 6-6 2 2-8 8-8-8Z";

/** The round button in the corner, with the number of unread messages. It is there before the chat is loaded. */
export function createLauncher(root: ShadowRoot, language: string, press: () => void) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  const frame = document.createElement("div");
  frame.className = "launcher";
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.append(shape);
  button.append(icon);
  frame.append(button, badge);
  root.append(frame);
  // On the frame, so that the badge may be pressed as well.
  frame.addEventListener("click", press);

  let open = false;
  let unread = 0;
  let failed = false;
  let words: LauncherWords = launcherWords(language);
  const show = () => {
    frame.classList.toggle("open", open);
    shape.setAttribute("d", open ? CHEVRON : BUBBLE);
    button.setAttribute("aria-expanded", String(open));
    const note = failed ? words[1] : unread;
    badge.hidden = open || !note;
    button.setAttribute("aria-label", ((open && words[2]) || words[0]) + (badge.hidden ? "" : ` (${note})`));
    badge.textContent = String(unread > 99 && !failed ? "99+" : note);
  };
  show();
  return {
    button,
    setOpen(now: boolean) {
      open = now;
      show();
    },
    setUnread(count: number) {
      unread = count;
      show();
    },
    /** Busy while the chat loads; a chat that could not be loaded is tried again by the next press. */
    setLoading(loading: boolean, didFail = false) {
      failed = didFail;
      button.setAttribute("aria-busy", String(loading));
      show();
    },
    setWords(next: LauncherWords, direction: "ltr" | "rtl") {
      words = next;
      frame.dir = direction;
      show();
    },
    setLook({ colour, text, position }: LauncherLook) {
      if (colour) frame.style.setProperty("--launcher", colour);
      if (text) frame.style.setProperty("--on-launcher", text);
      if (position) frame.classList.toggle("start", position === "start");
    },
  };
}
