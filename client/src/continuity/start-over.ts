import type { Chat } from "../chat.ts";
import type { ClearMode } from "../core-state.ts";

/**
 * Whoever is asked which of `state.choices` to go on with begins anew instead. `end`: all of them end, and the newest is
 * shown, where the next message starts a new session. `park`: all of them stay open, put aside, and the next start begins a
 * conversation beside them; until the server has confirmed that, the question stands. False: not all of it was done.
 */
export async function startOver(chat: Chat, mode: ClearMode): Promise<boolean> {
  const { choices } = chat.state.get();
  const { give, newId } = chat.form;
  if (mode === "end" && choices[0]) chat.takeUp(choices[0].id);
  const given = choices.map(({ id: conversationId }) => {
    const about = { id: newId(), conversationId };
    return give(mode === "end" ? { type: "session.end", ...about } : { type: "session.clear", ...about, mode });
  });
  const done = (await Promise.all(given)).every(({ ok }) => ok);
  if (done && mode === "park") chat.newConversation();
  return done;
}
