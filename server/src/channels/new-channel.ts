import type { ChannelSettings } from "@clew/contract/channels";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A channel that works as it is once it has a queue: asynchronous, for guests, asking for name and e-mail once. */
export function newChannelSettings(organisation: string): ChannelSettings {
  return {
    name: "Web chat",
    kind: "asynchronous",
    queueId: null,
    weight: 1,
    priority: 50,
    hoursId: null,
    outOfHours: "leave-message",
    look: {
      colour: "#3b4cc0",
      colourText: null,
      radius: 14,
      font: null,
      logoUrl: null,
      position: "end",
      scheme: "auto",
      title: { en: organisation },
    },
    preChat: {
      ask: { when: "missing" },
      fields: [
        { key: "name", type: "text", label: { en: "Your name" }, required: true, hidden: false, editable: true },
        { key: "email", type: "email", label: { en: "E-mail address" }, required: true, hidden: false, editable: true },
      ],
    },
    inactivity: { inactiveAfter: 15 * MINUTE, warnAfter: 23 * HOUR, endAfterWarning: HOUR },
    optOut: { on: false, keywords: { en: ["stop"] } },
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
