import css from "./launcher.css?inline";
import { type LauncherWords, launcherWords } from "./words.ts";

export type Launcher = ReturnType<typeof createLauncher>;
export type LauncherLook = { colour?: string; text?: string; position?: "start" | "end" };

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7l-2.6-.3-4.2 1.9.6-3.1A7.6 7.6 0 0 1 3 11.2c0-4.3 4-7.7 9-7.7Z";
const CHEVRON = "m6 9.5 6 6 6-6";

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
  button.append(icon(BUBBLE, "bubble"), icon(CHEVRON, "chevron"));
  frame.append(button, badge);
  root.append(frame);
  button.addEventListener("click", press);

  let open = false;
  let unread = 0;
  let words: LauncherWords = launcherWords(language);
  const show = () => {
    frame.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    const count = !open && unread > 0 ? ` (${unread})` : "";
    button.setAttribute("aria-label", (open ? words[1] : words[0]) + count);
    badge.hidden = open || unread === 0;
    badge.textContent = unread > 99 ? "99+" : String(unread);
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
    setLoading(loading: boolean) {
      button.setAttribute("aria-busy", String(loading));
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

function icon(path: string, name: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
