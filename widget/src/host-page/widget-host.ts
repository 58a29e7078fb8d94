import type { ClewEventName, ClewEvents, ClewWidget, MountOptions, WidgetState } from "../host-page-api.ts";
import type { Launcher } from "../launcher/launcher.ts";

/** What the loader hands to the chat: the place in the page, the launcher and the way to the page's listeners. */
export type WidgetHost = {
  options: MountOptions & { server: string };
  /** The shadow root; the launcher is in it already. */
  root: ShadowRoot;
  launcher: Launcher;
  /** Address of the script for a window of its own. */
  popoutScript?: () => Promise<string>;
  /** In a window of its own: brings the chat back to the page. */
  bringBack?: () => void;
  emit<Name extends ClewEventName>(event: Name, detail: ClewEvents[Name]): void;
};

/** What the loader may ask of a loaded chat. */
export type ChatHandle = {
  verbs: ChatVerbs;
  state(): WidgetState;
  unmount(): void;
};

/** The verbs of the page that need the chat; kept by the loader until it is there. */
export type ChatVerbs = Omit<ClewWidget, "on" | "off" | "state">;
export type ChatVerb = keyof ChatVerbs;

/** What the chat's chunk exports. */
export type ChatModule = { mountChat(host: WidgetHost): ChatHandle };
