import { IconLock, IconRouteOff } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { AdminApiProvider, type AdminCall } from "../admin/api/admin-api.tsx";
import { Empty } from "../admin/page/empty.tsx";
import { useDesk, useDeskState, useMe } from "../desk.tsx";
import { EditorPage } from "./editor/editor-page.tsx";
import { FlowList } from "./list/flow-list.tsx";
import { useFlowPlace } from "./page/flow-link.tsx";
import { Frame } from "./page/frame.tsx";
import { f } from "./strings/words.ts";
import { VersionsPage } from "./versions/versions-page.tsx";

/** Flows: the lazy part of the console that admins change and supervisors look at. */
export default function FlowsAdmin() {
  const desk = useDesk();
  const { agent } = useMe();
  const queries = useQueryClient();
  const configuration = useDeskState((state) => state.configuration);
  // Somebody else has saved or published: what is on the screen and not being edited follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures themselves are not read, their rising is the news
  useEffect(() => void queries.invalidateQueries({ queryKey: ["flows"] }), [queries, configuration]);
  return (
    <AdminApiProvider call={desk.request as unknown as AdminCall}>
      {agent.role === "agent" ? <Forbidden /> : <FlowPages mayWrite={agent.role === "admin"} />}
    </AdminApiProvider>
  );
}

function FlowPages({ mayWrite }: { mayWrite: boolean }) {
  const [key, part, more] = useFlowPlace();
  if (key === undefined) return <FlowList mayWrite={mayWrite} />;
  if (part === undefined) return <EditorPage key={key} flowKey={key} mayWrite={mayWrite} />;
  if (part === "versions" && more === undefined) return <VersionsPage key={key} flowKey={key} mayWrite={mayWrite} />;
  return (
    <Frame title={f("flows.title")} back={{ to: "", label: f("flows.toList") }}>
      <Empty icon={IconRouteOff} title={f("flows.noPage")} about="" />
    </Frame>
  );
}

function Forbidden() {
  return (
    <Frame title={f("flows.title")}>
      <Empty icon={IconLock} title={f("flows.forbidden")} about={f("flows.forbiddenAbout")} />
    </Frame>
  );
}
