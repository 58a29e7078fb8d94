import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemError } from "../api/admin-api.tsx";
import { problemSentence } from "../api/problem-sentence.ts";
import { a } from "../strings/words.ts";
import { AdminLink } from "./admin-link.tsx";
import { Notice } from "./notice.tsx";
import classes from "./page.module.css";

type PageProps = {
  title: string;
  about?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
};

/** The frame of every page: where it is, what it is for, what can be done. */
export function Page({ title, about, back, actions, wide = false, children }: PageProps) {
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {back && (
            <Anchor component={AdminLink} to={back.to} className={classes.back} c="dimmed" fz="sm">
              <IconChevronLeft size={14} aria-hidden className="clew-flip" />
              {back.label}
            </Anchor>
          )}
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {about && (
            <Text c="dimmed" fz="sm" component="div" maw="46rem">
              {about}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}

/** A group of settings: what it is about at the start, the settings beside it; one below the other when narrow. */
export function Section({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div>
        <Title order={2} fz="md" mb={4}>
          {title}
        </Title>
        {about && (
          <Text c="dimmed" fz="sm" component="div">
            {about}
          </Text>
        )}
      </div>
      <Stack gap="md" miw={0}>
        {children}
      </Stack>
    </section>
  );
}

/** Shows what was read, or that it is being read, or why it could not be, with a way to try again. */
export function Read<Value>({
  query,
  children,
}: {
  query: UseQueryResult<Value>;
  children: (value: Value) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    const sentence = query.error instanceof ProblemError ? problemSentence(query.error.problem) : String(query.error);
    return (
      <Notice tone="bad" title={a("read.failed")} loud>
        <Text fz="sm" mb="sm">
          {sentence}
        </Text>
        <Button variant="default" size="xs" onClick={() => void query.refetch()}>
          {a("read.again")}
        </Button>
      </Notice>
    );
  }
  return (
    <Stack gap="sm" aria-busy aria-label={a("read.loading")} role="status">
      {[70, 100, 85].map((width) => (
        <Skeleton key={width} height={44} width={`${width}%`} radius="md" />
      ))}
    </Stack>
  );
}
