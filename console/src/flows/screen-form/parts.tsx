import { ADDRESS_PARTS } from "@clew/domain/flows/screens/normalise-maps";
import { Group, Input, Select, Stack, TextInput } from "@mantine/core";
import { t } from "../../strings/strings.ts";
import type { ControlProps, Frame } from "./control-props.ts";

type Parts = Record<string, unknown>;

/** An amount and its currency. */
export function MoneyControl({ component, value, set, frame }: ControlProps<"money"> & { frame: Frame }) {
  const { currencies = ["EUR"] } = component;
  const parts = partsOf(value);
  const currency = textOf(parts.currency) || currencies[0] || "EUR";
  const put = (part: Parts) => set({ amount: textOf(parts.amount), currency, ...part });
  return (
    <Input.Wrapper {...frame} labelElement="div">
      <Group gap={6} wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          inputMode="decimal"
          aria-label={`${frame.label}: ${t("flows.amount")}`}
          value={textOf(parts.amount)}
          onChange={({ currentTarget }) =>
            currentTarget.value === "" ? set(null) : put({ amount: currentTarget.value })
          }
        />
        <Select
          size="xs"
          w="5.5rem"
          aria-label={`${frame.label}: ${t("flows.currency")}`}
          data={currencies}
          value={currency}
          allowDeselect={false}
          onChange={(chosen) => put({ currency: chosen })}
        />
      </Group>
    </Input.Wrapper>
  );
}

/** The parts of an address, one below the other. */
export function AddressControl({ value, set, frame }: ControlProps<"address"> & { frame: Frame }) {
  const parts = partsOf(value);
  return (
    <Input.Wrapper {...frame} labelElement="div">
      <Stack gap={4}>
        {ADDRESS_PARTS.map((part) => (
          <TextInput
            key={part}
            size="xs"
            placeholder={t(`flows.address.${part}`)}
            aria-label={`${frame.label}: ${t(`flows.address.${part}`)}`}
            value={textOf(parts[part])}
            onChange={({ currentTarget }) => set({ ...parts, [part]: currentTarget.value })}
          />
        ))}
      </Stack>
    </Input.Wrapper>
  );
}

function partsOf(value: unknown): Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Parts) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
