import type { OrganisationSettings } from "@clew/contract/agents";
import type { HoursSettings } from "@clew/contract/hours";
import type { QueueSettings } from "@clew/contract/routing";
import { DEMO_AGENTS, DEMO_HOURS, DEMO_QUEUES, DEMO_SKILLS } from "./ids.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const DEMO_ORGANISATION: OrganisationSettings = {
  name: "Larkspur & Co",
  presenceReasons: [
    { status: "busy", name: "On a call" },
    { status: "busy", name: "In a meeting" },
    { status: "busy", name: "Writing up a case" },
    { status: "away", name: "Lunch" },
    { status: "away", name: "Short break" },
    { status: "away", name: "Training" },
  ],
  declineReasons: [
    "Not my field",
    "In the middle of another chat",
    "A colleague knows this customer",
    "About to leave",
  ],
};

export const DEMO_SKILL_NAMES = [
  { id: DEMO_SKILLS.orders, name: "Orders" },
  { id: DEMO_SKILLS.returns, name: "Returns" },
  { id: DEMO_SKILLS.plants, name: "Plant care" },
  { id: DEMO_SKILLS.technical, name: "Technical help" },
];

/** The channels are open around the clock, so that the demo works whenever it is tried; the other hours show the rest. */
export function demoHours(year: number): ({ id: string } & HoursSettings)[] {
  const workday = [
    { from: 9 * 60, to: 12 * 60 + 30 },
    { from: 13 * 60, to: 17 * 60 + 30 },
  ];
  return [
    {
      id: DEMO_HOURS.always,
      name: "Around the clock",
      timeZone: "UTC",
      week: Array.from({ length: 7 }, () => [{ from: 0, to: 24 * 60 }]),
      exceptions: [],
    },
    {
      id: DEMO_HOURS.office,
      name: "Office hours",
      timeZone: "Europe/Berlin",
      week: [workday, workday, workday, workday, workday, [{ from: 10 * 60, to: 14 * 60 }], []],
      exceptions: [
        { date: `${year}-12-24`, name: "Christmas Eve", spans: [{ from: 9 * 60, to: 12 * 60 }] },
        { date: `${year}-12-25`, name: "Christmas Day", spans: [] },
        { date: `${year}-12-26`, name: "Boxing Day", spans: [] },
        { date: `${year + 1}-01-01`, name: "New Year's Day", spans: [] },
      ],
    },
  ];
}

const { amara, ben, chiyo, supervisor } = DEMO_AGENTS;

export const DEMO_QUEUE_SETTINGS: readonly ({ id: string } & QueueSettings)[] = [
  {
    id: DEMO_QUEUES.orders,
    name: "Orders and advice",
    strategy: "most-available",
    offerFor: 30 * SECOND,
    autoAccept: false,
    maxWait: 5 * MINUTE,
    overWait: {
      next: "message",
      text: {
        en: "It is taking longer than usual. You can stay here or close this window: your place is kept.",
        de: "Es dauert länger als sonst. Sie können hier warten oder das Fenster schließen: Ihr Platz bleibt Ihnen.",
        fr: "L’attente est plus longue que d’habitude. Restez ici ou fermez la fenêtre : votre place est gardée.",
        es: "Está tardando más de lo habitual. Puede esperar aquí o cerrar la ventana: le guardamos el turno.",
        ja: "通常よりお時間をいただいております。このままお待ちいただいても、画面を閉じても、順番は変わりません。",
        ar: "يستغرق الأمر وقتًا أطول من المعتاد. يمكنك البقاء هنا أو إغلاق هذه النافذة، وسيبقى دورك محفوظًا.",
      },
    },
    hoursId: DEMO_HOURS.always,
    onClose: "park",
    members: [amara, chiyo, supervisor],
    skills: [],
  },
  {
    id: DEMO_QUEUES.support,
    name: "Technical support",
    strategy: "least-active",
    offerFor: 45 * SECOND,
    autoAccept: false,
    maxWait: 15 * MINUTE,
    overWait: { next: "leave-message" },
    hoursId: DEMO_HOURS.always,
    onClose: "requeue",
    members: [ben, amara, supervisor],
    skills: [],
  },
];
