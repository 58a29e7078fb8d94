/** Exclusive locks over all tabs of an origin, as Web Locks give them. */
export type Locks = {
  /**
   * Calls `granted` once the lock is ours; the lock is free again when `release` is called or the tab dies. With `lost` it
   * may be taken from us, which is told so; `steals`: ours at once, taken from whoever has it.
   */
  request(
    name: string,
    granted: (release: () => void) => void,
    terms?: { steals: boolean; lost(): void },
  ): { cancel(): void };
};

/** A broadcast to the other tabs of the origin, never to the sender. */
export type Relay = {
  post(message: unknown): void;
  close(): void;
};
export type OpenRelay = (name: string, heard: (message: unknown) => void) => Relay;
