import type { ConnectorSettings } from "@clew/contract/flows/connectors";
import type { Query } from "../database/database.ts";

/** Addresses of the payment pages that admins have entered, by connector. */
export async function paymentPages(query: Query): Promise<Record<string, string>> {
  const rows = await query.selectFrom("connectors").select(["name", "settings"]).orderBy("name").execute();
  return Object.fromEntries(
    rows.flatMap(({ name, settings }): [string, string][] => {
      const { paymentPage } = JSON.parse(settings) as ConnectorSettings;
      return paymentPage === undefined ? [] : [[name, paymentPage]];
    }),
  );
}

/** Origins stand in a policy, where other signs than those of a host would be words of the policy. */
const ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/** The origin of a payment page; null: the address is none that a page may be framed from. */
export function paymentOrigin(page: string): string | null {
  const origin = URL.parse(page)?.origin ?? "";
  return ORIGIN.test(origin) ? origin : null;
}

/** The origins of those pages, each once: what our own pages may show in a frame beside themselves. */
export async function paymentOrigins(query: Query): Promise<string[]> {
  const pages = Object.values(await paymentPages(query));
  return [...new Set(pages.flatMap((page) => paymentOrigin(page) ?? []))];
}
