import type { FoundAddress } from "@clew/contract/flows/form-live";

type Found = readonly FoundAddress[];

/** Searches for addresses under way. One that was asked for without a connection, or is not answered, does not settle. */
export function addressSearches(ask: (field: string, text: string) => string | null) {
  const waiting = new Map<string, (found: Found) => void>();
  return {
    /** Addresses to what was typed, as another system knows them. */
    lookup: (field: string, text: string) =>
      new Promise<Found>((resolve) => {
        const op = ask(field, text);
        if (op) waiting.set(op, resolve);
      }),
    found({ op, items }: { op: string; items: Found }): void {
      waiting.get(op)?.(items);
      waiting.delete(op);
    },
  };
}
