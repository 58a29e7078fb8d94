import { mountWindow } from "../src/conversation/mount-window.tsx";
import { fetchExtras, fetchQuestions, fetchReturn } from "../src/conversation/parts.ts";
import { fetchRoom } from "../src/conversation/room.ts";
import { createLauncher } from "../src/launcher/launcher.ts";
import { createFakeChat } from "./fake-chat.ts";
import { STATES, stateOf } from "./states.ts";

const query = new URLSearchParams(location.search);
const name = query.get("state");

for (const state of Object.keys(STATES)) {
  const link = document.createElement("a");
  link.href = `?state=${state}`;
  link.textContent = state;
  const item = document.createElement("li");
  item.append(link);
  document.querySelector("#states")?.append(item);
}

// All there before anything is drawn, so that a state is complete at first sight.
await Promise.all([fetchRoom(), fetchQuestions(), fetchExtras(), fetchReturn()]);

if (name && Object.hasOwn(STATES, name)) {
  const element = document.createElement("clew-chat");
  const root = element.attachShadow({ mode: "open" });
  document.body.append(element);
  // As if nobody had touched the page for an hour.
  localStorage.setItem(
    "clew-widget:dev",
    JSON.stringify({ touched: Date.now() - (name === "return-locked" ? 3_600_000 : 0) }),
  );
  const chat = createFakeChat(stateOf(name));
  const launcher = createLauncher(root, "en", () => chat.setWindowOpen(!chat.state.get().windowOpen));
  const language = query.get("language") ?? "en";
  const scheme = (query.get("scheme") ?? "auto") as "light" | "dark" | "auto";
  const { verbs } = mountWindow(
    { options: { channel: "dev", server: "", language, scheme }, root, launcher, emit: () => undefined },
    chat,
  );
  // As on a page of a customer's site, whose language may change while the window is open.
  Object.assign(window, { clew: verbs });
}
