import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

// Everybody waits for a server that starts again; a third of its start is to compile what it compiled the last time.
// Where nothing may be written it starts as it would without. Written at once: who is killed has no time for it.
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, "../../node_modules/.cache/compiled"));
await import("./serve.ts");
flushCompileCache();
