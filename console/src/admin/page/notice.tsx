import { Alert } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";

type NoticeProps = { tone: "warn" | "bad"; title?: string; children?: ReactNode; loud?: boolean };

const TONES: Record<NoticeProps["tone"], { colour: string; text: string; icon: Icon }> = {
  warn: { colour: "orange", text: "var(--clew-warn)", icon: IconInfoCircle },
  bad: { colour: "red", text: "var(--clew-bad)", icon: IconAlertTriangle },
};

/** Something that should be read before going on. `loud`: it has just come up, so screen readers say it at once. */
export function Notice({ tone, title, children, loud = false }: NoticeProps) {
  const { colour, text, icon: Icon } = TONES[tone];
  return (
    <Alert
      color={colour}
      title={title}
      icon={<Icon aria-hidden />}
      role={loud ? "alert" : "note"}
      styles={{ title: { color: text }, icon: { color: text } }}
    >
      {children}
    </Alert>
  );
}
