import { type TProperties, type TSchema, Type } from "typebox";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { Asset, AssetName, MAX_ASSET_BYTES, NewAsset } from "./assets.ts";
import { Connector, ConnectorName, SaveConnector } from "./connectors.ts";

function object<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}
const list = (item: TSchema) => Type.Object({ items: Type.Array(item) });
const read = { who: "supervisor", scope: "configuration:read" } as const;
const write = { who: "admin", scope: "configuration:write" } as const;

/** Pictures for screens and messages. All below `/api/v1`; what they show lies at `/assets/<name>`, for everybody. */
export const ASSETS_API: readonly Endpoint[] = [
  endpoint({
    name: "listAssets",
    method: "GET",
    path: "/assets",
    ...read,
    summary: "Pictures that flows may show, newest first",
    response: list(Asset),
  }),
  endpoint({
    name: "createAsset",
    method: "POST",
    path: "/assets",
    ...write,
    summary: "Store a picture; the same content under the same words is the same picture",
    body: NewAsset,
    maxBytes: 2 * MAX_ASSET_BYTES,
    response: Asset,
  }),
  endpoint({
    name: "deleteAsset",
    method: "DELETE",
    path: "/assets/:name",
    ...write,
    summary: "Remove a picture; refused while a draft or a version of a flow names it",
    params: object({ name: AssetName }),
    response: null,
  }),
];

/** Systems that flows may call. All below `/api/v1`. */
export const CONNECTORS_API: readonly Endpoint[] = [
  endpoint({
    name: "listConnectors",
    method: "GET",
    path: "/connectors",
    ...read,
    summary: "Systems that flows may call",
    response: list(Connector),
  }),
  endpoint({
    name: "saveConnector",
    method: "PUT",
    path: "/connectors/:name",
    ...write,
    summary: "Make or change a connector",
    params: object({ name: ConnectorName }),
    body: SaveConnector,
    response: Connector,
  }),
  endpoint({
    name: "deleteConnector",
    method: "DELETE",
    path: "/connectors/:name",
    ...write,
    summary: "Remove a connector",
    params: object({ name: ConnectorName }),
    response: null,
  }),
];
