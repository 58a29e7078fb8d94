import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useRecords } from "./record-queries.ts";
import classes from "./records.module.css";
import { Rows } from "./rows.tsx";
import { r } from "./words.ts";

/** The cases of a conversation, in its customer's panel, and the way to make one. */
export function ConversationCases({ conversationId }: { conversationId: string }) {
  const { data } = useRecords("Case", { conversation: conversationId });
  const cases = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {cases.length > 0 ? (
        <Rows records={cases} label={r("record.cases")} />
      ) : (
        <p className={classes.quiet}>{r("record.noCases")}</p>
      )}
      <Button
        component={Link}
        to={`/records/Case/new/${conversationId}`}
        variant="subtle"
        color="gray"
        size="compact-sm"
        mt={6}
        ml={-8}
        leftSection={<IconPlus size={14} aria-hidden="true" />}
      >
        {r("record.newCase")}
      </Button>
    </>
  );
}
