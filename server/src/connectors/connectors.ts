import type { Connector, ConnectorSettings } from "@clew/contract/flows/connectors";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { FlowParts } from "../flows/flows.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";
import { type Resolve, resolveHost } from "./addresses.ts";
import { httpCaller } from "./call.ts";
import { paymentOrigin } from "./payment-pages.ts";
import { secretsIn } from "./secrets.ts";
import { connectorStore, type KnownConnector, type Secrets } from "./store.ts";

type Parts = ConfigurationContext & {
  log: Log;
  /** Seals secrets. */
  key: Uint8Array;
  /** What a customer gave in confidence in a form; undefined when it is no longer kept. */
  secretOf(id: string): Promise<Value | undefined>;
  resolve?: Resolve;
};

/** Other systems: what flows call, and what an admin allows them to. Secrets go in and never come out. */
export function createConnectors(parts: Parts): { doers: FlowParts["http"]; handlers: Handlers } {
  const { database, clock, log, key, secretOf, resolve = resolveHost } = parts;
  const store = connectorStore(key);
  return {
    doers: { "http.call": httpCaller({ query: database.query, store, clock, log, resolve, secretOf }) },
    handlers: {
      listConnectors: async () => ({ items: (await store.all(database.query)).map(viewOf) }),

      async saveConnector({ params, body, caller }): Promise<Connector> {
        const name = params.name ?? "";
        const asked = body as { settings: ConnectorSettings; secrets: Record<string, string | null>; revision: number };
        return changeConfiguration(parts, caller, async ({ query, now, record }) => {
          const known = await store.find(query, name);
          if ((known?.revision ?? 0) !== asked.revision) throw new Refused("conflict", { field: "/revision" });
          const settings = tidy(asked.settings);
          const secrets: Secrets = Object.fromEntries(
            Object.entries({ ...known?.secrets, ...asked.secrets }).filter((entry): entry is [string, string] =>
              Boolean(entry[1]),
            ),
          );
          refuseSettings(settings, secrets);
          const next: KnownConnector = { name, settings, secrets, revision: asked.revision + 1, updatedAt: now };
          await store.write(query, next);
          const about = { secrets: Object.keys(asked.secrets) };
          const before = known?.settings ?? null;
          await record({
            action: known ? "save" : "create",
            noun: "connector",
            id: name,
            before,
            after: settings,
            about,
          });
          return viewOf(next);
        });
      },

      async deleteConnector({ params, caller }) {
        await changeConfiguration(parts, caller, async ({ query, record }) => {
          const known = await store.find(query, params.name ?? "");
          if (!known) throw new Refused("not-found");
          await store.remove(query, known.name);
          await record({ action: "delete", noun: "connector", id: known.name, before: known.settings, after: null });
        });
        return null;
      },
    },
  };
}

function viewOf({ secrets, ...rest }: KnownConnector): Connector {
  return { ...rest, secrets: Object.keys(secrets).sort() };
}

function tidy(settings: ConnectorSettings): ConnectorSettings {
  const hosts = settings.hosts.map((host) => host.trim().toLowerCase()).filter(Boolean);
  return { ...settings, methods: [...new Set(settings.methods)], hosts: [...new Set(hosts)] };
}

function refuseSettings({ baseUrl, hosts, headers, paymentPage }: ConnectorSettings, secrets: Secrets): void {
  const url = URL.parse(baseUrl);
  const refuse = (field: string, detail: string) => {
    throw new Refused("setting-refused", { field: `/settings/${field}`, detail });
  };
  if (!url) {
    refuse("baseUrl", "this is not an address");
    return;
  }
  if (url.username || url.password) refuse("baseUrl", "credentials belong into a secret");
  if (url.search || url.hash) refuse("baseUrl", "a base address has no query");
  const page = paymentPage === undefined ? null : URL.parse(paymentPage);
  if (paymentPage !== undefined && !paymentOrigin(paymentPage)) refuse("paymentPage", "this is not an address");
  if (page?.username || page?.password) refuse("paymentPage", "everybody who pays can read this address");
  if (page?.hash) refuse("paymentPage", "the address of a payment page ends with its query");
  if (hosts.length > 0 && !hosts.includes(url.hostname) && !hosts.includes(url.host))
    refuse("hosts", "the host of the base address is not among them");
  for (const [index, host] of hosts.entries())
    if (URL.parse(`http://${host}`)?.host !== host) refuse(`hosts/${index}`, "this is not the name of a host");
  for (const [name, text] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(text)) refuse(`headers/${name}`, "a header is one line");
    const missing = secretsIn(text).find((secret) => !Object.hasOwn(secrets, secret));
    if (missing) refuse(`headers/${name}`, `the secret ${missing} is not set`);
  }
}
