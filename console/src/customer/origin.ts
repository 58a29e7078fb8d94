import type { Fact } from "@clew/contract/facts";
import { day } from "../clock/ages.ts";
import { t } from "../strings/strings.ts";

/** Where a value comes from: this session or an earlier one, typed, sent by the page, or corrected by whom. */
export function origin(fact: Fact, current: number, now: number, me: string): string {
  const marks = [];
  if (fact.sessionNumber < current)
    marks.push(t("fact.carried", { date: day(fact.at, now), number: fact.sessionNumber }));
  if (fact.how === "corrected")
    marks.push(
      fact.by.id === me ? t("fact.correctedByYou") : t("fact.corrected", { name: fact.by.name ?? t("who.agent") }),
    );
  if (fact.how === "confirmed")
    marks.push(
      fact.by.id === me ? t("fact.confirmedByYou") : t("fact.confirmed", { name: fact.by.name ?? t("who.agent") }),
    );
  if (fact.how === "hidden") marks.push(t("fact.hidden"));
  return marks.join(" · ");
}
