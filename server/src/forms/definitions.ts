import { type Form, formOf } from "@clew/domain/flows/cowork/form";
import type { FlowLibrary } from "../flows/library.ts";

/** The library of flows, as far as forms read it; it is there once flows are. */
export type Library = Pick<FlowLibrary, "flow" | "locked" | "versionFor">;

/** Forms by flow and version. A published version never changes, so what was made once holds. */
export class Definitions {
  readonly #library: () => Library;
  readonly #forms = new Map<string, Form>();

  constructor(library: () => Library) {
    this.#library = library;
  }

  /** Null: there is no such flow, or it is no form. */
  of({ key, version }: { key: string; version: number }): Form | null {
    const name = `${key} ${version}`;
    const known = this.#forms.get(name);
    if (known) return known;
    const library = this.#library();
    const flow = library.flow(key, version);
    if (!flow) return null;
    const form = formOf({
      flow,
      version,
      subflow: (called, at) => library.flow(called, at),
      locked: (from, of, called) => library.locked(from, of, called),
    });
    this.#forms.set(name, form);
    return form;
  }

  /** The version that a form of this name has now in a conversation. */
  live(key: string, conversationId: string, now: number): number | null {
    return this.#library().versionFor(key, conversationId, now);
  }
}
