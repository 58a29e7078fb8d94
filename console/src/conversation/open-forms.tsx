import type { FormEntry } from "@clew/contract/flows/entries";
import { Radio, Stack, Text } from "@mantine/core";
import { day, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { t } from "../strings/strings.ts";
import { CustomerWords } from "./customer-words.tsx";

/** What becomes of the forms that are open when the session ends. `words` are for the customer. */
export type FormsAtEnd = { close: boolean; words: string };

type Props = {
  forms: readonly FormEntry[];
  /** The end of the session closes them in any case. */
  closes: boolean;
  chosen: FormsAtEnd;
  choose(chosen: FormsAtEnd): void;
};

/** Forms that the customer has not sent yet, and what the end of the session means for them. */
export function OpenForms({ forms, closes, chosen, choose }: Props) {
  const titles = forms.map(({ title }) => `“${title}”`).join(", ");
  return (
    <Stack gap="sm" mt="sm">
      <Text size="sm" fw={600} dir="auto">
        {t(closes ? "end.forms.closing" : "end.forms.open", { count: forms.length, titles })}
      </Text>
      {!closes && (
        <Radio.Group
          aria-label={t("end.forms.question")}
          value={chosen.close ? "close" : "leave"}
          onChange={(value) => choose({ ...chosen, close: value === "close" })}
        >
          <Stack gap="xs">
            <Radio value="leave" label={t("end.forms.leave")} description={<Until forms={forms} />} />
            <Radio value="close" label={t("end.forms.close")} description={t("end.forms.closeMeans")} />
          </Stack>
        </Radio.Group>
      )}
      {chosen.close && (
        <CustomerWords
          label={t("end.forms.words")}
          description={t("end.forms.wordsAbout")}
          words={chosen.words}
          change={(words) => choose({ ...chosen, words })}
        />
      )}
    </Stack>
  );
}

/** How long what is left open can still be sent. */
function Until({ forms }: Pick<Props, "forms">) {
  const now = useServerNow();
  const ends = forms.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
  if (ends.length === 0) return t("end.forms.leaveMeans");
  const last = Math.max(...ends);
  return t("end.forms.leaveUntil", { until: `${day(last, now)}, ${timeOfDay(last)}` });
}
