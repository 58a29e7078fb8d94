import type { Desk } from "@clew/client/agent";
import { createContext, type ReactNode, useContext } from "react";

const DeskContext = createContext<Desk | null>(null);

/** Gives the screens the one desk: the live data and the verbs of the person who is signed in. */
export function DeskProvider({ desk, children }: { desk: Desk; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The desk of the signed-in person: observable state and every verb. Throws outside `DeskProvider`. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("useDesk() is called outside DeskProvider");
  return desk;
}
