import type { ConnectorSettings } from "@clew/contract/flows/connectors";
import type { Value } from "@clew/domain/flows/expressions/expression";

type Values = Readonly<Record<string, Value>>;

/**
 * The address that a path means for a connector, or why it is not allowed: it has to lie below the base address, or to
 * be whole and lead to one of the hosts that are named.
 */
export function addressOf(
  { baseUrl, hosts }: Pick<ConnectorSettings, "baseUrl" | "hosts">,
  path: string,
  query: Values,
): URL | string {
  const base = new URL(baseUrl);
  const whole = /^https?:\/\//i.test(path);
  if (!whole && !path.startsWith("/")) return "The path has to begin with a slash";
  const root = base.pathname.replace(/\/$/, "");
  const url = URL.parse(whole ? path : `${base.origin}${root}${path}`);
  if (!url) return "The path does not make an address";
  const allowed = hosts.length === 0 ? [base.hostname] : hosts.map((host) => host.toLowerCase());
  if (!allowed.includes(url.hostname) && !allowed.includes(url.host)) return `The host ${url.hostname} is not allowed`;
  if (url.username || url.password) return "An address must not hold credentials";
  if (url.protocol !== base.protocol && url.protocol !== "https:") return "The address has to be https";
  // Dots are resolved by now: what climbs above the base is seen here.
  if (url.origin === base.origin && root !== "" && url.pathname !== root && !url.pathname.startsWith(`${root}/`))
    return "The path leads out of the base address";
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly Value[]) : [value]) {
      if (typeof one === "object" && one !== null) return `The query's ${name} is not a text or a number`;
      if (one !== null) url.searchParams.append(name, String(one));
    }
  }
  return url;
}
