import { createEmitter } from "../host-page/emitter.ts";
import { unloadedState, VERBS } from "../host-page/verbs.ts";
import type { ChatHandle, ChatModule, ChatVerb } from "../host-page/widget-host.ts";
import type { ClewWidget, MountOptions } from "../host-page-api.ts";
import { createLauncher } from "../launcher/launcher.ts";
import { RECONNECT } from "./reconnect-hash.ts";
import { recall } from "./remembered.ts";

export type LoadChat = () => Promise<ChatModule>;

/** Verbs that need the chat at once; the others are kept until it is there for another reason. */
const LOADING: readonly string[] = ["open", "toggle", "identify", "signOut", "start", "newConversation", "clear"];

/** One widget in the page: the launcher at once, the chat when it is wanted or when there is something to resume. */
export function createWidget(
  options: MountOptions & { server: string },
  loadChat: LoadChat,
): ClewWidget & { unmount(): void } {
  const { channel } = options;
  const remembered = recall(channel);
  const language = options.language ?? (document.documentElement.lang || navigator.language);
  const events = createEmitter(channel);
  const element = document.createElement("clew-chat");
  const root = element.attachShadow({ mode: "open" });
  const launcher = createLauncher(root, language, () => widget.toggle());
  launcher.setLook({ ...options, ...remembered });
  (options.container ?? document.body).append(element);

  let chat: ChatHandle | undefined;
  let loading = false;
  let gone = false;
  let calls: [ChatVerb, unknown[]][] = [];

  const load = () => {
    if (loading) return;
    loading = true;
    launcher.setLoading(true);
    loadChat().then(
      (module) => {
        if (gone) return;
        chat = module.mountChat({ options, root, launcher, emit: events.emit });
        launcher.setLoading(false);
        for (const [verb, args] of calls.splice(0)) run(chat, verb, args);
      },
      (fault: unknown) => {
        // The next press tries again; a call that wanted the chat open would come as a surprise by then.
        loading = false;
        calls = calls.filter(([verb]) => !LOADING.includes(verb) || verb === "identify");
        launcher.setLoading(false, true);
        events.emit("error", { code: "load-failed", detail: String(fault) });
      },
    );
  };
  const ask = (verb: ChatVerb, args: unknown[]) => {
    if (gone) return;
    if (chat) return run(chat, verb, args);
    calls.push([verb, args]);
    if (LOADING.includes(verb)) load();
  };
  const state = () => chat?.state() ?? unloadedState(channel, language);

  const verbs = Object.fromEntries(VERBS.map((verb) => [verb, (...args: unknown[]) => ask(verb, args)]));
  const widget = {
    ...(verbs as unknown as Pick<ClewWidget, ChatVerb>),
    on: events.on,
    off: events.off,
    state,
    unmount() {
      gone = true;
      chat?.unmount();
      events.clear();
      element.remove();
    },
  };
  const warm = () => void loadChat().catch(() => undefined);
  launcher.button.addEventListener("pointerenter", warm, { once: true });
  if (options.open) widget.open();
  // What a link to come back by carries, and whether it is for this chat and opens it, is the chat's to read.
  else if (
    location.hash.startsWith(RECONNECT) ||
    remembered.conversation ||
    (options.domain && document.cookie.includes(channel))
  )
    load();
  return widget;
}

function run(chat: ChatHandle, verb: ChatVerb, args: unknown[]): void {
  (chat.verbs[verb] as (...given: unknown[]) => void)(...args);
}
