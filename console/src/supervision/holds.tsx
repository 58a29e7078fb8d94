import { Anchor, ScrollArea, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { left, length } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { agentName } from "../conversation/names.ts";
import { useDeskState } from "../desk.tsx";
import { useNames } from "../queries.ts";
import { t } from "../strings/strings.ts";
import { type Hold, holdsOf } from "./holds-list.ts";
import classes from "./supervision.module.css";

/** Customers who are away, or back and waiting for their agent, and what is kept for each, whose clock strikes next first. */
export function Holds() {
  const inbox = useDeskState((state) => state.inbox);
  const now = useServerNow();
  const names = useNames();
  const holds = holdsOf(inbox);
  const until = (at: number | null) => (at === null ? "–" : left(at, now));
  const agentOf = ({ agentId }: Hold) => (agentId === null ? t("holds.nobody") : agentName(agentId, names));
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
                  <Table.Td>{agentOf(hold)}</Table.Td>
                  <Table.Td className={classes.figure}>
                    {hold.back ? t("holds.back", { time: length(now - hold.since) }) : length(now - hold.since)}
                  </Table.Td>
                  <Table.Td className={classes.figure}>{unitsOf(hold, now)}</Table.Td>
                  <Table.Td className={classes.figure}>{until(hold.sameAgentUntil)}</Table.Td>
                  <Table.Td className={classes.figure}>
                    {hold.back ? "–" : hold.windowUntil === null ? t("holds.forGood") : left(hold.windowUntil, now)}
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

/** Units that are kept, of those that are to be where more is kept as soon as it is free. */
function unitsOf({ hold, kept, weight }: Hold, now: number): string {
  if (hold === null) return t("holds.noUnits");
  const time = left(hold.until, now);
  const some = kept && hold.weight < weight;
  return some
    ? t("holds.unitsOf", { held: hold.weight, all: weight, time })
    : t("holds.unitsUntil", { count: hold.weight, time });
}
