import type { ChannelSettings } from "@clew/contract/channels";
import { a } from "../strings/words.ts";

const MINUTE = 60_000;

/** What a new channel starts from: safe, calm and asking for nothing. */
export function newChannel(queueId: string | null): ChannelSettings {
  return {
    name: "",
    kind: "asynchronous",
    queueId,
    weight: 1,
    priority: 0,
    hoursId: null,
    outOfHours: "leave-message",
    look: {
      colour: "#3d4ab4",
      colourText: null,
      radius: 12,
      font: null,
      logoUrl: null,
      position: "end",
      scheme: "auto",
      title: { en: a("newChannel.title") },
      greeting: { en: a("newChannel.greeting") },
    },
    preChat: { ask: { when: "missing" }, fields: [] },
    inactivity: { inactiveAfter: 10 * MINUTE, warnAfter: null, endAfterWarning: 2 * MINUTE },
    optOut: { on: false, keywords: {} },
    verification: { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] },
    customerMayEnd: true,
    attachments: true,
    livePreview: false,
    showQueuePlace: true,
    transcript: true,
    languages: ["en"],
    origins: [],
  };
}
