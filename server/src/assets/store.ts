import type { Asset } from "@clew/contract/flows/assets";
import type { Query } from "../database/database.ts";
import type { AssetTables } from "./tables.ts";

type Row = AssetTables["assets"];
const ABOUT = ["name", "type", "size", "width", "height", "created_by", "created_at"] as const;

/** All pictures without their content, newest first. */
export async function listAssets(query: Query): Promise<Asset[]> {
  const rows = await query.selectFrom("assets").select(ABOUT).orderBy("created_at", "desc").orderBy("name").execute();
  return rows.map(toAsset);
}

export async function readAsset(query: Query, name: string): Promise<Row | undefined> {
  return query.selectFrom("assets").selectAll().where("name", "=", name).executeTakeFirst();
}

export async function insertAsset(query: Query, row: Row): Promise<void> {
  await query.insertInto("assets").values(row).execute();
}

export async function removeAsset(query: Query, name: string): Promise<void> {
  await query.deleteFrom("assets").where("name", "=", name).execute();
}

/** Flows that name a picture, in their draft or in a version, by key. */
export async function flowsNaming(query: Query, name: string): Promise<string[]> {
  const like = `%${name}%`;
  const drafts = await query.selectFrom("flow_drafts").select("key").where("definition", "like", like).execute();
  const versions = await query.selectFrom("flow_versions").select("key").where("definition", "like", like).execute();
  return [...new Set([...drafts, ...versions].map(({ key }) => key))].sort();
}

export function toAsset(row: Omit<Row, "content">): Asset {
  const { name, type, size, width, height, created_by: createdBy, created_at: createdAt } = row;
  const image = width !== null && height !== null ? { width, height } : null;
  return { name, type, size, image, createdBy, createdAt };
}
