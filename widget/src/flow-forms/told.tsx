import type { PageProps } from "./page-props.ts";
import { PARTS } from "./parts.ts";

/** What stands above the questions: who sees what is typed, words of the agent. */
export function Told({ form, state, say, agent, shown }: PageProps) {
  const { entry, live, showTyping, people, connection } = state;
  const watching = people.filter(({ who }) => who !== "customer");
  const names = watching.map(({ name }) => name ?? say("team"));
  const who = names[0] ? listed(names, shown.locale) : agent;
  const more = PARTS.more.get();
  return (
    <>
      {entry.remark && (
        <p class="ff-remark">
          <b>{say("remark")}</b>
          <span dir="auto">{entry.remark.text}</span>
        </p>
      )}
      {connection === "offline" && (
        <p class="ff-note" role="status">
          {say("offline")}
        </p>
      )}
      {live !== "none" && (
        <div class="ff-seen">
          <p>{say(live === "values" && showTyping ? "sees" : "seesStatus", who)}</p>
          {live === "values" && (
            <label class="ff-tick ff-switch">
              <input
                type="checkbox"
                role="switch"
                aria-checked={showTyping}
                checked={showTyping}
                onChange={(event) => form.showTyping(event.currentTarget.checked)}
              />
              <span>{say("showTyping")}</span>
            </label>
          )}
        </div>
      )}
      {more && entry.expiresAt !== null && (
        <more.TimeLeft until={entry.expiresAt} extend={form.extend} {...{ say, shown }} />
      )}
    </>
  );
}

function listed(names: string[], locale: string): string {
  return new Intl.ListFormat(locale).format([...new Set(names)]);
}
