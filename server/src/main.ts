import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

// Everybody waits for a server that starts again; a third of its start is to compile what it compiled the last time.
// Where nothing may be written it starts as it would without, and where the environment names a folder that one is used. Written at once: who is killed has no time for it.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/compiled"));
await import("./serve.ts");
flushCompileCache();
