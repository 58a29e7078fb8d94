import { Anchor, ScrollArea, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { left, length } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDeskState } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import { holdsOf } from "./holds-list.ts";
import classes from "./supervision.module.css";

/** Customers who are away and what is kept for each of them, whose clock strikes next first. */
export function Holds() {
  const inbox = useDeskState((state) => state.inbox);
  const now = useServerNow();
  const holds = holdsOf(inbox);
  const until = (at: number | null) => (at === null ? "–" : left(at, now));
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h2>{t("holds.title")}</h2>
      </div>
      {holds.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("holds.none")}
        </Text>
      ) : (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table verticalSpacing={8} className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("holds.customer")}</Table.Th>
                <Table.Th>{t("holds.agent")}</Table.Th>
                <Table.Th>{t("holds.away")}</Table.Th>
                <Table.Th>{t("holds.units")}</Table.Th>
                <Table.Th>{t("holds.promised")}</Table.Th>
                <Table.Th>{t("holds.session")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {holds.map((hold) => (
                <Table.Tr key={hold.conversationId}>
                  <Table.Td dir="auto">
                    <Anchor component={Link} size="sm" to={`/conversations/${hold.conversationId}?list=all`}>
                      {hold.title}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{hold.agent ?? t("holds.nobody")}</Table.Td>
                  <Table.Td className={classes.figure}>{length(now - hold.since)}</Table.Td>
                  <Table.Td className={classes.figure}>
                    {hold.hold === null
                      ? t("holds.noUnits")
                      : t("holds.unitsUntil", { count: hold.hold.weight, time: left(hold.hold.until, now) })}
                  </Table.Td>
                  <Table.Td className={classes.figure}>{until(hold.sameAgentUntil)}</Table.Td>
                  <Table.Td className={classes.figure}>
                    {hold.windowUntil === null ? t("holds.forGood") : left(hold.windowUntil, now)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
    </section>
  );
}
