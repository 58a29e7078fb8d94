import type { Ports } from "../ports.ts";
import type { Desk } from "./desk.ts";

export type DeskOptions = {
  /** Where Clew runs; empty for the page's own origin. */
  server: string;
  /** Parts of the outside world to replace; the rest is the browser's. */
  ports?: Partial<Ports>;
};

export declare function createDesk(options: DeskOptions): Desk;
