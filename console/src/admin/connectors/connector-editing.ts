import type { Connector, ConnectorSettings } from "@clew/contract/flows/connectors";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";

/** A connector while it is edited: headers in the order typed, secrets only where something was typed. */
export type EditedConnector = Omit<ConnectorSettings, "headers" | "paymentPage"> & {
  name: string;
  /** Empty: none. */
  paymentPage: string;
  headers: { name: string; value: string }[];
  secrets: Record<string, string>;
};

export const BLANK: EditedConnector = {
  name: "",
  baseUrl: "",
  methods: ["GET"],
  hosts: [],
  headers: [],
  privateAddresses: false,
  idempotent: false,
  breakAfter: 10,
  restMs: 30_000,
  paymentPage: "",
  secrets: {},
};

export function editedOf({ name, settings }: Connector): EditedConnector {
  const headers = Object.entries(settings.headers).map(([header, value]) => ({ name: header, value }));
  return { paymentPage: "", ...settings, name, headers, secrets: {} };
}

export function savedOf({ name: _, headers, secrets, paymentPage, ...rest }: EditedConnector) {
  const typed = Object.entries(secrets).filter(([, value]) => value !== "");
  const page = paymentPage.trim() === "" ? {} : { paymentPage: paymentPage.trim() };
  return {
    settings: { ...rest, ...page, headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) },
    secrets: Object.fromEntries(typed),
  };
}

/** The secrets that the headers name, each once. */
export function namedSecrets({ headers }: Pick<EditedConnector, "headers">): string[] {
  const named = headers.flatMap(({ value }) =>
    [...value.matchAll(/\{\{\s*([a-z][A-Za-z0-9_]{0,49})\s*\}\}/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set(named)];
}

/** What is wrong, by pointer; `set` names the secrets that are stored. */
export function checkConnector(edited: EditedConnector, set: readonly string[]): FieldErrors {
  const errors: FieldErrors = {};
  if (!/^[a-z][A-Za-z0-9_-]{0,49}$/.test(edited.name)) errors["/name"] = a("connector.badName");
  if (!/^https?:\/\/./.test(edited.baseUrl)) errors["/baseUrl"] = a("connector.badUrl");
  if (!/^\s*($|https:\/\/.|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(edited.paymentPage))
    errors["/paymentPage"] = a("connector.badPaymentPage");
  if (edited.methods.length === 0) errors["/methods"] = a("connector.methodsNeeded");
  for (const [index, { name }] of edited.headers.entries())
    if (!/^[A-Za-z][A-Za-z0-9-]{0,99}$/.test(name)) errors[`/headers/${index}`] = a("connector.badHeader");
  for (const name of namedSecrets(edited))
    if (!set.includes(name) && !edited.secrets[name]) errors[`/secrets/${name}`] = a("connector.secretNeeded");
  return errors;
}
