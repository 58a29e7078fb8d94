import { useEffect, useState } from "preact/hooks";
import type { PageProps } from "./page-props.ts";

/** What stands above the questions: who sees what is typed, words of the agent, the time that is left. */
export function Told({ form, state, say, agent, shown }: PageProps) {
  const { entry, live, showTyping, people, connection } = state;
  const [now, tick] = useState(() => Date.now());
  const watching = people.filter(({ who }) => who !== "customer");
  const names = watching.map(({ name }) => name ?? say("team"));
  const who = names.length > 0 ? listed(names, shown.locale) : agent;
  const left = entry.expiresAt === null ? null : entry.expiresAt - now;
  const closes = left !== null && left < 5 * 60_000;
  useEffect(() => {
    if (entry.expiresAt === null) return;
    const timer = setInterval(() => tick(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, [entry.expiresAt]);
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
      {closes && entry.expiresAt !== null && (
        <p class="ff-note ff-time">
          {say("timeLeft", new Intl.DateTimeFormat(shown.locale, { timeStyle: "short" }).format(entry.expiresAt))}
          <button type="button" class="secondary" onClick={() => form.extend()}>
            {say("moreTime")}
          </button>
        </p>
      )}
    </>
  );
}

function listed(names: string[], locale: string): string {
  return new Intl.ListFormat(locale).format([...new Set(names)]);
}

/** Giving the form up, asked twice. */
export function Stop({ form, say }: PageProps) {
  const [asked, ask] = useState(false);
  if (!asked)
    return (
      <button type="button" class="ff-link" onClick={() => ask(true)}>
        {say("cancel")}
      </button>
    );
  return (
    <>
      <span>{say("cancelSure")}</span>
      <button type="button" class="ff-link" onClick={() => form.cancel()}>
        {say("cancelYes")}
      </button>
      <button type="button" class="ff-link" onClick={() => ask(false)}>
        {say("cancelNo")}
      </button>
    </>
  );
}
