import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { openFlows } from "../testing/open-flows.ts";

const MANY = 5_200;
const lookUp = (key: string, where: unknown[]) =>
  ({
    $schema: "flow/1",
    key,
    kind: "background",
    inputs: { what: { type: "text" } },
    vars: { found: { type: "map?" } },
    start: "find",
    nodes: {
      find: { type: "records.get", object: "Contact", where, into: "found", next: "found", notFound: "none" },
      found: { type: "end", outcome: "completed" },
      none: { type: "end", outcome: "failed" },
    },
  }) as unknown as Flow;

describe.each(ENGINES)("looking up among very many, on %s", (engine) => {
  let on: Awaited<ReturnType<typeof openFlows>>;
  beforeAll(async () => {
    on = await openFlows(engine);
    for (let from = 0; from < MANY; from += 400) {
      const rows = Array.from({ length: Math.min(400, MANY - from) }, (_, index) => from + index);
      await on.database.query.insertInto("records").values(rows.map(contact)).execute();
    }
    await on.publish(lookUp("find.exact", [["email", "eq", "=what"]]));
    await on.publish(lookUp("find.folded", [["email", "eqi", "=what"]]));
    await on.publish(lookUp("find.part", [["name", "contains", "=what"]]));
  });
  afterAll(() => on.close());

  /** The first is the one that was changed longest ago: behind all others in a list. */
  function contact(number: number) {
    const fields = { name: `Person ${number}`, email: number === 7 ? "Ünal@clew.example" : `p${number}@Clew.example` };
    return {
      ...{ id: `contact-${String(number).padStart(6, "0")}`, object: "Contact", number, version: 1, sealed: null },
      ...{ fields: JSON.stringify(fields), conversation_id: null, session_id: null, case_id: null },
      ...{ created_at: 1, updated_at: number < 10 ? 5 : number },
    };
  }
  const finds = async (flow: string, what: string) => (await on.run(await on.start(flow, { what }))).run.status;

  test("[AW7] the one changed longest ago is found, by the same letters and by letters of another case", async () => {
    expect(await finds("find.exact", "p0@Clew.example")).toBe("completed");
    expect(await finds("find.exact", "p0@clew.example")).toBe("failed");
    expect(await finds("find.folded", "P0@CLEW.EXAMPLE")).toBe("completed");
    expect(await finds("find.folded", "ünal@clew.example")).toBe("completed");
    expect(await finds("find.folded", "ÜNAL@clew.example")).toBe("completed");
    expect(await finds("find.folded", "nobody@clew.example")).toBe("failed");
  });

  test("[AW7] what the store cannot look at itself is gone through to the last record", async () => {
    expect(await finds("find.part", "person 3")).toBe("completed");
    expect(await finds("find.part", "Person 0")).toBe("completed");
    expect(await finds("find.part", "Nobody")).toBe("failed");
  });
});
