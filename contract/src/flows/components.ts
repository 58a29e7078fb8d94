import { type Static, type TProperties, Type } from "typebox";
import { closed } from "../closed.ts";
import { Condition, formula, Name, RequiredWhen, text, value } from "./spellings.ts";
import { PrivacyClass } from "./variables.ts";
import { type ComponentKind, type FieldKind, OPTION_ICONS } from "./words.ts";

const strict = { additionalProperties: false };

export const FIELD_RULES = [
  "min",
  "max",
  "minLength",
  "maxLength",
  "pattern",
  "oneOf",
  "before",
  "after",
  "iban",
  "luhn",
  "postcode",
  "formula",
] as const;

/** `value` is what the rule compares with; for `formula` the condition that must hold. */
export const FieldRule = Type.Object(
  { rule: closed(FIELD_RULES), value: Type.Optional(value("private")), message: Type.Optional(text(300)) },
  strict,
);
export type FieldRule = Static<typeof FieldRule>;

/** A question. `visible` false: the value is dropped at submit. `check` names a connector that checks on the server. */
function field<const K extends FieldKind, P extends TProperties>(kind: K, own: P) {
  return Type.Object(
    {
      id: Name,
      kind: Type.Literal(kind),
      label: Type.Optional(text(300)),
      hint: Type.Optional(text(1000)),
      ...own,
      placeholder: Type.Optional(text(200)),
      default: Type.Optional(value("private")),
      required: Type.Optional(RequiredWhen),
      visible: Type.Optional(Type.Union([Type.Boolean(), Condition])),
      readOnly: Type.Optional(Type.Union([Type.Boolean(), Condition])),
      rules: Type.Optional(Type.Array(FieldRule, { maxItems: 20 })),
      check: Type.Optional(Type.String({ pattern: "^[a-z][A-Za-z0-9_-]{0,49}$", description: "name of a connector" })),
      privacy: Type.Optional(PrivacyClass),
      agentSees: Type.Optional(closed(["value", "status", "nothing"])),
      edit: Type.Optional(closed(["customer", "both"])),
      autocomplete: Type.Optional(Type.String({ pattern: "^[a-z0-9-]+( [a-z0-9-]+){0,3}$", maxLength: 80 })),
      width: Type.Optional(closed(["full", "half", "third"])),
    },
    strict,
  );
}

const lengths = {
  minLength: Type.Optional(Type.Integer({ minimum: 0, maximum: 8000 })),
  maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 8000 })),
};
const range = <T extends TProperties[string]>(bound: T) => ({
  min: Type.Optional(bound),
  max: Type.Optional(bound),
});
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const Clock = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" });
const Amount = Type.String({ pattern: "^-?\\d{1,15}(\\.\\d{1,6})?$" });
const Currency = Type.String({ pattern: "^[A-Z]{3}$" });
const Country = Type.String({ pattern: "^[A-Z]{2}$" });

export const ChoiceOption = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 100 }),
    label: text(200),
    hint: Type.Optional(text(300)),
    icon: Type.Optional(closed(OPTION_ICONS)),
    visible: Type.Optional(Condition),
  },
  strict,
);
export type ChoiceOption = Static<typeof ChoiceOption>;

const TextField = field("text", { format: Type.Optional(closed(["iban", "luhn", "postcode"])), ...lengths });
const LongTextField = field("longText", {
  ...lengths,
  rows: Type.Optional(Type.Integer({ minimum: 2, maximum: 20 })),
});
const EmailField = field("email", {});
const PhoneField = field("phone", { country: Type.Optional(Country) });
const UrlField = field("url", {});
const NumberField = field("number", {
  ...range(Type.Number()),
  step: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  unit: Type.Optional(text(40)),
});
const MoneyField = field("money", {
  currencies: Type.Optional(Type.Array(Currency, { minItems: 1, maxItems: 20 })),
  ...range(Amount),
});
const DateField = field("date", { ...range(Day), known: Type.Optional(Type.Boolean()) });
const TimeField = field("time", range(Clock));
const DateTimeField = field("datetime", range(Type.String({ maxLength: 40 })));
const DurationField = field("duration", range(Type.String({ pattern: "^P.+$", maxLength: 40 })));
/** `options`, or `optionsFrom` a list of texts or of maps with `value` and `label`. `other`: a choice of one's own words. */
const ChoiceField = field("choice", {
  style: Type.Optional(closed(["radio", "select", "cards", "chips"])),
  multiple: Type.Optional(Type.Boolean()),
  options: Type.Optional(Type.Array(ChoiceOption, { minItems: 1, maxItems: 500 })),
  optionsFrom: Type.Optional(formula("list", "open")),
  other: Type.Optional(Type.Boolean()),
});
const BooleanField = field("boolean", { style: Type.Optional(closed(["checkbox", "switch"])) });
/**
 * Never ticked beforehand, never set by staff. The words are `text`, or the label alone; `textId` and `textVersion` are what
 * those words are called, and stand on the receipt with their hash. `keep`: what of the sending is kept beside them, for staff.
 */
const ConsentField = field("consent", {
  textId: Type.String({ pattern: "^[a-z][A-Za-z0-9-]{0,49}$" }),
  textVersion: Type.Integer({ minimum: 1 }),
  text: Type.Optional(text(8000)),
  keep: Type.Optional(Type.Array(closed(["ip", "userAgent"]), { minItems: 1, uniqueItems: true })),
});
const RatingField = field("rating", {
  style: Type.Optional(closed(["stars", "numbers", "faces"])),
  max: Type.Optional(Type.Integer({ minimum: 2, maximum: 11 })),
  lowLabel: Type.Optional(text(60)),
  highLabel: Type.Optional(text(60)),
});
/** `lookup` names a connector that is asked for addresses while the customer types. */
const AddressField = field("address", {
  countries: Type.Optional(Type.Array(Country, { minItems: 1, maxItems: 250 })),
  lookup: Type.Optional(Type.String({ pattern: "^[a-z][A-Za-z0-9_-]{0,49}$", description: "name of a connector" })),
});
const FileField = field("file", {
  accept: Type.Optional(Type.Array(Type.String({ pattern: "^[a-z]+/[a-z0-9.+*-]+$" }), { minItems: 1, maxItems: 30 })),
  maxMb: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 20 })),
  max: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
});
const SignatureField = field("signature", {});
/** Never leaves the browser before submit; then encrypted, short-lived, usable only in an `http.call`. */
const SecretField = field("secret", { ...lengths, numeric: Type.Optional(Type.Boolean()) });
/** The payment page of a connector in a frame of its own; only a token ever reaches us. The amount is on the receipt. */
const PaymentField = field("payment", {
  connector: Type.String({ pattern: "^[a-z][A-Za-z0-9_-]{0,49}$", description: "name of a connector" }),
  amount: value("open", "money"),
});

export const FieldComponent = Type.Union([
  TextField,
  LongTextField,
  EmailField,
  PhoneField,
  UrlField,
  NumberField,
  MoneyField,
  DateField,
  TimeField,
  DateTimeField,
  DurationField,
  ChoiceField,
  BooleanField,
  ConsentField,
  RatingField,
  AddressField,
  FileField,
  SignatureField,
  SecretField,
  PaymentField,
]);
export type FieldComponent = Static<typeof FieldComponent>;

/** Something to read. It has no answer and needs no id. */
function display<const K extends ComponentKind, P extends TProperties>(kind: K, own: P) {
  return Type.Object(
    {
      id: Type.Optional(Name),
      kind: Type.Literal(kind),
      ...own,
      visible: Type.Optional(Type.Union([Type.Boolean(), Condition])),
      width: Type.Optional(closed(["full", "half", "third"])),
    },
    strict,
  );
}

/** `display` is limited Markdown, never HTML. An image comes from the asset store. `answers` lists a form's answers. */
export const DisplayComponent = Type.Union([
  display("display", { text: text(8000, "private") }),
  display("image", {
    src: Type.String({ minLength: 1, maxLength: 2001, "x-spelling": "text", "x-gives": "text" }),
    alt: text(300),
  }),
  display("heading", { text: text(300, "private"), level: Type.Optional(Type.Integer({ minimum: 2, maximum: 4 })) }),
  display("divider", {}),
  display("answers", { title: Type.Optional(text(300)), of: formula("map", "private") }),
]);
export type DisplayComponent = Static<typeof DisplayComponent>;

const Plain = Type.Union([...FieldComponent.anyOf, ...DisplayComponent.anyOf]);

/** The same questions several times; the answer is a list of maps. Its components hold no further containers. */
export const RepeatComponent = Type.Object(
  {
    id: Name,
    kind: Type.Literal("repeat"),
    label: Type.Optional(text(300)),
    hint: Type.Optional(text(1000)),
    itemLabel: Type.Optional(text(100)),
    min: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    visible: Type.Optional(Type.Union([Type.Boolean(), Condition])),
    components: Type.Array(Plain, { minItems: 1, maxItems: 30 }),
  },
  strict,
);
export type RepeatComponent = Static<typeof RepeatComponent>;

/** Questions that appear together. Their answers stand beside the others; the group itself has none. */
export const GroupComponent = Type.Object(
  {
    id: Type.Optional(Name),
    kind: Type.Literal("group"),
    label: Type.Optional(text(300)),
    visible: Type.Optional(Type.Union([Type.Boolean(), Condition])),
    components: Type.Array(Type.Union([...Plain.anyOf, RepeatComponent]), { minItems: 1, maxItems: 60 }),
  },
  strict,
);
export type GroupComponent = Static<typeof GroupComponent>;

export const Component = Type.Union([...Plain.anyOf, RepeatComponent, GroupComponent]);
export type Component = FieldComponent | DisplayComponent | RepeatComponent | GroupComponent;
