import { Text } from "@mantine/core";
import { OptionalDuration } from "../editing/duration-input.tsx";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import type { ChannelEditing } from "./channel-editing.ts";

/** What the window does when the agent ends, what becomes of the chat when its customer signs out, and on computers that several people use. */
export function ResetTab({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  const { onAgentEnd = "stay", afterReset = "offer", idleLock = null } = value;
  return (
    <>
      <Section title={a("reset.title")} about={a("reset.about")}>
        <ChoiceCards
          label={a("setting.onAgentEnd")}
          value={onAgentEnd}
          onChange={(next) => change({ onAgentEnd: next })}
          error={error("/onAgentEnd")}
          choices={(["stay", "readOnly", "ask", "reset"] as const).map((name) => ({
            value: name,
            title: a(`reset.${name}`),
            about: a(`reset.${name}About`),
          }))}
        />
        {(onAgentEnd === "reset" || onAgentEnd === "ask") && (
          <ChoiceCards
            label={a("reset.after")}
            value={afterReset}
            onChange={(next) => change({ afterReset: next })}
            error={error("/afterReset")}
            choices={(["offer", "close", "hide"] as const).map((name) => ({
              value: name,
              title: a(`reset.${name}`),
              about: a(`reset.${name}About`),
            }))}
          />
        )}
      </Section>
      <Section title={a("reset.signOut")} about={a("reset.signOutAbout")}>
        <ChoiceCards
          label={a("setting.onSignOut")}
          value={value.onSignOut ?? "keep"}
          onChange={(next) => change({ onSignOut: next })}
          error={error("/onSignOut")}
          choices={(["keep", "end"] as const).map((name) => ({
            value: name,
            title: a(`signOut.${name}`),
            about: a(`signOut.${name}About`),
          }))}
        />
      </Section>
      <Section title={a("reset.shared")} about={a("reset.sharedAbout")}>
        <OptionalDuration
          switchLabel={a("reset.lockSwitch")}
          label={a("reset.lockAfter")}
          value={idleLock}
          onChange={(next) => change({ idleLock: next })}
          error={error("/idleLock")}
          units={["second", "minute", "hour"]}
          first={300_000}
        />
        <Text fz="sm" c="dimmed">
          {a("reset.lockAbout")}
        </Text>
      </Section>
    </>
  );
}
