import type { LeftBehind, ReconnectOutcome } from "@clew/contract/reconnect";
import { RECONNECT } from "../loader/reconnect-hash.ts";

/** Someone came by a link. The token is used only when they say so: mail scanners open pages, they press nothing. */
export type Landing =
  | { name: "asking"; token: string }
  | { name: "opening" }
  | { name: "told"; outcome: Extract<ReconnectOutcome, { outcome: "expired" | "refused" }> }
  | { name: "reading"; left: LeftBehind };

/** The token behind the `#` of the page's address, which it then leaves: nobody finds it in the history. */
export function landingOf(): Landing | null {
  if (!location.hash.startsWith(RECONNECT)) return null;
  const token = location.hash.slice(RECONNECT.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  return { name: "asking", token };
}
