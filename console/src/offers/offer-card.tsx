import type { Offer } from "@clew/client/agent";
import { plainText } from "@clew/widget/messages/markdown";
import { Badge, Button, Menu, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";
import { length } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { choiceText, labelOf } from "../customer/fact-text.ts";
import { Caps } from "../keyboard/caps.tsx";
import { COMMANDS } from "../keyboard/commands.ts";
import { useChannels, useGlance, useNames, useOrganisation } from "../queries.ts";
import { t } from "../strings/strings.ts";
import { CountdownRing } from "./countdown-ring.tsx";
import classes from "./offers.module.css";

type Props = {
  offer: Offer;
  first: boolean;
  onAccept(): Promise<void>;
  onDecline(why: string): Promise<void>;
  /** Where the card puts the opening of its menu of reasons, for the key. */
  openDecline: RefObject<(() => void) | null> | null;
};

/** One conversation that could be ours: who, about what, how long they wait, how long we may think. */
export function OfferCard({ offer, first, onAccept, onDecline, openDecline }: Props) {
  const { item } = offer;
  const now = useServerNow();
  const names = useNames();
  const reasons = useOrganisation()?.declineReasons ?? [];
  const [busy, setBusy] = useState(false);
  const [menu, setMenu] = useState(false);
  useEffect(() => {
    if (!openDecline) return;
    openDecline.current = () => setMenu(true);
    return () => {
      openDecline.current = null;
    };
  }, [openDecline]);
  const doing = (run: () => Promise<void>) => async () => {
    setBusy(true);
    await run();
    setBusy(false);
  };
  return (
    <article className={classes.card} aria-label={t("offer.label", { title: item.title })}>
      <div className={classes.head}>
        <div className={classes.what}>
          <Text size="xs" c="dimmed">
            {t("offer.title")} · {names.queue(item.staff.queueId)}
          </Text>
          <Text fw={600} dir="auto" lineClamp={2}>
            {item.title}
          </Text>
          <div className={classes.marks}>
            {item.customer.kind === "verified" && (
              <Badge size="xs" variant="light" color="green">
                {t("customer.verified")}
              </Badge>
            )}
            <Text size="xs" c="dimmed">
              {t("offer.waiting", { time: length(now - (item.session.waitingSince ?? item.session.startedAt)) })}
              {item.session.number > 1 && ` · ${t("line.session", { number: item.session.number })}`}
            </Text>
          </div>
        </div>
        <CountdownRing from={offer.madeAt} until={offer.dueAt} now={now} />
      </div>
      {item.lastMessage && (
        <Text size="sm" className={classes.said} dir="auto" lineClamp={2}>
          {plainText(item.lastMessage.text)}
        </Text>
      )}
      <FactsPreview offer={offer} />
      <div className={classes.buttons}>
        <Button
          flex={1}
          loading={busy}
          onClick={doing(onAccept)}
          rightSection={first ? <Caps keys={COMMANDS.accept.keys} /> : null}
        >
          {t("offer.accept")}
        </Button>
        <Menu opened={menu} onChange={setMenu} position="top-end">
          <Menu.Target>
            <Button variant="default" disabled={busy} rightSection={<IconChevronDown size={14} />}>
              {t("offer.decline")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("offer.declineWhy")}</Menu.Label>
            {[...reasons, t("offer.noReason")].map((why) => (
              <Menu.Item key={why} onClick={doing(() => onDecline(why))}>
                {why}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </article>
  );
}

/** What was told, as much as fits: blanks and the name, which is the title, help nobody decide. */
function FactsPreview({ offer: { conversationId, offerId, item } }: { offer: Offer }) {
  const fields = useChannels().find(({ id }) => id === item.channelId)?.draft.preChat.fields ?? [];
  const told = useGlance(conversationId, offerId).data?.facts ?? [];
  const facts = told.filter(({ key, value }) => value !== null && value !== "" && key !== "name").slice(0, 4);
  if (facts.length === 0) return null;
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  return (
    <dl className={classes.facts}>
      {facts.map(({ key, value }) => (
        <div key={key}>
          <dt>{labelOf(key, fieldOf(key))}</dt>
          <dd dir="auto">{choiceText(value, fieldOf(key))}</dd>
        </div>
      ))}
    </dl>
  );
}
