import type { FieldComponent } from "@clew/contract/flows/components";
import { western } from "../../forms/parse-number.ts";
import type { Value } from "../expressions/expression.ts";
import { optionsFor } from "./choices.ts";
import type { Shown } from "./present.ts";

const YES = /^(yes|y|yep|ok|okay|ja|j|oui|si|sí|はい|نعم|true|1)$/iu;
const NO = /^(no|n|nope|nein|non|いいえ|لا|false|0)$/iu;

/** What somebody means who answers a field by a message. */
export function fromText(
  component: FieldComponent,
  text: string,
  scope: Readonly<Record<string, Value>>,
  shown: Shown,
): unknown {
  const line = text.trim().replace(/[.!]+$/u, "");
  switch (component.kind) {
    case "boolean":
    case "consent":
      return YES.test(line) ? true : NO.test(line) ? false : text;
    case "choice": {
      const options = optionsFor(component, scope, shown);
      const meant = (one: string) => {
        const words = same(one);
        const numbered = /^\d{1,3}$/.test(western(one)) ? options[Number(western(one)) - 1] : undefined;
        const named = options.find(({ value, label }) => same(label) === words || same(value) === words);
        return (named ?? numbered)?.value ?? one.trim();
      };
      if (!component.multiple) return meant(line);
      const whole = options.find(({ label }) => same(label) === same(line));
      return whole
        ? [whole.value]
        : line
            .split(/[,;、،\n]/u)
            .filter((one) => one.trim())
            .map(meant);
    }
    case "rating":
    case "number":
      return /^[\p{N}.,\s+-]+$/u.test(line) ? line : text;
    case "address": {
      const [line1 = "", place = "", country = ""] = text.split(/[\n,]/u).map((part) => part.trim());
      const [, postcode = "", city = ""] = /^([\p{L}\d -]*\d[\p{L}\d-]*)\s+(\D.*)$/u.exec(place) ?? ["", "", place];
      return { line1, postcode, city, ...(country.length === 2 ? { country } : {}) };
    }
    default:
      return text;
  }
}

function same(text: string): string {
  return text.trim().normalize("NFKC").toLowerCase();
}
