import type { Offer } from "@clew/client/agent";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import { useDesk, useDeskState, useMe } from "../desk.tsx";
import { useCommand } from "../keyboard/keyboard.tsx";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { notifyDesktop, playSound, showLooking } from "./alerts.ts";
import { OfferCard } from "./offer-card.tsx";
import classes from "./offers.module.css";
import { arrivals, endOf } from "./watching.ts";

/** Keys pressed this soon after a card appears were meant for something else. */
const TOO_SOON_MS = 700;

/** The open offers, over every screen. */
export function Offers() {
  const desk = useDesk();
  const navigate = useNavigate();
  const offers = useDeskState((state) => state.offers);
  const decline = useRef<(() => void) | null>(null);
  const seenAt = useRef(0);
  const own = useRef(new Set<string>());
  const first = offers[0];
  const goTo = (id: string) => navigate({ to: "/conversations/$id", params: { id } });

  async function accept(offer: Offer) {
    own.current.add(offer.conversationId);
    const result = await desk.accept(offer);
    if (result.ok) await goTo(offer.conversationId);
    else notifications.show({ title: offer.item.title, message: failureText(result), color: "red" });
  }
  async function refuse(offer: Offer, why: string) {
    own.current.add(offer.conversationId);
    const result = await desk.decline(offer, why);
    if (!result.ok) notifications.show({ title: offer.item.title, message: failureText(result), color: "red" });
  }
  useEffect(() => {
    if (first?.offerId) seenAt.current = performance.now();
  }, [first?.offerId]);
  const ripe = (run: () => void) => () => performance.now() - seenAt.current > TOO_SOON_MS && run();
  useCommand("accept", first ? ripe(() => void accept(first)) : null);
  useCommand("decline", first ? ripe(() => decline.current?.()) : null);
  useAnnouncements(own.current, (id) => void goTo(id));

  return (
    <section className={classes.stack} aria-label={t("offer.region")} aria-live="assertive">
      {offers.map((offer, index) => (
        <OfferCard
          key={offer.offerId}
          offer={offer}
          first={index === 0}
          onAccept={() => accept(offer)}
          onDecline={(why) => refuse(offer, why)}
          openDecline={index === 0 ? decline : null}
        />
      ))}
    </section>
  );
}

/** Sound, desktop notification, and a word about whatever came or went without the person having done it. */
function useAnnouncements(own: Set<string>, open: (id: string) => void): void {
  const desk = useDesk();
  const me = useMe().agent.id;
  const offers = useDeskState((state) => state.offers);
  const inbox = useDeskState((state) => state.inbox);
  const ready = useDeskState((state) => state.inboxReady);
  const before = useRef({ offers, inbox, ready });
  const show = useEffectEvent(open);

  useEffect(
    () =>
      desk.onSignal((signal) => {
        // One tab of a browser hears it, for what concerns this agent: a person is called once.
        if (signal.type !== "sound") return;
        playSound(signal.what);
        const { conversationId } = signal;
        const item = desk.state.get().inbox.find((each) => each.conversationId === conversationId);
        if (!item) return;
        const [title, body] =
          signal.what === "offer" ? [t("offer.title"), item.title] : [item.title, item.lastMessage?.text ?? ""];
        void notifyDesktop(title, body, conversationId, () => show(conversationId));
      }),
    [desk],
  );
  useEffect(showLooking, []);
  useEffect(() => {
    const earlier = before.current;
    before.current = { offers, inbox, ready };
    for (const offer of earlier.offers) {
      if (offers.some(({ offerId }) => offerId === offer.offerId) || own.has(offer.conversationId)) continue;
      const how = endOf(offer, inbox, me, desk.serverNow());
      if (how !== "mine")
        notifications.show({
          title: offer.item.title,
          message: t(`offer.gone.${how}`),
          color: "gray",
          autoClose: 8000,
        });
    }
    if (!earlier.ready) return;
    for (const item of arrivals(earlier.inbox, inbox, me)) {
      if (own.delete(item.conversationId)) continue;
      notifications.show({
        title: t("offer.arrived"),
        message: item.title,
        autoClose: 8000,
        style: { cursor: "pointer" },
        onClick: () => show(item.conversationId),
      });
    }
  }, [offers, inbox, ready, own, me, desk]);
}
