import { Radio, Stack, Text } from "@mantine/core";
import classes from "./choice-cards.module.css";

type ChoiceCardsProps<Value extends string> = {
  label: string;
  description?: string;
  value: Value;
  onChange(value: Value): void;
  error?: string | undefined;
  choices: { value: Value; title: string; about: string }[];
  columns?: boolean;
};

/** A choice between few things that need a sentence each. */
export function ChoiceCards<Value extends string>({
  label,
  description,
  value,
  onChange,
  error,
  choices,
  columns = false,
}: ChoiceCardsProps<Value>) {
  return (
    <Radio.Group
      label={label}
      description={description}
      value={value}
      onChange={(next) => onChange(next as Value)}
      error={error}
    >
      <Stack gap="xs" mt="xs" className={columns ? classes.columns : ""}>
        {choices.map((choice) => (
          <Radio.Card
            key={choice.value}
            value={choice.value}
            className={classes.card}
            aria-label={`${choice.title}. ${choice.about}`}
          >
            <Radio.Indicator className={classes.mark} />
            <div>
              <Text fz="sm" fw={550}>
                {choice.title}
              </Text>
              <Text fz="sm" c="dimmed">
                {choice.about}
              </Text>
            </div>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}
