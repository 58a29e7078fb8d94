import { createApi } from "../host-page/api.ts";
import { drainQueue } from "../host-page/call-queue.ts";
import type { ChatModule } from "../host-page/widget-host.ts";
import type { ClewQueue, MountOptions } from "../host-page-api.ts";
import { createWidget } from "./widget.ts";

/** Name of the chat's chunk beside this file; the build fills it in. */
declare const CHAT_FILE: string;

const script = document.currentScript as HTMLScriptElement | null;
const base = script?.src || location.href;

// Imported from a script with a nonce, the chunk inherits the nonce, so a strict policy needs no list of addresses.
const loadChat = () => import(/* @vite-ignore */ new URL(CHAT_FILE, base).href) as Promise<ChatModule>;

function start(): void {
  const earlier = window.clew as Partial<ClewQueue> | undefined;
  // The stub may be a proxy that answers to every name, so only an own verb tells that the API is there already.
  if (!earlier || !Object.hasOwn(earlier, "mount")) {
    const api = createApi((options) =>
      createWidget({ ...options, server: options.server ?? new URL(base).origin }, loadChat),
    );
    window.clew = Object.assign(api, { q: earlier?.q ?? [] });
    mountByTag();
    drainQueue(window.clew as Partial<ClewQueue>, api);
  } else {
    mountByTag();
  }
}

/** Mounts the widget that the script tag itself names; a tag without a channel only brings the API. */
function mountByTag(): void {
  // The tag's data attributes are named as the options are; an element cannot be among them.
  const said = { ...script?.dataset, container: undefined } as unknown as MountOptions;
  const { open } = said as { open?: unknown };
  const api = window.clew;
  if (said.channel && api && "mount" in api) api.mount({ ...said, open: open !== undefined && open !== "false" });
}

if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);
