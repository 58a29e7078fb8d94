import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import iconUrl from "../layout/icon.svg";
import { t } from "../strings/strings.ts";
import classes from "./sign-in.module.css";

/** The quiet page around sign-in and set-up. */
export function Frame({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img className={classes.logo} src={iconUrl} alt={t("app.name")} />
        <Title order={1}>{title}</Title>
        {intro && (
          <Text c="dimmed" size="sm" mt={4}>
            {intro}
          </Text>
        )}
        {children}
      </div>
    </main>
  );
}
