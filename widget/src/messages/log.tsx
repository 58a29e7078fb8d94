import { useMemo } from "preact/hooks";
import { FormCard, QuickReplies, Survey } from "../conversation/parts.ts";
import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { endReason } from "../ended/reason.ts";
import { day } from "../strings/times.ts";
import { Waiting } from "../waiting/waiting.tsx";
import { Announcer } from "./announcer.tsx";
import { MessageGroup } from "./group.tsx";
import { type Notice, type Row, rowsOf } from "./rows.ts";
import { NewMessages, useScrolling } from "./scrolling.tsx";
import { Typing } from "./typing.tsx";

/** The conversation's log, oldest on top. New messages are spoken by the announcer, so reading back stays quiet. */
export function Log() {
  const chatWindow = useChatWindow();
  const { say, text, timeline, loadingOlder, canLoadOlder, conversation, speech, connection, lapsed } = chatWindow;
  const items = timeline.value;
  // Drawn anew only when it is about to look otherwise: a key typed below must not walk a long log.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows read language, connection and access by themselves
  const rows = useMemo(() => {
    const own = items.findLast((item) => item.kind === "message" && item.mine && item.delivery?.state !== "failed");
    return rowsOf(items).map((row) => <RowView key={row.key} row={row} marked={own?.key ?? null} />);
  }, [items, speech.value, connection.value.name, lapsed.value]);
  const scrolling = useScrolling();
  const greeting = text(bootOf(chatWindow)?.look.greeting);
  const atBeginning = !canLoadOlder.value;
  const { status, survey } = conversation.value?.session ?? {};
  const said = items.findLast((item) => item.kind === "message");
  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={say("messages")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        ref={scrolling.element}
        onScroll={scrolling.onScroll}
      >
        <div class="log-inner">
          {loadingOlder.value && <p class="older">{say("loadingOlder")}</p>}
          {atBeginning && greeting && <p class="greeting">{greeting}</p>}
          {rows}
          {said?.event && "replies" in said.event && <QuickReplies key={said.key} event={said.event} />}
          {(status === "waiting" || status === "new") && <Waiting />}
          {survey && <Survey />}
          <Typing />
        </div>
      </div>
      <NewMessages count={scrolling.missed} away={scrolling.away.value} jump={scrolling.toBottom} />
      <Announcer />
    </div>
  );
}

function RowView({ row, marked }: { row: Row; marked: string | null }) {
  const { say, speech, chat, conversation } = useChatWindow();
  switch (row.kind) {
    case "day":
      return (
        <p class="day">
          <span>{day(row.at, chat.serverNow(), speech.value)}</span>
        </p>
      );
    case "session": {
      // Who was asked everything anew has nothing carried over.
      const carried = conversation.value?.facts?.some(({ sessionNumber }) => sessionNumber < row.session);
      return (
        <p class="session-line">
          <span>
            {say("newSession")}
            {carried && <small>{say("carriedOver")}</small>}
          </span>
        </p>
      );
    }
    case "notice":
      return (
        <p class="notice">
          <NoticeText notice={row.notice} />
        </p>
      );
    case "form":
      return <FormCard opened={row.opened} />;
    case "group": {
      const own = row.messages.some((message) => message.key === marked) ? marked : null;
      return <MessageGroup group={row} marked={own} />;
    }
  }
}

function NoticeText({ notice }: { notice: Notice }) {
  const { say } = useChatWindow();
  if (notice.say === "joined") {
    const name = notice.bot ? `${notice.name} (${say("assistant")})` : notice.name;
    return <>{say("joined", { name })}</>;
  }
  if (notice.say !== "ended") return <>{say(notice.say)}</>;
  const end = notice.event.session.end;
  const reason = end ? endReason(end) : ({ say: "endedByTeam" } as const);
  return <>{say(reason.say, { name: end?.name ?? "" })}</>;
}
