import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "../../app.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { theme, variables } from "../../theme.ts";
import { AdminApiProvider } from "../api/admin-api.tsx";
import { AdminPages } from "../pages.tsx";
import { fakeServer } from "./fake-server.ts";
import { filled, nothing } from "./fixtures.ts";

const asked = new URLSearchParams(location.search);
const server = fakeServer(asked.has("empty") ? nothing() : filled());
// Tests change things behind the page's back, as a colleague at another desk would.
Object.assign(window, { fake: server });

const root = createRootRoute({
  component: () => (
    <main style={{ height: "100%" }}>
      <Outlet />
    </main>
  ),
});
const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin/$",
  component: () => <AdminPages allowed={!asked.has("agent")} />,
});
const other = createRoute({ getParentRoute: () => root, path: "/", component: () => <p>Elsewhere</p> });
const router = createRouter({ routeTree: root.addChildren([admin, other]), basepath: "/console" });
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } });

createRoot(document.getElementById("root") as HTMLElement).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <Notifications position="bottom-center" limit={3} />
      <AdminApiProvider call={server.call}>
        <RouterProvider router={router as never} />
      </AdminApiProvider>
    </QueryClientProvider>
  </MantineProvider>,
);
