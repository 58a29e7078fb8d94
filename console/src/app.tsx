import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app.css";
import type { Desk } from "@clew/client/agent";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { DeskProvider } from "./desk.tsx";
import { makeRouter } from "./router.tsx";
import { theme, variables } from "./theme.ts";

/** The whole console over one desk. */
export function App({ desk }: { desk: Desk }) {
  const [router] = useState(makeRouter);
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } }));
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <DeskProvider desk={desk}>
          <Notifications position="top-center" limit={3} />
          <RouterProvider router={router} />
        </DeskProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
