import type { QuickReply } from "@clew/contract/agents";
import { type RefObject, useState } from "react";
import { useQuickReplies } from "../queries.ts";
import { type Expanded, expand, type Filling, findReplies, slashQuery } from "./quick-replies.ts";

type Input = {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText(text: string): void;
  filling: Filling;
  queueId: string | null;
};

export type QuickReplyChoice = {
  open: boolean;
  found: readonly QuickReply[];
  at: number;
  preview: Expanded | null;
  choose(reply: QuickReply): void;
  point(at: number): void;
};

const SHOWN = 8;

/** Quick replies while one types: opened by a slash, steered by arrows, put in place of the slash and what follows it. */
export function useQuickReply({ box, text, setText, filling, queueId }: Input) {
  const replies = useQuickReplies();
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const call = slashQuery(text, caret);
  const found = call && call.from !== dismissed ? findReplies(replies, call.query, queueId).slice(0, SHOWN) : [];
  const open = found.length > 0;
  const current = found[Math.min(at, found.length - 1)];

  function insert(
    words: string,
    from = box.current?.selectionStart ?? text.length,
    to = box.current?.selectionEnd ?? text.length,
  ) {
    setText(text.slice(0, from) + words + text.slice(to));
    const next = from + words.length;
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next, next);
      setCaret(next);
    });
  }
  function choose(reply: QuickReply) {
    if (!call) return;
    insert(expand(reply.text, filling).text, call.from, caret);
    setAt(0);
  }
  function press(event: React.KeyboardEvent): boolean {
    if (!open || !current) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(current);
    else if (event.key === "Escape") setDismissed(call?.from ?? null);
    else return false;
    event.preventDefault();
    return true;
  }
  return {
    open,
    found,
    at: Math.min(at, found.length - 1),
    preview: current ? expand(current.text, filling) : null,
    choose,
    point: setAt,
    press,
    insert: (words: string) => insert(words),
    follow: (event: React.SyntheticEvent<HTMLTextAreaElement>) => {
      setCaret(event.currentTarget.selectionStart);
      if (!call) setDismissed(null);
    },
    aria: {
      ...(open ? { "aria-controls": "quick-replies" } : {}),
      "aria-autocomplete": "list" as const,
      ...(open && current ? { "aria-activedescendant": `quick-reply-${current.id}` } : {}),
    },
  };
}
