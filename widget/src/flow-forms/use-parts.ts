import { useEffect, useState } from "preact/hooks";
import { PARTS, type PartName } from "./parts.ts";

/** Fetches what is needed; whether all of it is there. */
export function useParts(needs: readonly PartName[]): boolean {
  const [, draw] = useState(0);
  const missing = needs.filter((name) => !PARTS[name].get());
  const wanted = missing.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names say which are missing
  useEffect(() => {
    if (!wanted) return;
    let stopped = false;
    void Promise.all(missing.map((name) => PARTS[name].fetch())).then(() => stopped || draw((times) => times + 1));
    return () => {
      stopped = true;
    };
  }, [wanted]);
  return missing.length === 0;
}
