import type { AskPolicy } from "@clew/contract/forms";
import { Checkbox, Group, NumberInput, Text } from "@mantine/core";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { a } from "../strings/words.ts";

type AskPolicyInputProps = { ask: AskPolicy; onChange(ask: AskPolicy): void; error: string | undefined };

export function AskPolicyInput({ ask, onChange, error }: AskPolicyInputProps) {
  return (
    <>
      <ChoiceCards
        label={a("form.when")}
        value={ask.when}
        onChange={(when) => onChange({ when })}
        choices={[
          { value: "conversation", title: a("ask.conversation"), about: a("ask.conversationAbout") },
          { value: "session", title: a("ask.session"), about: a("ask.sessionAbout") },
          { value: "missing", title: a("ask.missing"), about: a("ask.missingAbout") },
        ]}
      />
      {ask.when === "missing" && (
        <Group gap="xs" align="center">
          <Checkbox
            label={a("ask.older")}
            checked={ask.olderThanDays !== undefined}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? { ...ask, olderThanDays: 180 } : { when: "missing" })
            }
          />
          {ask.olderThanDays !== undefined && (
            <>
              <NumberInput
                aria-label={a("ask.daysLabel")}
                value={ask.olderThanDays}
                onChange={(days) => onChange({ ...ask, olderThanDays: typeof days === "number" ? days : 0 })}
                error={error}
                min={1}
                max={3650}
                allowDecimal={false}
                w="6rem"
              />
              <Text fz="sm">{a("ask.days")}</Text>
            </>
          )}
        </Group>
      )}
    </>
  );
}
