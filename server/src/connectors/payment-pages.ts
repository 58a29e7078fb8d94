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

/** The origins of those pages, each once: what our own pages may show in a frame beside themselves. */
export async function paymentOrigins(query: Query): Promise<string[]> {
  const pages = Object.values(await paymentPages(query));
  return [...new Set(pages.flatMap((page) => URL.parse(page)?.origin ?? []))];
}
