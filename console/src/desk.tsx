import type { Desk, DeskState, OpenConversation } from "@clew/client/agent";
import type { Me } from "@clew/contract/agents";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Viewer } from "./inbox/views.ts";

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

type Readable<State> = { get(): State; subscribe(listener: () => void): () => void };

/** The live value of a part of the client, such as `handle.state`. */
export function useReadable<State>(readable: Readable<State>): State {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** One part of the desk's state. `select` has to answer with a part as it is, not with something newly made. */
export function useDeskState<Part>(select: (state: DeskState) => Part): Part {
  const { state } = useDesk();
  return useSyncExternalStore(state.subscribe, () => select(state.get()));
}

/** Who is signed in. Only for screens behind the gate. */
export function useMe(): Me {
  const signIn = useDeskState((state) => state.signIn);
  if (signIn.name !== "signed-in") throw new Error("useMe() is called by a screen for nobody");
  return signIn.me;
}

/** The signed-in person as the lists of the inbox want to know them. */
export function useViewer(): Viewer {
  const { agent, queues } = useMe();
  return { agentId: agent.id, queues, supervisor: agent.role !== "agent" };
}

/** How many parts of the screen hold each conversation open: the last one to go leaves it. */
const holders = new WeakMap<OpenConversation, number>();

/** A conversation held open as long as the caller shows it; null for the moment before the first effect. */
export function useOpenConversation(id: string): OpenConversation | null {
  const desk = useDesk();
  const [handle, setHandle] = useState<OpenConversation | null>(null);
  useEffect(() => {
    const opened = desk.open(id);
    holders.set(opened, (holders.get(opened) ?? 0) + 1);
    setHandle(opened);
    return () => {
      const left = (holders.get(opened) ?? 1) - 1;
      holders.set(opened, left);
      if (left === 0) opened.leave();
    };
  }, [desk, id]);
  return handle?.id === id ? handle : null;
}

/** Does something with a conversation that may not be on the screen, and leaves it again if it is not. */
export async function withConversation<Value>(
  desk: Desk,
  id: string,
  run: (handle: OpenConversation) => Promise<Value>,
): Promise<Value> {
  const handle = desk.open(id);
  try {
    return await run(handle);
  } finally {
    if ((holders.get(handle) ?? 0) === 0) handle.leave();
  }
}
