import type { FormField } from "@clew/contract/forms";
import { Badge, SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";
import { LocalizedInput } from "../editing/localized-input.tsx";
import { a } from "../strings/words.ts";
import { tryPattern } from "./check-form.ts";

type PatternInputProps = {
  field: FormField;
  language: string;
  error: string | undefined;
  onChange(parts: { pattern?: string | undefined; patternHint?: Record<string, string> | undefined }): void;
};

/** The pattern of an answer, what is said when it does not fit, and a place to try it. */
export function PatternInput({ field, language, error, onChange }: PatternInputProps) {
  const [tried, setTried] = useState("");
  const fits = field.pattern === undefined ? null : tryPattern(field.pattern, tried);
  return (
    <>
      <TextInput
        label={a("field.pattern")}
        description={a("field.patternAbout")}
        value={field.pattern ?? ""}
        onChange={(event) =>
          onChange(
            event.currentTarget.value
              ? { pattern: event.currentTarget.value }
              : { pattern: undefined, patternHint: undefined },
          )
        }
        error={error}
        maxLength={200}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      {field.pattern !== undefined && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <LocalizedInput
            label={a("field.patternHint")}
            language={language}
            value={field.patternHint}
            onChange={(patternHint) => onChange({ patternHint })}
          />
          <TextInput
            label={a("field.patternTry")}
            placeholder={a("field.patternTryAbout")}
            value={tried}
            onChange={(event) => setTried(event.currentTarget.value)}
            rightSectionWidth={90}
            rightSection={
              tried !== "" &&
              fits !== null && (
                <Badge
                  variant="light"
                  color={fits ? "teal" : "red"}
                  c={fits ? "var(--clew-good)" : "var(--clew-bad)"}
                  role="status"
                >
                  {fits ? a("field.patternFits") : a("field.patternFitsNot")}
                </Badge>
              )
            }
          />
        </SimpleGrid>
      )}
    </>
  );
}
