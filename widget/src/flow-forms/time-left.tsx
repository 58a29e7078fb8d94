import { useEffect, useState } from "preact/hooks";
import { useChatWindow } from "../conversation/window-state.ts";
import type { PageProps } from "./page-props.ts";

/** Time is spoken of when so much of it is left, in milliseconds. */
const SOON_MS = 5 * 60_000;
const LOOK_MS = 15_000;

type TimeLeftProps = Pick<PageProps, "say" | "shown"> & { until: number; extend(): void };

/** When the form closes by the server's clock, and a way to more time, once it is soon. A form without a chat has the page's. */
export function TimeLeft({ until, extend, say, shown }: TimeLeftProps) {
  const { serverNow } = useChatWindow()?.chat ?? { serverNow: Date.now };
  const [now, tick] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => tick(serverNow()), LOOK_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  const soon = until - now < SOON_MS;
  // There before its words, so that they are read out when they come.
  return (
    <div role="status" class={soon ? "" : "hidden"}>
      {soon && (
        <p class="ff-note ff-time">
          {say("timeLeft", new Intl.DateTimeFormat(shown.locale, { timeStyle: "short" }).format(until))}
          <button type="button" class="secondary" onClick={extend}>
            {say("moreTime")}
          </button>
        </p>
      )}
    </div>
  );
}
