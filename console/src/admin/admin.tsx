import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useDesk } from "../desk.tsx";
import { AdminApiProvider, type AdminCall } from "./api/admin-api.tsx";
import { AdminPages } from "./pages.tsx";

/** The settings of everything: the lazy part of the console that only admins open. */
export default function Admin() {
  const desk = useDesk();
  const queries = useQueryClient();
  const { configuration, signIn } = useSyncExternalStore(desk.state.subscribe, desk.state.get);
  // Somebody else has changed something: what is on the screen and not being typed in follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures themselves are not read, their rising is the news
  useEffect(() => void queries.invalidateQueries({ queryKey: ["admin"] }), [queries, configuration]);
  const isAdmin = signIn.name === "signed-in" && signIn.me.agent.role === "admin";
  return (
    <AdminApiProvider call={desk.request as unknown as AdminCall}>
      <AdminPages allowed={isAdmin} />
    </AdminApiProvider>
  );
}
