import { t } from "../strings/strings.ts";
import type { Written } from "./lines.ts";

/** What is read of a message or a note: what the system notes, in the words of the screen; everything else as it was written. */
export function writtenText({ event, text }: Pick<Written, "event" | "text">): string {
  const automatic = event?.type === "note.posted" ? event.automatic : undefined;
  return automatic?.what === "late-answers" ? t("note.lateAnswers", { title: automatic.title }) : text;
}
