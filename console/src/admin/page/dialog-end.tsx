import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Notice } from "./notice.tsx";

type DialogEndProps = {
  /** Why it was not done. */
  refusal?: string | null;
  /** The way back; `first`: where the keyboard is when the dialog opens. */
  back: { word: string; go(): void; first?: boolean };
  /** What else can be done, as buttons. */
  children: ReactNode;
};

/** The end of every dialog: what stood against it, and below the ways out of it. */
export function DialogEnd({ refusal, back, children }: DialogEndProps) {
  return (
    <>
      {refusal && (
        <Notice tone="bad" loud>
          {refusal}
        </Notice>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={back.go} data-autofocus={back.first || undefined}>
          {back.word}
        </Button>
        {children}
      </Group>
    </>
  );
}
