import { Textarea, type TextareaProps } from "@mantine/core";

type Props = Pick<TextareaProps, "label" | "description" | "size" | "mb"> & {
  words: string;
  change(words: string): void;
};

/** Where somebody of the staff says to the customer why a form closes: as long as the server takes it. */
export function CustomerWords({ words, change, ...look }: Props) {
  return (
    <Textarea
      {...look}
      value={words}
      maxLength={1000}
      autosize
      minRows={2}
      maxRows={5}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
