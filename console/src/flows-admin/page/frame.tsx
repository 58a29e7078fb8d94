import { Anchor, Group, Text, Title } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { FlowLink } from "./flow-link.tsx";
import classes from "./frame.module.css";

type FrameProps = {
  title: string;
  about?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
};

/** The frame of every page of flows: where it is, what can be done. `wide`: as wide as the window. */
export function Frame({ title, about, back, actions, wide = false, children }: FrameProps) {
  return (
    <div className={classes.scroll}>
      <div className={classes.page} data-wide={wide || undefined}>
        {back && (
          <Anchor component={FlowLink} to={back.to} className={classes.back} c="dimmed" fz="sm">
            <IconChevronLeft size={14} aria-hidden className={classes.arrow} />
            {back.label}
          </Anchor>
        )}
        <header className={classes.header}>
          <div className={classes.heading}>
            <Title order={1}>
              <bdi>{title}</bdi>
            </Title>
            {about && (
              <Text c="dimmed" fz="sm" component="div">
                {about}
              </Text>
            )}
          </div>
          {actions && <Group gap="xs">{actions}</Group>}
        </header>
        {children}
      </div>
    </div>
  );
}
