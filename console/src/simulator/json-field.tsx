import { Textarea } from "@mantine/core";
import { s } from "./words.ts";

type Props = { label: string; value: string; bad: boolean; onChange(value: string): void };

/** A map written as JSON. */
export function JsonField({ label, value, bad, onChange }: Props) {
  return (
    <Textarea
      label={label}
      value={value}
      autosize
      minRows={4}
      maxRows={14}
      spellCheck={false}
      dir="ltr"
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.75rem" } }}
      {...(bad ? { error: s("sim.badJson") } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The map that is written; null when it is none. */
export function readJson(text: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
