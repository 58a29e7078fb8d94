import { createChat } from "@clew/client";
import { mountWindow } from "./conversation/mount-window.tsx";
import type { ChatHandle, WidgetHost } from "./host-page/widget-host.ts";

/** The chunk that the loader fetches when the chat is wanted: the headless client and the window around it. */
export function mountChat(host: WidgetHost): ChatHandle {
  const { server, channel, language, domain } = host.options;
  const chat = createChat({
    server,
    channelId: channel,
    domain,
    language: language ?? (document.documentElement.lang || navigator.language),
    page: { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) },
    shows: ["forms"],
  });
  const popoutScript = () => import("./popout/inhabit.ts").then(({ script }) => script);
  return mountWindow({ ...host, popoutScript }, chat);
}
