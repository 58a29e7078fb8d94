import { useChatWindow } from "../conversation/window-state.ts";
import { remember } from "../loader/remembered.ts";
import { Card } from "../return/card.tsx";
import { nameOf } from "./open-popout.ts";

/** Stands in the page while the chat is in a window of its own. */
export function PoppedOut() {
  const { say, host } = useChatWindow();
  const { channel } = host.options;
  /** To the front; one that another tab has opened cannot be reached, and asking for it gives a new one, which is empty. */
  const show = () => {
    const popup = open("", nameOf(channel), "popup,width=400,height=680");
    if (popup?.document.documentElement.dataset.clewPopout) popup.focus();
    else popup?.close();
  };
  return (
    <Card icon="devices" title={say("popoutTitle")} text={say("popoutText")}>
      <button type="button" class="primary" onClick={show}>
        {say("popoutShow")}
      </button>
      <button type="button" class="secondary" onClick={() => remember(channel, { popout: false })}>
        {say("popoutHere")}
      </button>
    </Card>
  );
}
