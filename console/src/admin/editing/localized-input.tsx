import { Group, SegmentedControl, Select, Text, Textarea, TextInput } from "@mantine/core";
import { isRightToLeft, languageName, localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";

export type LocalizedText = Record<string, string>;

type LocalizedInputProps = {
  label: string;
  description?: string;
  error?: string | undefined;
  language: string;
  value: LocalizedText | undefined;
  /** `undefined` when no language has a text any more. */
  onChange(value: LocalizedText | undefined): void;
  multiline?: boolean;
  required?: boolean;
  maxLength?: number;
};

/** The text of one language; what a reader would see instead stands in the empty box. */
export function LocalizedInput({
  language,
  value,
  onChange,
  multiline = false,
  required = false,
  ...rest
}: LocalizedInputProps) {
  const Control = multiline ? Textarea : TextInput;
  return (
    <Control
      {...rest}
      withAsterisk={required}
      lang={language}
      dir={isRightToLeft(language) ? "rtl" : "ltr"}
      value={value?.[language] ?? ""}
      placeholder={localized(value, language)}
      {...(multiline ? { autosize: true, minRows: 2, maxRows: 8 } : {})}
      onChange={(event: { currentTarget: { value: string } }) =>
        onChange(withText(value, language, event.currentTarget.value))
      }
    />
  );
}

export function withText(value: LocalizedText | undefined, language: string, text: string): LocalizedText | undefined {
  const { [language]: _before, ...others } = value ?? {};
  const next = text === "" ? others : { ...others, [language]: text };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** Chooses the language to write in; a language with texts missing says how many. */
export function LanguageSwitch({
  languages,
  value,
  onChange,
  missing,
}: {
  languages: string[];
  value: string;
  onChange(language: string): void;
  missing(language: string): number;
}) {
  const label = (language: string) => {
    const count = missing(language);
    return count === 0 ? languageName(language) : `${languageName(language)} · ${a("language.missing", { count })}`;
  };
  if (languages.length < 2) return null;
  return (
    <Group gap="xs" align="center">
      <Text fz="sm" c="dimmed" id="language-switch">
        {a("language.writing")}
      </Text>
      {languages.length <= 4 ? (
        <SegmentedControl
          size="xs"
          aria-labelledby="language-switch"
          value={value}
          onChange={onChange}
          data={languages.map((language) => ({ value: language, label: label(language) }))}
        />
      ) : (
        <Select
          size="xs"
          aria-labelledby="language-switch"
          value={value}
          onChange={(next) => next && onChange(next)}
          allowDeselect={false}
          data={languages.map((language) => ({ value: language, label: label(language) }))}
          w="15rem"
        />
      )}
    </Group>
  );
}
