import { NoTimeline, readTimeline } from "./read.ts";
import { replay } from "./replay.ts";

/** `bin/timeline file.json …`: decides exported timelines again. Ends with 1 when the rules decide any of them otherwise. */
const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("Which timeline? bin/timeline exported.json …");
  process.exitCode = 2;
}
for (const path of paths) {
  try {
    const { decided, taken, difference } = replay(readTimeline(path));
    const others = Object.entries(taken).map(([type, count]) => `${count} × ${type}`);
    const asIs = others.length > 0 ? `, ${others.join(", ")} taken as they are` : "";
    console.log(difference ? `${path}: ${difference}` : `${path}: ${decided} events decided again the same${asIs}`);
    if (difference) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof NoTimeline)) throw error;
    console.log(`${path}: ${error.message}`);
    process.exitCode = 1;
  }
}
