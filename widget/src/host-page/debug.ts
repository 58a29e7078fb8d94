import type { ChatWindow } from "../conversation/window-state.ts";

/**
 * Tells the page's console what the chat goes through, for whoever builds the page: states, kinds, numbers and codes.
 * Never what anybody wrote, who they are or what lets them in. Stops with the window.
 */
export function report({ chat, host, watch, ...state }: ChatWindow): void {
  const { channel } = host.options;
  const tell = (...what: unknown[]) => console.info("[clew]", channel, ...what);
  const changes = (name: string, look: () => unknown) => {
    let before: string | undefined;
    watch(() => {
      const now = String(look());
      if (now !== before) tell(name, now);
      before = now;
    });
  };
  changes("boot", () => {
    const boot = state.boot.value;
    return boot.name === "failed" ? `failed ${boot.problem.code}` : boot.name;
  });
  changes("connection", () => {
    const { connection } = state;
    return connection.value.name === "closed" ? `closed ${connection.value.reason}` : connection.value.name;
  });
  changes("identity", () => state.identityProblem.value?.code ?? state.identity.value?.kind ?? "none");
  changes("access", () => (state.lapsed.value ? "lapsed" : "good"));
  changes("storage", () => state.storage.value);
  changes("conversation", () => state.conversation.value?.id ?? "none");
  changes("session", () => state.conversation.value?.session?.status ?? "none");
  changes("reset", () => (state.clearing.value ? "under way" : "none"));
  chat.onSignal((signal) => {
    if (signal.type === "event") tell("event", signal.event.number, signal.event.type);
    else if (signal.type !== "form") tell(signal.type);
  });
}
