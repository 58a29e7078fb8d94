/** Exclusive locks over all tabs of an origin, as Web Locks give them. */
export type Locks = {
  /** Calls `granted` once the lock is ours; the lock is free again when `release` is called or the tab dies. */
  request(name: string, granted: (release: () => void) => void): { cancel(): void };
};

/** A broadcast to the other tabs of the origin, never to the sender. */
export type Relay = {
  post(message: unknown): void;
  close(): void;
};
export type OpenRelay = (name: string, heard: (message: unknown) => void) => Relay;
