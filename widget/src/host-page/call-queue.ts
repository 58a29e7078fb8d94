import type { ClewApi, ClewCall, ClewQueue } from "../host-page-api.ts";

/**
 * Carries out the calls that the page made before the script arrived, in their order, and lets the old queue carry out
 * at once what a page that kept a reference to it still pushes.
 */
export function drainQueue(waiting: Partial<ClewQueue> | undefined, api: ClewApi): void {
  const calls = waiting?.q;
  if (!Array.isArray(calls)) return;
  const run = ([name, ...args]: ClewCall) => {
    const verb = Object.hasOwn(api, name) ? (api as unknown as Record<string, unknown>)[name] : undefined;
    if (typeof verb === "function") (verb as (...given: unknown[]) => void)(...args);
  };
  for (const call of calls.splice(0)) attempt(() => run(call));
  calls.push = (...later) => {
    for (const call of later) attempt(() => run(call));
    return 0;
  };
}

/** One bad call of the page must not keep the others from being carried out. */
function attempt(call: () => void): void {
  try {
    call();
  } catch (fault) {
    reportError(fault);
  }
}
