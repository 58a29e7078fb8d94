import type { FieldComponent } from "@clew/contract/flows/components";
import {
  Checkbox,
  FileInput,
  Group,
  PasswordInput,
  Radio,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useId } from "react";
import { t } from "../../strings/strings.ts";
import type { ControlProps, Frame } from "./control-props.ts";
import { OptionLabel } from "./option-label.tsx";
import type { Answers } from "./page.ts";
import { AddressControl, MoneyControl } from "./parts.tsx";

const TYPES: Partial<Record<FieldComponent["kind"], string>> = {
  email: "email",
  phone: "tel",
  url: "url",
  date: "date",
  time: "time",
  datetime: "datetime-local",
};

/** One question. Values are given on as typed; what they are is worked out where they are checked. */
export function Control(props: ControlProps) {
  const { component, field, value, set, placeholder } = props;
  const frame = frameOf(props);
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  switch (component.kind) {
    case "longText":
      return (
        <Textarea
          {...frame}
          value={text}
          placeholder={placeholder}
          autosize
          minRows={component.rows ?? 2}
          maxRows={10}
          disabled={field.readOnly}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case "secret":
      return (
        <PasswordInput
          {...frame}
          value={text}
          autoComplete="off"
          disabled={field.readOnly}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case "boolean": {
      const Box = component.style === "switch" ? Switch : Checkbox;
      return (
        <Box
          size="xs"
          label={frame.label}
          description={frame.description}
          error={frame.error}
          checked={value === true}
          disabled={field.readOnly}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    }
    case "consent":
      return (
        <Checkbox
          size="xs"
          label={frame.label}
          description={props.text || frame.description}
          error={frame.error}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case "choice":
      return <Choice {...(props as ControlProps<"choice">)} />;
    case "rating":
      return (
        <Radio.Group {...frame} value={text} onChange={set}>
          <Group gap="sm" mt={4}>
            {Array.from({ length: component.max ?? 5 }, (_, index) => String(index + 1)).map((one) => (
              <Radio size="xs" key={one} value={one} label={one} />
            ))}
          </Group>
        </Radio.Group>
      );
    case "money":
      return <MoneyControl {...(props as ControlProps<"money">)} frame={frame} />;
    case "address":
      return <AddressControl {...(props as ControlProps<"address">)} frame={frame} />;
    case "file":
      return <Files {...(props as ControlProps<"file">)} />;
    case "signature":
      return (
        <TextInput
          {...frame}
          placeholder={t("flows.signatureName")}
          value={nameIn(value)}
          onChange={(event) => set(event.currentTarget.value === "" ? null : { name: event.currentTarget.value })}
        />
      );
    case "payment":
      // Staff are never asked to pay: this is the simulator, which pays nothing.
      return (
        <Checkbox
          size="xs"
          label={frame.label}
          description={props.due ? t("flows.paymentSimulated", props.due) : t("flows.nothingDue")}
          error={frame.error}
          disabled={!props.due}
          checked={field.value !== null}
          onChange={({ currentTarget }) =>
            set(currentTarget.checked ? { token: "simulated", reference: "simulated", amount: props.due } : null)
          }
        />
      );
    default:
      return (
        <TextInput
          {...frame}
          type={TYPES[component.kind] ?? "text"}
          inputMode={component.kind === "number" ? "decimal" : undefined}
          value={component.kind === "datetime" ? text.slice(0, 16) : text}
          placeholder={placeholder}
          disabled={field.readOnly}
          rightSection={component.kind === "number" && typeof component.unit === "string" ? component.unit : undefined}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
  }
}

function frameOf({ label, hint, problem, field }: ControlProps): Frame {
  return {
    label,
    size: "xs",
    withAsterisk: field.required,
    ...(hint ? { description: hint } : {}),
    ...(problem ? { error: problem } : {}),
  };
}

function Choice(props: ControlProps<"choice">) {
  const { component, field, value, set } = props;
  const frame = frameOf(props as ControlProps);
  const name = useId();
  const options = field.options ?? [];
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const one = typeof value === "string" ? value : "";
  const own = component.other && one !== "" && !options.some((option) => option.value === one);
  if (component.multiple)
    return (
      <Checkbox.Group {...frame} value={chosen} onChange={set}>
        <Stack gap={6} mt={4}>
          {options.map((option) => (
            <Checkbox
              size="xs"
              key={option.value}
              value={option.value}
              label={<OptionLabel option={option} />}
              description={option.hint}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  if (component.style === "select" || options.length > 12)
    return (
      <Select
        {...frame}
        data={options.map((option) => ({ value: option.value, label: option.label }))}
        value={one || null}
        searchable={options.length > 8}
        disabled={field.readOnly}
        onChange={set}
      />
    );
  return (
    <>
      <Radio.Group {...frame} name={name} value={own ? "" : one} onChange={set} readOnly={field.readOnly}>
        <Stack gap={6} mt={4}>
          {options.map((option) => (
            <Radio
              size="xs"
              key={option.value}
              value={option.value}
              label={<OptionLabel option={option} />}
              description={option.hint}
            />
          ))}
        </Stack>
      </Radio.Group>
      {component.other && (
        <TextInput
          size="xs"
          label={t("flows.other")}
          value={own ? one : ""}
          onChange={(event) => set(event.currentTarget.value || null)}
        />
      )}
    </>
  );
}

function Files(props: ControlProps<"file">) {
  const { component, value, set, onFile } = props;
  const frame = frameOf(props as ControlProps);
  const held = [value].flat().filter((one): one is Answers => typeof one === "object" && one !== null);
  const names = held.map(({ name }) => String(name)).join(", ");
  return (
    <FileInput
      {...frame}
      {...(names ? { description: names } : {})}
      accept={component.accept?.join(",") ?? ""}
      placeholder={t("flows.chooseFile")}
      disabled={!onFile}
      clearable
      onChange={async (file) => {
        if (!file) return set(null);
        const stored = await onFile?.(file);
        if (stored) set((component.max ?? 1) > 1 ? [...held, stored] : stored);
      }}
    />
  );
}

function nameIn(value: unknown): string {
  const name = typeof value === "object" && value !== null && "name" in value ? value.name : "";
  return typeof name === "string" ? name : "";
}
