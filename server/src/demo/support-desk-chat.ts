import type { ChannelSettings } from "@clew/contract/channels";
import type { FormField } from "@clew/contract/forms";
import { DEMO_HOURS, DEMO_QUEUES } from "./ids.ts";
import { NAME, SHOP_PAGE } from "./questions.ts";
import { SHOP_CHAT } from "./shop-chat.ts";

const MINUTE = 60_000;

const DEVICE: FormField = {
  key: "device",
  type: "choice",
  label: {
    en: "Which product?",
    de: "Welches Produkt?",
    fr: "Quel produit ?",
    es: "¿Qué producto?",
    ja: "製品",
    ar: "أي منتج؟",
  },
  required: true,
  hidden: false,
  editable: true,
  choices: [
    {
      value: "watering",
      label: {
        en: "Watering controller",
        de: "Bewässerungssteuerung",
        fr: "Programmateur d’arrosage",
        es: "Programador de riego",
        ja: "自動水やりコントローラー",
        ar: "وحدة التحكم في الري",
      },
    },
    {
      value: "grow-light",
      label: {
        en: "Grow light",
        de: "Pflanzenlampe",
        fr: "Lampe de croissance",
        es: "Lámpara de cultivo",
        ja: "植物育成ライト",
        ar: "مصباح إنبات",
      },
    },
    {
      value: "other",
      label: {
        en: "Something else",
        de: "Etwas anderes",
        fr: "Autre chose",
        es: "Otra cosa",
        ja: "その他",
        ar: "شيء آخر",
      },
    },
  ],
};

const WHAT_HAPPENS: FormField = {
  key: "whatHappens",
  type: "longText",
  label: {
    en: "What happens?",
    de: "Was passiert?",
    fr: "Que se passe-t-il ?",
    es: "¿Qué ocurre?",
    ja: "どのような状況ですか",
    ar: "ما الذي يحدث؟",
  },
  hint: {
    en: "A sentence or two is enough.",
    de: "Ein, zwei Sätze genügen.",
    fr: "Une ou deux phrases suffisent.",
    es: "Bastan una o dos frases.",
    ja: "1〜2文で結構です。",
    ar: "تكفي جملة أو جملتان.",
  },
  required: true,
  hidden: false,
  editable: true,
  maxLength: 1000,
};

const BOUGHT: FormField = {
  key: "bought",
  type: "date",
  label: {
    en: "When did you buy it?",
    de: "Wann haben Sie es gekauft?",
    fr: "Quand l’avez-vous acheté ?",
    es: "¿Cuándo lo compró?",
    ja: "ご購入日",
    ar: "متى اشتريته؟",
  },
  required: false,
  hidden: false,
  editable: true,
};

/** Session-based: each session is a conversation of its own, closed for good when it ends. */
export const SUPPORT_DESK_CHAT: ChannelSettings = {
  ...SHOP_CHAT,
  name: "Support desk chat",
  kind: "session-based",
  queueId: DEMO_QUEUES.support,
  weight: 2,
  priority: 70,
  hoursId: DEMO_HOURS.always,
  look: {
    colour: "#3b4cc0",
    colourText: "#ffffff",
    radius: 6,
    font: null,
    logoUrl: null,
    position: "start",
    scheme: "light",
    title: {
      en: "Support desk",
      de: "Technischer Support",
      fr: "Assistance technique",
      es: "Soporte técnico",
      ja: "テクニカルサポート",
      ar: "الدعم الفني",
    },
    subtitle: {
      en: "For devices by Larkspur & Co",
      de: "Für Geräte von Larkspur & Co",
      fr: "Pour les appareils Larkspur & Co",
      es: "Para aparatos de Larkspur & Co",
      ja: "Larkspur & Co 製品のサポート",
      ar: "لأجهزة Larkspur & Co",
    },
    greeting: {
      en: "Tell us what is wrong and stay with us: a technician answers here while you are in this window.",
      de: "Beschreiben Sie das Problem und bleiben Sie dran: Ein Techniker antwortet Ihnen hier.",
      fr: "Décrivez le problème et restez avec nous : un technicien vous répond ici.",
      es: "Cuéntenos qué falla y quédese con nosotros: un técnico le responde aquí.",
      ja: "不具合の内容をお知らせください。この画面で技術担当者がお答えします。",
      ar: "أخبرنا بالمشكلة وابقَ معنا: سيجيبك أحد الفنيين هنا.",
    },
  },
  preChat: {
    title: {
      en: "Tell us about it",
      de: "Worum geht es?",
      fr: "Dites-nous tout",
      es: "Cuéntenos",
      ja: "状況をお聞かせください",
      ar: "أخبرنا بالتفاصيل",
    },
    ask: { when: "session" },
    fields: [NAME, DEVICE, WHAT_HAPPENS, BOUGHT, SHOP_PAGE],
  },
  inactivity: { inactiveAfter: 3 * MINUTE, warnAfter: 8 * MINUTE, endAfterWarning: 2 * MINUTE },
  livePreview: true,
};
