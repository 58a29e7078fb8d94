import type { Raw } from "@clew/server/testing/parts";

/** One call of the database: its statement, and a set of parameters for each time it is run. */
export type Call = { sql: string; sets: readonly (readonly unknown[])[] };
export type Handle = <Value>(call: Call, run: (sets: Call["sets"]) => Promise<Value>) => Promise<Value>;

/** The same statements, each handed to `handle`, which runs it or does something else. */
export function through(raw: Raw, handle: Handle): Raw {
  return {
    all: <Row>(sql: string, parameters: readonly unknown[] = []) =>
      handle({ sql, sets: [parameters] }, ([set]) => raw.all<Row>(sql, set)),
    run: (sql, parameters = []) => handle({ sql, sets: [parameters] }, ([set]) => raw.run(sql, set)),
    allEach: <Row>(sql: string, sets: Call["sets"]) => handle({ sql, sets }, (now) => raw.allEach<Row>(sql, now)),
    runEach: (sql, sets) => handle({ sql, sets }, (now) => raw.runEach(sql, now)),
  };
}
