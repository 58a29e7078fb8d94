import { type Normal, no } from "./field-problem.ts";
import { lineOf } from "./normalise-texts.ts";

/** An address of the web, with its scheme; "example.com" is meant as https. */
export function urlOf(text: string): Normal {
  const line = lineOf(text);
  const whole = /^[a-z][a-z0-9+.-]*:/iu.test(line) && !/^[^/]+:\d/u.test(line) ? line : `https://${line}`;
  const [, scheme = "", host = "", rest = ""] = /^(https?):\/\/([^\s/?#@\\]{1,253})([/?#]\S*)?$/iu.exec(whole) ?? [];
  if (!host || !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d{1,5})?$/u.test(host) || whole.length > 2_000) return no("url");
  return { value: `${scheme.toLowerCase()}://${host.toLowerCase()}${rest}` };
}
