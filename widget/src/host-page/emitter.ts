import type { ClewEventName, ClewEvents, ClewListener } from "../host-page-api.ts";

export type Emitter = ReturnType<typeof createEmitter>;

/** The events of one widget. A listener that throws is the page's fault and stops neither the chat nor other listeners. */
export function createEmitter(channel: string) {
  const listeners = new Map<string, Set<unknown>>();
  let ready: ClewEvents["ready"] | undefined;
  const tell = (listener: unknown, detail: object) => {
    try {
      (listener as (detail: object) => void)({ ...detail, channel });
    } catch (fault) {
      reportError(fault);
    }
  };
  return {
    on<Name extends ClewEventName>(event: Name, listener: ClewListener<Name>): void {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
      if (event === "ready" && ready) tell(listener, ready);
    },
    off<Name extends ClewEventName>(event: Name, listener: ClewListener<Name>): void {
      listeners.get(event)?.delete(listener);
    },
    emit<Name extends ClewEventName>(event: Name, detail: ClewEvents[Name]): void {
      if (event === "ready") ready = detail as ClewEvents["ready"];
      for (const listener of [...(listeners.get(event) ?? [])]) tell(listener, detail);
    },
    clear(): void {
      listeners.clear();
    },
  };
}
