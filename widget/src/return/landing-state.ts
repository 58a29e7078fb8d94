import type { LeftBehind, ReconnectOutcome } from "@clew/contract/reconnect";
import { RECONNECT } from "../loader/reconnect-hash.ts";

/** Someone came by a link. The token is used only when they say so: mail scanners open pages, they press nothing. */
export type Landing =
  | { name: "asking"; token: string }
  | { name: "opening" }
  | { name: "told"; outcome: Extract<ReconnectOutcome, { outcome: "expired" | "refused" }> }
  | { name: "reading"; left: LeftBehind };

/**
 * The token behind the `#` of the page's address, which it then leaves: nobody finds it in the history. Where a page may
 * hold the widgets of several channels, the link names its own behind a dot, and it is left to that one.
 */
export function landingOf(channel: string): Landing | null {
  const [link = "", of = ""] = location.hash.split(".");
  if (!link.startsWith(RECONNECT) || !channel.startsWith(of)) return null;
  const token = link.slice(RECONNECT.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  return { name: "asking", token };
}
