import type { ChannelSettings } from "@clew/contract/channels";
import type { FormField } from "@clew/contract/forms";
import { DEMO_HOURS, DEMO_QUEUES } from "./ids.ts";
import { EMAIL, NAME, SHOP_PAGE } from "./questions.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const TOPIC: FormField = {
  key: "topic",
  type: "choice",
  label: {
    en: "What is it about?",
    de: "Worum geht es?",
    fr: "De quoi s’agit-il ?",
    es: "¿De qué se trata?",
    ja: "お問い合わせの内容",
    ar: "ما موضوع استفسارك؟",
  },
  required: true,
  hidden: false,
  editable: true,
  choices: [
    {
      value: "order",
      label: {
        en: "An order",
        de: "Eine Bestellung",
        fr: "Une commande",
        es: "Un pedido",
        ja: "ご注文について",
        ar: "طلب شراء",
      },
    },
    {
      value: "return",
      label: {
        en: "A return",
        de: "Eine Rücksendung",
        fr: "Un retour",
        es: "Una devolución",
        ja: "返品について",
        ar: "إرجاع منتج",
      },
    },
    {
      value: "advice",
      label: {
        en: "Plant advice",
        de: "Pflanzenberatung",
        fr: "Un conseil sur les plantes",
        es: "Consejos sobre plantas",
        ja: "植物の育て方",
        ar: "نصيحة عن النباتات",
      },
    },
  ],
};

const DETAIL: FormField = {
  key: "detail",
  type: "dependentChoice",
  dependsOn: "topic",
  label: {
    en: "More precisely",
    de: "Genauer gesagt",
    fr: "Plus précisément",
    es: "Más en concreto",
    ja: "詳しい内容",
    ar: "على وجه التحديد",
  },
  required: false,
  hidden: false,
  editable: true,
  choices: [
    {
      value: "where",
      when: ["order"],
      label: {
        en: "Where is my parcel?",
        de: "Wo ist mein Paket?",
        fr: "Où est mon colis ?",
        es: "¿Dónde está mi paquete?",
        ja: "荷物の配送状況",
        ar: "أين طردي؟",
      },
    },
    {
      value: "change",
      when: ["order"],
      label: {
        en: "Change or cancel it",
        de: "Ändern oder stornieren",
        fr: "La modifier ou l’annuler",
        es: "Cambiarlo o anularlo",
        ja: "変更・キャンセル",
        ar: "تعديله أو إلغاؤه",
      },
    },
    {
      value: "damaged",
      when: ["order", "return"],
      label: {
        en: "Something arrived damaged",
        de: "Etwas kam beschädigt an",
        fr: "Un article est arrivé abîmé",
        es: "Algo llegó dañado",
        ja: "商品が破損していた",
        ar: "وصل منتج تالف",
      },
    },
    {
      value: "label",
      when: ["return"],
      label: {
        en: "I need a return label",
        de: "Ich brauche ein Rücksendeetikett",
        fr: "Il me faut une étiquette de retour",
        es: "Necesito una etiqueta de devolución",
        ja: "返送ラベルが必要",
        ar: "أحتاج إلى ملصق إرجاع",
      },
    },
    {
      value: "house-plants",
      when: ["advice"],
      label: {
        en: "House plants",
        de: "Zimmerpflanzen",
        fr: "Plantes d’intérieur",
        es: "Plantas de interior",
        ja: "観葉植物",
        ar: "نباتات داخلية",
      },
    },
    {
      value: "balcony",
      when: ["advice"],
      label: {
        en: "Balcony and garden",
        de: "Balkon und Garten",
        fr: "Balcon et jardin",
        es: "Balcón y jardín",
        ja: "ベランダ・庭",
        ar: "الشرفة والحديقة",
      },
    },
  ],
};

const ORDER_NUMBER: FormField = {
  key: "orderNumber",
  type: "text",
  label: {
    en: "Order number",
    de: "Bestellnummer",
    fr: "Numéro de commande",
    es: "Número de pedido",
    ja: "注文番号",
    ar: "رقم الطلب",
  },
  hint: {
    en: "If you have it at hand, such as LK-204518.",
    de: "Falls zur Hand, zum Beispiel LK-204518.",
    fr: "Si vous l’avez sous la main, par exemple LK-204518.",
    es: "Si lo tiene a mano, por ejemplo LK-204518.",
    ja: "お手元にあればご記入ください（例：LK-204518）。",
    ar: "إن كان متوفرًا لديك، مثل LK-204518.",
  },
  required: false,
  hidden: false,
  editable: true,
  maxLength: 9,
  pattern: "LK-\\d{6}",
  patternHint: {
    en: "LK, a hyphen and six digits",
    de: "LK, ein Bindestrich und sechs Ziffern",
    fr: "LK, un tiret et six chiffres",
    es: "LK, un guion y seis cifras",
    ja: "LK、ハイフン、数字6桁",
    ar: "LK ثم شرطة ثم ستة أرقام",
  },
};

/** Asynchronous: one conversation for as long as the customer likes, asked only for what is not known. */
export const SHOP_CHAT: ChannelSettings = {
  name: "Shop chat",
  kind: "asynchronous",
  queueId: DEMO_QUEUES.orders,
  weight: 1,
  priority: 50,
  hoursId: DEMO_HOURS.always,
  outOfHours: "leave-message",
  look: {
    colour: "#2f6b4f",
    colourText: null,
    radius: 18,
    font: null,
    logoUrl: null,
    position: "end",
    scheme: "auto",
    title: {
      en: "Larkspur & Co",
      de: "Larkspur & Co",
      fr: "Larkspur & Co",
      es: "Larkspur & Co",
      ja: "Larkspur & Co",
      ar: "Larkspur & Co",
    },
    subtitle: {
      en: "We are happy to help",
      de: "Wir helfen Ihnen gern",
      fr: "Nous sommes là pour vous",
      es: "Con gusto le ayudamos",
      ja: "お気軽にご相談ください",
      ar: "يسعدنا أن نساعدك",
    },
    greeting: {
      en: "Hello! Ask us about your order or your plants. You can close this window at any time; our answer waits here.",
      de: "Hallo! Fragen Sie uns zu Bestellung oder Pflanzen. Sie können jederzeit schließen, die Antwort wartet hier.",
      fr: "Bonjour ! Une question sur une commande ou une plante ? Fermez quand vous voulez : la réponse vous attend ici.",
      es: "¡Hola! Pregunte por su pedido o sus plantas. Puede cerrar cuando quiera: la respuesta le espera aquí.",
      ja: "こんにちは。ご注文や植物のことなど何でもどうぞ。画面を閉じても、お返事はここに届きます。",
      ar: "مرحبًا! اسألنا عن طلبك أو نباتاتك. يمكنك إغلاق النافذة متى شئت، وسيبقى ردنا هنا.",
    },
  },
  preChat: {
    title: {
      en: "Before we start",
      de: "Bevor es losgeht",
      fr: "Avant de commencer",
      es: "Antes de empezar",
      ja: "ご相談の前に",
      ar: "قبل أن نبدأ",
    },
    intro: {
      en: "We ask only once and remember it for next time.",
      de: "Wir fragen nur einmal und merken es uns.",
      fr: "Nous ne le demandons qu’une fois.",
      es: "Solo se lo preguntamos una vez.",
      ja: "お伺いするのは一度だけです。",
      ar: "نسألك مرة واحدة فقط ونتذكر إجاباتك.",
    },
    ask: { when: "missing", olderThanDays: 90 },
    fields: [NAME, EMAIL, TOPIC, DETAIL, ORDER_NUMBER, SHOP_PAGE],
  },
  inactivity: { inactiveAfter: 15 * MINUTE, warnAfter: 23 * HOUR, endAfterWarning: HOUR },
  optOut: {
    on: false,
    keywords: {
      en: ["stop", "unsubscribe"],
      de: ["stopp", "stop"],
      fr: ["stop", "arrêt"],
      es: ["alto", "baja"],
      ja: ["停止"],
      ar: ["توقف"],
    },
  },
  verification: { on: false, issuer: "", audience: "", jwksUrl: null, keys: [] },
  // As long as the session lives, one may come back to it; for a quarter of an hour to the agent, who keeps room for it.
  reconnect: {
    sessionWindow: null,
    sameAgentWindow: 15 * MINUTE,
    capacityHold: "full",
    holdFor: 15 * MINUTE,
    linkLife: 7 * 24 * HOUR,
    whenAgentUnavailable: "team",
    portalUrl: null,
    redirectUrl: null,
  },
  customerMayEnd: true,
  attachments: true,
  livePreview: false,
  showQueuePlace: true,
  transcript: true,
  languages: ["en", "de", "fr", "es", "ja", "ar"],
  origins: [],
};
