import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { a } from "../strings/words.ts";
import { minutesAsText, minutesFromText, nextSpan, type Span } from "./minutes.ts";

type SpansEditorProps = {
  spans: Span[];
  day: string;
  onChange(spans: Span[]): void;
  errorAt(index: number): string | undefined;
};

/** The opening times of one day; none means closed. */
export function SpansEditor({ spans, day, onChange, errorAt }: SpansEditorProps) {
  const next = nextSpan(spans);
  return (
    <Stack gap={6}>
      {spans.map((span, index) => {
        const put = (part: Partial<Span>) =>
          onChange(spans.map((other, at) => (at === index ? { ...other, ...part } : other)));
        const place = { day, place: index + 1 };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no name; their place is what identifies them
          <div key={index}>
            <Group gap={6} wrap="nowrap">
              <TimeBox
                label={a("hours.from", place)}
                value={span.from}
                onChange={(from) => put({ from })}
                wrong={errorAt(index) !== undefined}
              />
              <span aria-hidden>–</span>
              <TimeBox
                label={a("hours.to", place)}
                value={span.to}
                onChange={(to) => put({ to })}
                wrong={errorAt(index) !== undefined}
              />
              <ActionIcon
                aria-label={a("hours.removeSpan", place)}
                onClick={() => onChange(spans.filter((_, at) => at !== index))}
              >
                <IconX size={16} />
              </ActionIcon>
              {index === spans.length - 1 && next !== null && spans.length < 10 && (
                <ActionIcon aria-label={a("hours.addSpan", { day })} onClick={() => onChange([...spans, next])}>
                  <IconPlus size={16} />
                </ActionIcon>
              )}
            </Group>
            {errorAt(index) && (
              <Text fz="xs" c="var(--clew-bad)" role="alert">
                {errorAt(index)}
              </Text>
            )}
          </div>
        );
      })}
      {spans.length === 0 && (
        <Group gap="sm" mih="2.25rem">
          <Text fz="sm" c="dimmed">
            {a("hours.closed")}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => next && onChange([next])}
            aria-label={`${a("hours.open")}: ${day}`}
          >
            {a("hours.open")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type TimeBoxProps = { label: string; value: number; onChange(minutes: number): void; wrong: boolean };

/** A time of day, typed in any usual form; what is no time falls back to what it was. */
function TimeBox({ label, value, onChange, wrong }: TimeBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const minutes = typed === null ? null : minutesFromText(typed);
    setTyped(null);
    if (minutes !== null && minutes !== value) onChange(minutes);
  };
  const step = (by: number) => {
    setTyped(null);
    onChange(Math.max(0, Math.min(1440, Math.round((value + by) / 15) * 15)));
  };
  return (
    <TextInput
      aria-label={label}
      w="4.75rem"
      value={typed ?? minutesAsText(value)}
      error={wrong}
      inputMode="numeric"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
          event.preventDefault();
          step(event.key === "ArrowUp" ? 15 : -15);
        }
      }}
    />
  );
}
