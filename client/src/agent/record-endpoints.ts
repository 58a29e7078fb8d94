import type { Asset, NewAsset } from "@clew/contract/flows/assets";
import type { Connector, ConnectorSettings } from "@clew/contract/flows/connectors";
import type { RecordObject, RecordObjectSettings, RecordPage, StoredRecord } from "@clew/contract/flows/records";

type Items<Item> = { items: Item[] };
type Call<Input, Response> = { input: Input; response: Response };
type Nothing = Record<never, never>;
type Named = { params: { name: string } };
type OfObject = { params: { object: string } };
type One = { params: { object: string; id: string } };
type Values = Record<string, unknown>;
type Links = { conversationId?: string | null; caseId?: string | null };

/** Records, connectors and pictures, as `contract/src/flows/api.ts` has them. */
export type RecordEndpoints = {
  listRecordObjects: Call<Nothing, Items<RecordObject>>;
  saveRecordObject: Call<Named & { body: { settings: RecordObjectSettings; revision: number } }, RecordObject>;
  listRecords: Call<OfObject & { query?: RecordFilter }, RecordPage>;
  createRecord: Call<OfObject & { body: { id: string; values: Values } & Links }, StoredRecord>;
  readRecord: Call<One, StoredRecord>;
  saveRecord: Call<One & { body: { version: number; values: Values } & Links }, StoredRecord>;
  listConnectors: Call<Nothing, Items<Connector>>;
  saveConnector: Call<
    Named & { body: { settings: ConnectorSettings; secrets: Record<string, string | null>; revision: number } },
    Connector
  >;
  deleteConnector: Call<Named, null>;
  listAssets: Call<Nothing, Items<Asset>>;
  createAsset: Call<{ body: NewAsset }, Asset>;
  deleteAsset: Call<Named, null>;
};

type RecordFilter = {
  search?: string;
  conversation?: string;
  case?: string;
  before?: string;
  after?: string;
  limit?: string;
};

/** Method and path by name. */
export const RECORD_ENDPOINTS: Record<keyof RecordEndpoints, string> = {
  listRecordObjects: "GET /record-objects",
  saveRecordObject: "PUT /record-objects/:name",
  listRecords: "GET /records/:object",
  createRecord: "POST /records/:object",
  readRecord: "GET /records/:object/:id",
  saveRecord: "PUT /records/:object/:id",
  listConnectors: "GET /connectors",
  saveConnector: "PUT /connectors/:name",
  deleteConnector: "DELETE /connectors/:name",
  listAssets: "GET /assets",
  createAsset: "POST /assets",
  deleteAsset: "DELETE /assets/:name",
};
