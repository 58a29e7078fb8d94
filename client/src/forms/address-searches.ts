import type { FormAct, FoundAddress } from "@clew/contract/flows/form-live";

type Found = readonly FoundAddress[];
type Parts = { act(asked: FormAct): void; newId(): string; joined(): boolean };

/** Searches for addresses under way. One that was asked for without a connection, or is not answered, does not settle. */
export function addressSearches({ act, newId, joined }: Parts) {
  const waiting = new Map<string, (found: Found) => void>();
  return {
    /** Addresses to what was typed, as another system knows them. */
    lookup: (field: string, text: string) =>
      new Promise<Found>((resolve) => {
        if (!joined()) return;
        const op = newId();
        waiting.set(op, resolve);
        act({ act: "lookup", op, field, text });
      }),
    found({ op, items }: { op: string; items: Found }): void {
      waiting.get(op)?.(items);
      waiting.delete(op);
    },
  };
}
