import type { SurveyForm } from "@clew/contract/forms";
import { Switch } from "@mantine/core";
import { Notice } from "../page/notice.tsx";
import { Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import { newField } from "./field-types.ts";

/** A channel that has never asked anything afterwards. */
export const NO_SURVEY: SurveyForm = { on: false, fields: [] };

/** Whether customers are asked afterwards. Switched on with nothing to ask, it begins with what most people ask. */
export function SurveySwitch({ survey, onChange }: { survey: SurveyForm; onChange(survey: SurveyForm): void }) {
  return (
    <Section title={a("survey.title")} about={a("survey.about")}>
      <Switch
        label={a("survey.on")}
        description={a("survey.onAbout")}
        checked={survey.on}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          onChange({ ...survey, on, ...(on && survey.fields.length === 0 ? { fields: usualQuestions() } : {}) });
        }}
      />
      {survey.on && survey.fields.length === 0 && <Notice tone="warn">{a("survey.nothing")}</Notice>}
    </Section>
  );
}

function usualQuestions(): SurveyForm["fields"] {
  const rating = { ...newField("rating", []), label: { en: a("survey.usualRating") }, required: true };
  const comment = { ...newField("longText", [rating]), key: "comment", label: { en: a("survey.usualComment") } };
  return [{ ...rating, hint: { en: a("survey.usualHint") } }, comment];
}
