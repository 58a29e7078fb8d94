import type { TimelineItem } from "@clew/client";
import { useCallback, useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { type Box, useBox } from "../conversation/box.ts";
import { Icon } from "../conversation/icons.tsx";
import { useChatWindow } from "../conversation/window-state.ts";
import { notePlace, takeUpPlace } from "./place.ts";

/** Nearer to the end than this counts as being there; nearer to the top than this asks for earlier history. */
const NEAR_END_PX = 60;
const NEAR_TOP_PX = 120;

/**
 * Where the log stands. At the end it stays at the end, whatever is added or resized. Scrolled back, it keeps its place
 * when history is put before it, and counts what came below.
 */
export function useScrolling() {
  const chatWindow = useChatWindow();
  const { chat, timeline, typing, canLoadOlder, loadingOlder, windowOpen, conversation, host } = chatWindow;
  const element = useRef<HTMLDivElement>(null);
  const away = useBox(false);
  const seenUpTo = useRef(0);
  const place = useRef({ firstKey: "", height: 0, top: 0 });

  const newest = timeline.value.findLast((item) => item.number !== null)?.number ?? 0;
  const isMissed = (item: TimelineItem) =>
    item.kind === "message" && !item.mine && (item.number ?? 0) > seenUpTo.current;
  const missed = away.value ? timeline.value.filter(isMissed).length : 0;
  const toBottom = useCallback(() => {
    const log = element.current;
    if (log) log.scrollTop = log.scrollHeight;
  }, []);
  const first = timeline.value[0]?.key ?? "";
  const reach = `${first} ${chatWindow.connection.value.name} ${chatWindow.lapsed.value}`;
  /** History that could not be had is not asked for again by itself, before the reader comes anew or the connection does. */
  const askedAt = useRef("");
  const loadOlder = () => {
    const log = element.current;
    const wanted = log && log.scrollTop < NEAR_TOP_PX && canLoadOlder.peek() && !loadingOlder.peek();
    if (!wanted || askedAt.current === reach) return;
    askedAt.current = reach;
    void chat.older();
  };
  const onScroll = () => {
    const log = element.current;
    // The browser may tell of a movement when the log has just been taken away.
    if (!log) return;
    away.value = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END_PX;
    place.current.top = log.scrollTop;
    place.current.height = log.scrollHeight;
    if (log.scrollTop > 2 * NEAR_TOP_PX) askedAt.current = "";
    loadOlder();
  };

  const shown = timeline.value;
  const mine = shown.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect measures the log after each of these has been drawn
  useLayoutEffect(() => {
    const log = element.current as HTMLElement;
    const { channel } = host.options;
    const drawn = place.current.firstKey !== "";
    const grownAbove = drawn && place.current.firstKey !== first;
    if (!drawn && first && takeUpPlace(channel, conversation.peek()?.id, log)) away.value = true;
    else if (grownAbove && away.peek()) log.scrollTop = place.current.top + log.scrollHeight - place.current.height;
    else if (!away.peek() || (mine?.kind === "message" && mine.delivery?.state === "sending")) toBottom();
    place.current = { firstKey: first, height: log.scrollHeight, top: log.scrollTop };
    loadOlder();
  }, [shown, reach, typing.value, loadingOlder.value]);

  // Pictures that load, the keyboard that opens, larger text: whoever was at the end stays there.
  useEffect(() => {
    const log = element.current as HTMLElement;
    const observer = new ResizeObserver(() => {
      if (!away.peek()) toBottom();
    });
    observer.observe(log);
    observer.observe(log.firstElementChild as Element);
    return () => observer.disconnect();
  }, [away, toBottom]);

  // Whoever had scrolled back finds the log there after a reload or a change of page.
  useEffect(() => {
    const leave = () => {
      const id = conversation.peek()?.id;
      if (away.peek() && id) notePlace(host.options.channel, id, element.current as HTMLElement);
    };
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, [away, conversation, host]);

  if (!away.value) seenUpTo.current = newest;
  useMarkRead(away, newest, windowOpen.value);
  return { element, onScroll, away, missed, toBottom };
}

/** Tells that the newest message was read: only when it is in sight, in a window that is open and a page that is looked at. */
function useMarkRead(away: Box<boolean>, newest: number, open: boolean): void {
  const { chat } = useChatWindow();
  const visible = useBox(document.visibilityState === "visible");
  useEffect(() => {
    const look = () => {
      visible.value = document.visibilityState === "visible";
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [visible]);
  const reading = !away.value && visible.value && open && newest > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each newer message is read anew
  useEffect(() => {
    if (reading) chat.markRead();
  }, [chat, reading, newest]);
}

export function NewMessages({ count, away, jump }: { count: number; away: boolean; jump: () => void }) {
  const { say } = useChatWindow();
  if (!away) return null;
  return (
    <button
      type="button"
      class={count > 0 ? "pill" : "pill quiet"}
      aria-label={count > 0 ? undefined : say("toNewest")}
      onClick={jump}
    >
      <Icon name="down" />
      {count > 0 && say("newMessages", { count })}
    </button>
  );
}
