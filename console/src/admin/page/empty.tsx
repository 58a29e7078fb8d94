import { Text, ThemeIcon, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./page.module.css";

/** What a list says when it holds nothing: what belongs here, and the first thing to do. */
export function Empty({
  icon: Icon,
  title,
  about,
  action,
}: {
  icon: Icon;
  title: string;
  about: string;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <ThemeIcon variant="light" size={44} radius="xl" aria-hidden>
        <Icon size={22} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} fz="md">
        {title}
      </Title>
      <Text c="dimmed" fz="sm" maw="28rem">
        {about}
      </Text>
      {action}
    </div>
  );
}
