import type { ReconnectOutcome } from "@clew/client";
import { useEffect } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { endReason } from "../ended/reason.ts";
import { clock, day } from "../strings/times.ts";
import { BECAUSE } from "./because.ts";
import { Card } from "./card.tsx";
import type { Landing as LandingState } from "./landing-state.ts";
import { startAnew } from "./start-anew.ts";

/** Someone came by a link: they say whether to go on, and are told what came of it. */
export function Landing({ landing: state }: { landing: Exclude<LandingState, { name: "reading" }> }) {
  const chatWindow = useChatWindow();
  const { say, chat, landing, notice, conversation, speech } = chatWindow;
  const leave = () => {
    landing.value = null;
  };
  async function open(token: string): Promise<void> {
    landing.value = { name: "opening" };
    const opened = await chat.openLink(token);
    if (!opened.ok) {
      landing.value = { name: "asking", token };
      notice.value = { text: say(opened.problem.code === "rate-limited" ? "tooFast" : "failedText"), tone: "error" };
      return;
    }
    tell(opened.value);
  }
  function tell(outcome: ReconnectOutcome): void {
    notice.value = null;
    if (outcome.outcome === "expired" || outcome.outcome === "refused") {
      landing.value = { name: "told", outcome };
      return;
    }
    leave();
    const end = outcome.outcome === "ended" ? endReason(outcome.end) : null;
    const because = outcome.outcome === "resumed-other-agent" ? BECAUSE[outcome.because] : "reopened";
    notice.value = { text: end ? say(end.say, { name: end.name ?? "" }) : say(because), tone: "plain" };
  }

  const token = state.name === "asking" ? state.token : null;
  const here = conversation.value?.id ?? null;
  const looking = useBox(token !== null && here !== null);
  useEffect(() => {
    if (token === null || here === null) return;
    // In the browser that holds this very conversation there is nothing to ask, and nothing to use the link up for.
    void chat.isOwnLink(token).then((own) => {
      if (own) landing.value = null;
      looking.value = false;
    });
  }, [chat, landing, looking, token, here]);

  if (looking.value) {
    return (
      <div role="status" class="return-status">
        <Card icon="clock" title={say("comingBack")} text="" />
      </div>
    );
  }
  if (state.name !== "told") {
    const opening = state.name === "opening";
    return (
      <Card icon="devices" title={say("comeBackTitle")} text={say("comeBackText")}>
        <button
          type="button"
          class="primary"
          disabled={opening}
          onClick={() => void (state.name === "asking" && open(state.token))}
        >
          {say(opening ? "comingBack" : "comeBack")}
        </button>
        {!opening && (
          <button type="button" class="secondary" onClick={leave}>
            {say("cancel")}
          </button>
        )}
      </Card>
    );
  }
  const { outcome } = state;
  const history = conversation.value !== null && (
    <button type="button" class="secondary" onClick={leave}>
      {say("dismiss")}
    </button>
  );
  if (outcome.outcome === "refused") {
    return (
      <Card icon="warn" title={say("linkRefused")} text={say("linkRefusedText")}>
        <button type="button" class="primary" onClick={() => startAnew(chatWindow)}>
          {say("startNew")}
        </button>
        {history}
      </Card>
    );
  }
  const time = `${day(outcome.at, chat.serverNow(), speech.value)}, ${clock(outcome.at, speech.value)}`;
  const { left } = outcome;
  const redirectUrl = /^https?:/.test(outcome.redirectUrl ?? "") ? outcome.redirectUrl : null;
  return (
    <Card icon="clock" title={say("linkExpired", { time })} text={say("linkExpiredText")}>
      {redirectUrl ? (
        <a class="primary" href={redirectUrl}>
          {say("goOn")}
        </a>
      ) : (
        <button type="button" class="primary" onClick={() => startAnew(chatWindow, left)}>
          {say("startNew")}
        </button>
      )}
      {left && left.lines.length > 0 && !history && (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            landing.value = { name: "reading", left };
          }}
        >
          {say("readLeft")}
        </button>
      )}
      {history}
    </Card>
  );
}
