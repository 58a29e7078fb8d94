import { existsSync, readdirSync } from "node:fs";
import { ensureDependencies } from "./dependencies.mjs";
import { inRoot, node } from "./paths.mjs";
import { runInForeground, say, Told } from "./terminal.mjs";

/** A measurement is a file, or a folder with an index, in bench/ that runs by itself. */
export async function bench() {
  const [name, ...rest] = process.argv.slice(2);
  const programs = measurements();
  if (!name) {
    say(`Measurements: ${[...programs.keys()].join(", ") || "none yet"}`);
    return 0;
  }
  const program = programs.get(name);
  if (!program)
    throw new Told(`There is no measurement ${name}. There are: ${[...programs.keys()].join(", ") || "none"}.`);
  await ensureDependencies();
  return runInForeground(node, [program, ...rest]);
}

/** @returns {Map<string, string>} */
function measurements() {
  const found = new Map();
  if (!existsSync(inRoot("bench"))) return found;
  for (const entry of readdirSync(inRoot("bench"), { withFileTypes: true })) {
    const index = inRoot("bench", entry.name, "index.ts");
    if (entry.isDirectory() && existsSync(index)) found.set(entry.name, index);
    else if (/^[a-z-]+\.ts$/.test(entry.name)) found.set(entry.name.slice(0, -3), inRoot("bench", entry.name));
  }
  return found;
}
