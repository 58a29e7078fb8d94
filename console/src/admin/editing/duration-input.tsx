import { Group, Input, NativeSelect, NumberInput, Switch } from "@mantine/core";
import { useId, useState } from "react";
import { type DurationUnit, splitDuration, UNIT_MS } from "../strings/duration.ts";
import { a } from "../strings/words.ts";

type DurationInputProps = {
  label: string;
  description?: string;
  error?: string | undefined;
  value: number;
  onChange(ms: number): void;
  units?: DurationUnit[];
  min?: number;
  disabled?: boolean;
};

/** A length of time as a number and its unit; the value is in milliseconds. */
export function DurationInput({
  label,
  description,
  error,
  value,
  onChange,
  units = ["second", "minute", "hour"],
  min = 1,
  disabled = false,
}: DurationInputProps) {
  const id = useId();
  const [unit, setUnit] = useState<DurationUnit>(() => fittingUnit(value, units));
  const amount = value / UNIT_MS[unit];
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      <Group gap={6} mt={4} wrap="nowrap" maw="16rem">
        <NumberInput
          id={id}
          value={Math.round(amount * 100) / 100}
          onChange={(next) => typeof next === "number" && onChange(Math.round(next * UNIT_MS[unit]))}
          min={min}
          max={10_000}
          allowNegative={false}
          decimalScale={1}
          disabled={disabled}
          error={error !== undefined}
          w="7rem"
        />
        <NativeSelect
          aria-label={a("duration.unit", { label })}
          value={unit}
          disabled={disabled}
          onChange={(event) => {
            const next = event.currentTarget.value as DurationUnit;
            setUnit(next);
            onChange(Math.round(amount * UNIT_MS[next]));
          }}
          data={units.map((name) => ({ value: name, label: a(`duration.${name}`) }))}
        />
      </Group>
    </Input.Wrapper>
  );
}

type OptionalProps = Omit<DurationInputProps, "value" | "onChange"> & {
  switchLabel: string;
  value: number | null;
  onChange(ms: number | null): void;
  first: number;
};

/** A length of time that may be switched off altogether (null). */
export function OptionalDuration({ switchLabel, value, onChange, first, ...rest }: OptionalProps) {
  return (
    <div>
      <Switch
        label={switchLabel}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? first : null)}
        mb={value === null ? 0 : "xs"}
      />
      {value !== null && <DurationInput {...rest} value={value} onChange={onChange} />}
    </div>
  );
}

function fittingUnit(value: number, units: DurationUnit[]): DurationUnit {
  const { unit } = splitDuration(value);
  return units.includes(unit) ? unit : (units[units.length - 1] ?? "second");
}
