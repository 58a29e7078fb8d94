import { isMap, type Value } from "../expressions/value.ts";
import { learnKinds } from "./kinds.ts";
import { filesOf, signatureOf } from "./normalise-files.ts";

/** A signature that was drawn has no words. */
const SIGNED = "✓";

learnKinds({
  file: {
    normal: filesOf,
    text: (value) =>
      [value]
        .flat()
        .flatMap((file) => (isMap(file as Value) ? [String((file as Record<string, Value>).name)] : []))
        .join(", "),
  },
  signature: {
    normal: signatureOf,
    text: (value) => (isMap(value) && typeof value.name === "string" ? value.name : SIGNED),
  },
});
