import { createRoot } from "react-dom/client";
import { App } from "../src/app.tsx";
import { type Circumstance, fakeDesk } from "./fake-desk.ts";

/**
 * The console over a made-up desk, for looking at states that are rare in life. In the address: `state` (see
 * `Circumstance`), `role`, and `at`, the console's own path. Never part of what is shipped.
 */
const query = new URLSearchParams(location.search);
const state = (query.get("state") ?? "busy") as Circumstance;
const role = (query.get("role") ?? "supervisor") as "agent" | "supervisor" | "admin";
history.replaceState(null, "", `/console${query.get("at") ?? "/"}`);
const root = document.getElementById("root");
if (root) createRoot(root).render(<App desk={fakeDesk({ state, role })} />);
