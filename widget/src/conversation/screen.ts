import type { ChatState } from "@clew/client";

export type Screen = "loading" | "failed" | "closed-hours" | "pre-chat" | "conversation" | "return";

type Shown = Pick<ChatState, "boot" | "conversation" | "timeline" | "starting">;

/** Which screen the window shows. A conversation that is there is always shown, whatever else is under way. */
export function screenOf({ boot, conversation, timeline, starting }: Shown): Screen {
  if (boot.name === "failed" && !conversation) return "failed";
  if (boot.name !== "ready") return "loading";
  if (conversation || (timeline.length > 0 && starting?.name !== "failed")) return "conversation";
  const { open, outOfHours, preChat } = boot.boot;
  if (!open && outOfHours === "refuse") return "closed-hours";
  return preChat.fields.some((field) => !field.hidden) ? "pre-chat" : "conversation";
}
