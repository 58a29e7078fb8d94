import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { InboxPage } from "./inbox/inbox-page.tsx";
import { viewIn } from "./inbox/use-view.ts";
import { Gate } from "./layout/gate.tsx";
import { NotFound } from "./layout/not-found.tsx";
import { Shell } from "./layout/shell.tsx";

const root = createRootRoute({
  validateSearch: viewIn,
  component: () => (
    <Gate>
      <Shell>
        <Outlet />
      </Shell>
    </Gate>
  ),
  notFoundComponent: NotFound,
});

const inbox = createRoute({ getParentRoute: () => root, path: "/", component: InboxPage });
const conversation = createRoute({ getParentRoute: () => root, path: "/conversations/$id", component: InboxPage });
const timeline = createRoute({
  getParentRoute: () => root,
  path: "/conversations/$id/timeline",
  component: lazyRouteComponent(() => import("./timeline/timeline-page.tsx"), "TimelinePage"),
});
const supervision = createRoute({
  getParentRoute: () => root,
  path: "/supervision",
  component: lazyRouteComponent(() => import("./supervision/supervision-page.tsx"), "SupervisionPage"),
});
const runs = createRoute({
  getParentRoute: () => root,
  path: "/runs",
  component: lazyRouteComponent(() => import("./run-pages/run-list-page.tsx"), "RunListPage"),
});
const simulator = createRoute({
  getParentRoute: () => root,
  path: "/simulator/$key",
  component: lazyRouteComponent(() => import("./simulator/simulator-page.tsx"), "SimulatorPage"),
});
const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$id",
  component: lazyRouteComponent(() => import("./run-pages/run-page.tsx"), "RunPage"),
});
/** Cases, contacts and other records: what follows is the object's name and the record, such as "Case/ID". */
const records = createRoute({
  getParentRoute: () => root,
  path: "/records/$",
  component: lazyRouteComponent(() => import("./records/records-page.tsx")),
});
/** All of `/admin/…` is one lazy part: what follows is in the parameter `_splat`, such as "channels". */
const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin/$",
  component: lazyRouteComponent(() => import("./admin/admin.tsx")),
});

/** Flows: what follows is the flow's key and the page of it, such as "route.webchat/versions". */
const flows = createRoute({
  getParentRoute: () => root,
  path: "/flows/$",
  component: lazyRouteComponent(() => import("./flows-admin/flows-admin.tsx")),
});

const routeTree = root.addChildren([
  inbox,
  conversation,
  timeline,
  supervision,
  admin,
  flows,
  runs,
  run,
  records,
  simulator,
]);

export function makeRouter() {
  return createRouter({ routeTree, basepath: "/console", defaultPreload: "intent" });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
