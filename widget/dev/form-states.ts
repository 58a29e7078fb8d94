import type { Component } from "@clew/contract/flows/components";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { FieldView, FormPage } from "@clew/contract/flows/form-live";
import { OPTION_ICONS } from "@clew/contract/flows/words";
import type { LiveFormState } from "../src/flow-forms/live-form.ts";
import { ANN, id, NOW } from "./fixtures.ts";

const ENTRY: FormEntry = {
  id: id(70),
  flow: { key: "loan.useOfFunds.form", version: 3 },
  title: "Use of funds",
  questions: 4,
  state: "open",
  revision: 1,
  live: "values",
  openedAt: NOW,
  expiresAt: null,
  remindAt: null,
  remark: null,
  receipt: null,
};
const PAPERS: Component[] = [
  { id: "papers", kind: "file", label: "Papers", max: 5, hint: "Payslips of three months", required: true },
];
const SAM = { who: "agent" as const, id: ANN.id, name: "Sam", field: null };

const PURPOSE: Component[] = [
  {
    id: "reason",
    kind: "choice",
    style: "cards",
    label: { en: "Purpose", de: "Zweck", ar: "الغرض" },
    required: true,
    options: [
      {
        value: "renovation",
        label: "Renovation work",
        icon: "tools",
        hint: "Kitchen, bathroom, roof, windows, and all that makes a house warmer",
      },
      { value: "vehicle", label: "A vehicle", icon: "car" },
      { value: "other", label: "Something else" },
    ],
  },
  {
    id: "detail",
    kind: "longText",
    label: "Tell us a little more",
    maxLength: 500,
    visible: "=reason == 'other'",
    required: true,
    edit: "both",
  },
  {
    id: "iban",
    kind: "text",
    label: "Account to pay into",
    format: "iban",
    privacy: "private",
    hint: "Twenty digits or so, beginning with two letters",
  },
  {
    id: "agreed",
    kind: "consent",
    label: "Declaration",
    required: true,
    textId: "funds",
    textVersion: 3,
    text: "I declare that the money will be used for the purpose given above.",
  },
];

const TEXTS: Component[] = [
  { kind: "heading", text: "About you" },
  { kind: "display", text: "We need **a few words** so that we can help." },
  { id: "first", kind: "text", label: "First name", required: true, width: "half", autocomplete: "given-name" },
  { id: "family", kind: "text", label: "Family name", required: true, width: "half", autocomplete: "family-name" },
  { id: "email", kind: "email", label: "E-mail address", required: true },
  { id: "phone", kind: "phone", label: "Phone", country: "AT" },
  { id: "site", kind: "url", label: "Web site" },
  { id: "code", kind: "secret", label: "One-time code", numeric: true, maxLength: 6 },
  { kind: "divider" },
  { id: "income", kind: "money", label: "Monthly income", currencies: ["EUR", "CHF"] },
  { id: "rent", kind: "money", label: "Rent", currencies: ["EUR"], width: "half" },
  { id: "size", kind: "number", label: "Size of the flat", unit: "m²", width: "half", min: 1 },
];
const DEPOSIT = { amount: "20.00", currency: "EUR" };
const KINDS: Component[] = [
  { id: "born", kind: "date", label: "Date of birth", known: true, privacy: "private" },
  { id: "from", kind: "date", label: "From", width: "half" },
  { id: "at", kind: "time", label: "At", width: "half" },
  { id: "meet", kind: "datetime", label: "When shall we call?" },
  { id: "length", kind: "duration", label: "How long did it take?" },
  {
    id: "colour",
    kind: "choice",
    style: "chips",
    multiple: true,
    label: "Pictures",
    options: OPTION_ICONS.map((icon) => ({ value: icon, label: icon, icon })),
  },
  {
    id: "way",
    kind: "choice",
    style: "radio",
    other: true,
    label: "How did you hear of us?",
    options: [
      { value: "friend", label: "From a friend" },
      { value: "web", label: "On the web" },
    ],
  },
  {
    id: "land",
    kind: "choice",
    style: "select",
    label: "Branch",
    options: [
      { value: "a", label: "Vienna" },
      { value: "b", label: "Graz" },
    ],
  },
  { id: "news", kind: "boolean", style: "switch", label: "Send me news" },
  { id: "car", kind: "boolean", label: "Do you own a car?", required: true },
  { id: "stars", kind: "rating", label: "How was it?", lowLabel: "Bad", highLabel: "Very good" },
  { id: "likely", kind: "rating", style: "numbers", max: 10, label: "Would you recommend us?" },
  { id: "mood", kind: "rating", style: "faces", label: "How do you feel?" },
  { id: "home", kind: "address", label: "Home", countries: ["AT", "DE", "CH"], lookup: "places" },
  { id: "papers", kind: "file", label: "Papers", max: 3, accept: ["application/pdf", "image/*"] },
  { id: "sign", kind: "signature", label: "Signature" },
  { id: "pay", kind: "payment", label: "Deposit", connector: "pay", amount: DEPOSIT },
  { id: "paid", kind: "payment", label: "Fee", connector: "pay", amount: DEPOSIT, required: true },
];
const PEOPLE: Component[] = [
  {
    id: "borrowers",
    kind: "repeat",
    label: "Who borrows?",
    itemLabel: "Person",
    min: 1,
    max: 3,
    components: [
      { id: "name", kind: "text", label: "Name", required: true },
      { id: "born", kind: "date", label: "Date of birth", known: true },
    ],
  },
  { kind: "group", label: "And how?", components: [{ id: "slow", kind: "boolean", label: "As slowly as possible" }] },
];

/** Each item speaks of itself, though the page has an answer of the same name. */
const THEMSELVES: Component[] = [
  { id: "name", kind: "text", label: "Your name" },
  {
    id: "guests",
    kind: "repeat",
    label: "Guests of {{name}}",
    components: [
      { id: "name", kind: "text", label: "Their name" },
      { id: "knows", kind: "text", label: "How do you know {{name}}?", hint: "{{name}} will not read this" },
      { id: "likes", kind: "rating", label: "Does {{name}} like fish?", lowLabel: "Not {{name}}", highLabel: "Very" },
      { id: "told", kind: "consent", textId: "told", textVersion: 1, text: "{{name}} knows of this." },
    ],
  },
];

const page = (components: Component[], more: Partial<FormPage> = {}): FormPage => ({
  node: "ask",
  title: "What will the money be used for?",
  components,
  scope: {},
  back: false,
  last: true,
  review: false,
  ...more,
});
const view = (field: string, value: unknown, more: Partial<FieldView> = {}): Record<string, FieldView> => ({
  [`ask.${field}`]: {
    field: `ask.${field}`,
    status: "valid",
    visible: true,
    value,
    by: "customer",
    source: "typed",
    seq: 1,
    at: NOW,
    ...more,
  },
});
const filled = { ...view("reason", "other"), ...view("detail", "A boat"), ...view("agreed", true) };

export type FormScene = { state: Partial<LiveFormState> & { entry: FormEntry }; pages: FormPage[] };

/** Every state of a form by name. */
export const FORM_STATES: Record<string, () => FormScene> = {
  form: () => ({ state: { entry: ENTRY, people: [SAM] }, pages: [page(PURPOSE)] }),
  texts: () => ({
    state: { entry: ENTRY, people: [SAM], showTyping: false },
    pages: [page(TEXTS, { title: "About you", last: false }), page(PURPOSE, { node: "two", back: true })],
  }),
  kinds: () => ({
    state: {
      entry: ENTRY,
      fields: {
        ...view("colour", ["bolt", "heart"]),
        ...view("way", "In a dream"),
        ...view("stars", 4),
        ...view("likely", 8),
        ...view("mood", 5),
        ...view("news", true),
        ...view("born", "1981-02-03"),
        ...view("papers", [{ id: "f", name: "payslip of november.pdf", size: 90_000, type: "application/pdf" }]),
        ...view("sign", { path: "M20 60L60 30L70 80L110 40L130 70L200 50" }),
        ...view("paid", { token: "tok_1", amount: DEPOSIT }),
      },
    },
    pages: [page(KINDS, { title: "One of everything", payments: { pay: "https://pay.example/page" } })],
  }),
  repeat: () => ({
    state: { entry: ENTRY, fields: view("borrowers", [{ name: "Ines Moser" }, {}]) },
    pages: [page(PEOPLE, { title: "People" })],
  }),
  items: () => ({
    state: {
      entry: ENTRY,
      fields: { ...view("name", "Ines"), ...view("guests", [{ name: "Bo" }, { name: "Cy", knows: "x" }]) },
    },
    pages: [page(THEMSELVES, { title: "Guests", review: true })],
  }),
  suggested: () => ({
    state: {
      entry: ENTRY,
      people: [SAM],
      fields: {
        ...filled,
        ...view("detail", "A boat", { by: "agent", seq: 3 }),
        ...view("iban", "AT611904300234573201", { by: "flow", source: "prefill" }),
      },
      suggestions: [{ field: "ask.reason", value: "vehicle", by: { name: "Sam" }, at: NOW }],
      hints: { "ask.iban": "You find it on your card." },
      pointed: "ask.iban",
      confirmPrefill: true,
    },
    pages: [page(PURPOSE)],
  }),
  "sent-back": () => ({
    state: {
      entry: { ...ENTRY, revision: 2, remark: { text: "The account is not yours, is it?", fields: ["iban"] } },
      fields: filled,
      problems: { "ask.iban": "This account belongs to somebody else." },
    },
    pages: [page(PURPOSE)],
  }),
  closing: () => ({
    state: {
      entry: { ...ENTRY, expiresAt: Date.now() + 200_000 },
      connection: "offline",
      sending: "failed",
      fields: filled,
    },
    pages: [page(PURPOSE)],
  }),
  review: () => ({
    state: { entry: ENTRY, fields: { ...filled, ...view("iban", "AT611904300234573201") } },
    pages: [page(PURPOSE, { review: true })],
  }),
  sending: () => ({ state: { entry: ENTRY, sending: "sending", fields: filled }, pages: [page(PURPOSE)] }),
  receipt: () => ({
    state: {
      entry: {
        ...ENTRY,
        state: "submitted",
        receipt: {
          id: id(90),
          revision: 1,
          at: NOW,
          by: "customer",
          answers: [
            { field: "ask.reason", label: "Purpose", text: "Something else", privacy: "open" },
            { field: "ask.detail", label: "Tell us a little more", text: "A boat", privacy: "open" },
            { field: "ask.iban", label: "Account to pay into", text: null, privacy: "private" },
          ],
        },
      },
    },
    pages: [],
  }),
  expired: () => ({ state: { entry: { ...ENTRY, state: "expired" } }, pages: [] }),
  "left-unsent": () => ({
    state: {
      entry: { ...ENTRY, state: "expired" },
      fields: {
        ...filled,
        ...view("iban", "AT6119"),
        ...view("detail", "A boat, and a trailer that is long enough for it, with room for everything else"),
        "first.name": { ...(filled["ask.reason"] as FieldView), field: "first.name", value: "Ines Moser" },
      },
    },
    pages: [page(PURPOSE)],
  }),
  "signed-in": () => ({
    state: { entry: { ...ENTRY, state: "cancelled", cancelled: "sign-in" }, page: null },
    pages: [],
  }),
  files: () => ({
    state: {
      entry: ENTRY,
      fields: view("papers", [{ id: "f", name: "payslip of november.pdf", size: 90_000, type: "application/pdf" }]),
      files: [
        {
          id: "1",
          field: "ask.papers",
          name: "plan of the whole house, all floors, final version (3).pdf",
          share: 0.4,
          state: "going",
        },
        {
          id: "2",
          field: "ask.papers",
          name: "setup.exe",
          share: 1,
          state: "failed",
          problem: "type-refused",
          again: false,
        },
        {
          id: "3",
          field: "ask.papers",
          name: "photo.jpg",
          share: 0.2,
          state: "failed",
          problem: "unavailable",
          again: true,
        },
      ],
    },
    pages: [page(PAPERS)],
  }),
  loading: () => ({ state: { entry: ENTRY, page: null }, pages: [] }),
};
