import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page of states: `vite build -c dev/vite.config.ts`. Never part of what is shipped. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: fileURLToPath(new URL("./dist", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: {
      input: ["index.html", "forms.html"].map((page) => fileURLToPath(new URL(page, import.meta.url))),
    },
  },
});
