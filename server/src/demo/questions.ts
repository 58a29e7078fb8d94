import type { FormField } from "@clew/contract/forms";

/** What both demo channels ask. */
export const NAME: FormField = {
  key: "name",
  type: "text",
  label: { en: "Your name", de: "Ihr Name", fr: "Votre nom", es: "Su nombre", ja: "お名前", ar: "الاسم" },
  required: true,
  hidden: false,
  editable: true,
  maxLength: 80,
};

export const EMAIL: FormField = {
  key: "email",
  type: "email",
  label: {
    en: "E-mail address",
    de: "E-Mail-Adresse",
    fr: "Adresse e-mail",
    es: "Correo electrónico",
    ja: "メールアドレス",
    ar: "البريد الإلكتروني",
  },
  hint: {
    en: "Only used if we have to get back to you.",
    de: "Nur, falls wir uns später bei Ihnen melden.",
    fr: "Uniquement si nous devons vous recontacter.",
    es: "Solo por si tenemos que responderle más tarde.",
    ja: "後ほどご連絡が必要な場合にのみ使用します。",
    ar: "نستخدمه فقط إذا احتجنا إلى معاودة التواصل معك.",
  },
  required: true,
  hidden: false,
  editable: true,
  maxLength: 254,
};

/** The page that the customer came from, set by its script; agents see it beside the chat. */
export const SHOP_PAGE: FormField = {
  key: "shopPage",
  type: "text",
  label: { en: "Page in the shop", de: "Seite im Shop" },
  required: false,
  hidden: true,
  editable: false,
  maxLength: 200,
};
