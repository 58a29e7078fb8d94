import { inRoot } from "./paths.mjs";

/**
 * The options of Node for the server. A young generation of half the usual size: collecting it takes half as long, which
 * the slowest message in a hundred notices, and a server with many quiet connections is a quarter smaller
 * (bench/RESULTS.md, idle-connections). It costs a tenth to a fifth of the processor time at the ceiling.
 */
export const serverOptions = ["--max-semi-space-size=8"];
export const serverProgram = inRoot("server/src/main.ts");
