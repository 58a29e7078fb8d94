import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the console over the made-up desk into `artifacts/console-dev`, for the browser tests of its states. */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  base: "/console/",
  plugins: [react()],
  logLevel: "warn",
  build: {
    outDir: new URL("../../artifacts/console-dev", import.meta.url).pathname,
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: new URL("index.html", import.meta.url).pathname },
  },
});
