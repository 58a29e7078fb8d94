import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button, Loader } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { customerName } from "../customer/name.ts";
import { useCommand } from "../keyboard/keyboard.tsx";
import { useNames } from "../queries.ts";
import { t } from "../strings/strings.ts";
import { LineView } from "./line-view.tsx";
import { linesOf } from "./lines.ts";
import classes from "./log.module.css";
import { Typing } from "./typing.tsx";

/** Nearer to the end than this counts as being there. */
const AT_END_PX = 60;
/** History is asked for when the reader is this near to its start. */
const OLDER_WITHIN_PX = 300;

type Props = { handle: OpenConversation; state: OpenConversationState; conversation: ConversationSnapshot };

/** The conversation's log. It stays at its end while one is there, and where one reads while one reads back. */
export function Log({ handle, state, conversation }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const names = useNames();
  const mine = conversation.session?.agent?.id === names.me;
  const customer = customerName(conversation);
  const [unread] = useState({ after: conversation.positions.agentRead, upTo: conversation.number });
  const lines = useMemo(() => linesOf(state.timeline, unread), [state.timeline, unread]);
  const [atEnd, setAtEnd] = useState(true);
  const newest = state.timeline.at(-1);
  const place = useRef({ first: state.timeline[0]?.key, height: 0 });

  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useCommand("latest", toEnd);
  // Before the paint: keep what is read in its place when history is put above it, or follow the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when what is shown changes, whatever it reads
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const first = state.timeline[0]?.key;
    if (first !== place.current.first) element.scrollTop += element.scrollHeight - place.current.height;
    else if (atEnd) element.scrollTop = element.scrollHeight;
    place.current = { first, height: element.scrollHeight };
  }, [state.timeline, state.typing, atEnd]);
  useLayoutEffect(toEnd, []);
  useStayAtEnd(box, atEnd);

  const read = useEffectEvent(() => {
    // Looking over a colleague's shoulder, or at an offer, reads nothing for the team.
    if (mine && atEnd && !document.hidden && newest) handle.markRead();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when there is more to read
  useEffect(() => read(), [newest?.key, atEnd, state.ready, mine]);
  useEffect(() => {
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, []);
  const lookAround = () => {
    const element = box.current;
    if (!element) return;
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX);
    if (element.scrollTop < OLDER_WITHIN_PX && state.canLoadOlder && !state.loadingOlder) void handle.older();
  };
  const afterChange = useEffectEvent(lookAround);
  // A first page that does not fill the screen cannot be scrolled: ask for more by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at after each change of the log
  useEffect(() => afterChange(), [state.timeline, state.canLoadOlder, state.loadingOlder]);

  const unseen = atEnd
    ? 0
    : lines.filter(
        (line) =>
          line.kind === "written" &&
          line.item.by.who === "customer" &&
          (line.item.number ?? 0) > conversation.positions.agentRead,
      ).length;
  return (
    <div className={classes.frame}>
      <div
        ref={box}
        className={classes.log}
        onScroll={lookAround}
        role="log"
        aria-label={t("conversation.log")}
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
      >
        {state.loadingOlder && (
          <div className={classes.older}>
            <Loader size="xs" aria-label={t("app.loading")} />
          </div>
        )}
        {!state.canLoadOlder && !state.loadingOlder && <p className={classes.start}>{t("conversation.start")}</p>}
        {lines.map((line) => (
          <LineView key={line.key} line={line} handle={handle} names={names} customer={customer} />
        ))}
        {state.typing && <Typing text={state.typing.text} />}
      </div>
      {!atEnd && (
        <Button
          className={classes.jump ?? ""}
          size="compact-sm"
          radius="xl"
          variant="filled"
          leftSection={<IconArrowDown size={14} />}
          onClick={toEnd}
        >
          {unseen > 0 ? t("line.unread", { count: unseen }) : t("conversation.latest")}
        </Button>
      )}
    </div>
  );
}

/** Images and wrapped lines change heights after the paint: whoever is at the end stays there. */
function useStayAtEnd(box: React.RefObject<HTMLDivElement | null>, atEnd: boolean): void {
  useEffect(() => {
    const element = box.current;
    if (!element || !atEnd) return;
    const watch = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight;
    });
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  });
}
