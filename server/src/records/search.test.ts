import type { StoredRecord } from "@clew/contract/flows/records";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { newId, startTestApp } from "../testing/test-app.ts";

/** More than a search reads at a time, and than it once looked through at all. */
const MANY = 5_200;
type Page = { items: StoredRecord[]; more: boolean; next?: string };

describe.each(ENGINES)("searching among very many records on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let database: Database;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    database = await connect(app.place);
    // All changed at one time; the hundredth holds what is written in JSON with signs before it.
    await database.raw.run(
      `INSERT INTO records (id, object, number, version, fields, sealed, conversation_id, session_id, case_id, created_at, updated_at)
       SELECT '0190a000-0000-7000-8000-' || substr(CAST(1000000000000 + i AS TEXT), 2), 'Contact', 100000 + i, 1,
              '{"name":"' || CASE WHEN i = 100 THEN '100%_ \\"Quoted\\"' ELSE 'Person ' || i END || '","email":"P' || i || '@clew.example"}',
              NULL, NULL, NULL, NULL, 1, 1000
         FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY}) SELECT i FROM n) AS numbers`,
      [],
    );
  });
  afterAll(async () => {
    await database.close();
    await app.close();
  });

  const list = (query: Record<string, string>, object = "Contact") =>
    admin.request<Page>("GET", `/records/${object}?${new URLSearchParams(query)}`);
  async function all(query: Record<string, string>, object?: string): Promise<{ numbers: number[]; pages: number }> {
    const numbers: number[] = [];
    let pages = 1;
    for (let page = await list(query, object); ; pages += 1) {
      numbers.push(...page.items.map(({ number }) => number - 100_000).filter((one) => one > 0));
      expect(page.next !== undefined).toBe(page.more);
      if (!page.next) return { numbers, pages };
      page = await list({ ...query, after: page.next }, object);
    }
  }

  test("[GE4] the record changed longest ago is found, by part of a text, by a number, by letters of any language, and by what stands for itself alone", async () => {
    expect((await all({ search: `erson ${MANY}` })).numbers).toEqual([MANY]);
    expect((await all({ search: `#${100_000 + MANY}` })).numbers).toEqual([MANY]);
    expect((await all({ search: '% "quoted"' })).numbers).toEqual([]);
    expect((await all({ search: '%_ "QUOTED"' })).numbers).toEqual([100]);
    // The name of a field is no text of it.
    expect((await all({ search: "email" })).numbers).toEqual([]);
    await database.raw.run("UPDATE records SET fields = ? WHERE number = ? AND object = 'Contact'", [
      JSON.stringify({ name: "Zoë Ähre" }),
      100_000 + MANY,
    ]);
    expect((await all({ search: "ÄHRE" })).numbers).toEqual([MANY]);
  });

  test("[GE4] page by page every record comes once, though all were changed at one time", async () => {
    const found = await all({ search: "person 5", limit: "100" });
    const expected = Array.from({ length: MANY - 1 }, (_, index) => index + 1).filter((one) =>
      `${one}`.startsWith("5"),
    );
    expect(found.numbers.toSorted((a, b) => a - b)).toEqual(expected);
    expect(found.pages).toBe(Math.ceil(expected.length / 100));
    const whole = await all({ limit: "200" });
    expect(new Set(whole.numbers).size).toBe(MANY);
    expect(whole.numbers).toHaveLength(MANY);
  });

  test("[GE4] a text that is sealed is found as well, behind all that is not", async () => {
    const settings = { label: "Vow", plural: "Vows", fields: [{ key: "word", type: "text", privacy: "private" }] };
    await admin.request("PUT", "/record-objects/Vow", { settings, revision: 0 });
    const made = await admin.post<StoredRecord>("/records/Vow", { id: newId(), values: { word: "Evermore" } });
    await admin.post("/records/Vow", { id: newId(), values: { word: "Nevermind" } });
    const found = await list({ search: "more" }, "Vow");
    expect([found.items.map(({ id }) => id), found.more]).toEqual([[made.id], false]);
    await expect(list({ after: "1" }, "Vow")).rejects.toThrow("400");
  });

  test("[GE5] a contact is looked up by its address in an index, and an address may be as long as it likes", async () => {
    const value = engine === "postgres" ? "(fields::json ->> 'email')" : `json_extract(fields, '$."email"')`;
    const query = `SELECT id FROM records WHERE object = 'Contact' AND lower(${value}) = 'x' AND substr(lower(${value}), 1, 320) = substr(lower('x'), 1, 320)`;
    if (engine === "postgres") await database.raw.run("ANALYZE records", []);
    const plan = await database.raw.all(engine === "postgres" ? `EXPLAIN ${query}` : `EXPLAIN QUERY PLAN ${query}`, []);
    expect(JSON.stringify(plan)).toContain("records_by_email");
    const email = `${"long".repeat(2_000)}@clew.example`;
    expect(await admin.post("/records/Contact", { id: newId(), values: { email } })).toMatchObject({
      values: { email },
    });
  });
});
