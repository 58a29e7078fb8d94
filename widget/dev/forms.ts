import { mountForm } from "../src/flow-forms/index.ts";
import { memoryForm } from "../src/flow-forms/memory-form.ts";
import { FORM_STATES } from "./form-states.ts";

const query = new URLSearchParams(location.search);
const scene = FORM_STATES[query.get("state") ?? ""]?.();

for (const state of Object.keys(FORM_STATES)) {
  const link = document.createElement("a");
  link.href = `?state=${state}`;
  link.textContent = state;
  const item = document.createElement("li");
  item.append(link);
  document.querySelector("#states")?.append(item);
}

if (scene) {
  for (const element of document.querySelectorAll("main > :not(h1)")) element.remove();
  const held = memoryForm(scene.state, scene.pages);
  Object.assign(window, { held });
  const dark = query.get("scheme") === "dark";
  const element = document.querySelector<HTMLElement>("#form") as HTMLElement;
  document.body.className = dark ? "forms dark" : "forms";
  mountForm(element, { form: held.form, language: query.get("language") ?? "en", dark });
}
