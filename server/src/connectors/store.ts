import type { Connector, ConnectorSettings } from "@clew/contract/flows/connectors";
import type { ConnectorLimits } from "@clew/domain/flows/lint/world";
import type { Query } from "../database/database.ts";
import { seal, unseal } from "../identity/sealed.ts";
import { addressOf } from "./address-of.ts";

export type Secrets = Readonly<Record<string, string>>;
export type KnownConnector = Omit<Connector, "secrets"> & { secrets: Secrets };

/** What each connector allows, for whoever checks a flow against it; no secret is looked at. */
export async function connectorLimits(query: Query): Promise<ReadonlyMap<string, ConnectorLimits>> {
  const rows = await query.selectFrom("connectors").select(["name", "settings"]).orderBy("name").execute();
  return new Map(rows.map(({ name, settings }) => [name, limitsOf(JSON.parse(settings) as ConnectorSettings)]));
}

function limitsOf(settings: ConnectorSettings): ConnectorLimits {
  return {
    methods: settings.methods,
    pays: settings.paymentPage !== undefined,
    refusalOf(path) {
      const to = addressOf(settings, path, {});
      return typeof to === "string" ? to : null;
    },
  };
}

/** SQL of connectors. `key` seals their secrets. */
export function connectorStore(key: Uint8Array) {
  type Row = { name: string; settings: string; secrets: string; revision: number; updated_at: number };
  const read = (row: Row): KnownConnector => ({
    name: row.name,
    settings: JSON.parse(row.settings) as ConnectorSettings,
    secrets: row.secrets === "" ? {} : (JSON.parse(unseal(key, row.secrets)) as Secrets),
    revision: row.revision,
    updatedAt: Number(row.updated_at),
  });

  return {
    async all(query: Query): Promise<KnownConnector[]> {
      return (await query.selectFrom("connectors").selectAll().orderBy("name").execute()).map(read);
    },

    async find(query: Query, name: string): Promise<KnownConnector | null> {
      const row = await query.selectFrom("connectors").selectAll().where("name", "=", name).executeTakeFirst();
      return row ? read(row) : null;
    },

    async write(query: Query, { name, settings, secrets, revision, updatedAt }: KnownConnector): Promise<void> {
      const row = {
        settings: JSON.stringify(settings),
        secrets: seal(key, JSON.stringify(secrets)),
        revision,
        updated_at: updatedAt,
      };
      await query
        .insertInto("connectors")
        .values({ name, ...row })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
        .execute();
    },

    async remove(query: Query, name: string): Promise<void> {
      await query.deleteFrom("connectors").where("name", "=", name).execute();
    },
  };
}
export type ConnectorStore = ReturnType<typeof connectorStore>;
