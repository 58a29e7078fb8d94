import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The settings pages alone, over a server that lives in the page: `vite --config console/src/admin/dev/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  appType: "spa",
  cacheDir: `${import.meta.dirname}/../../../node_modules/.vite-admin`,
  server: { port: 4730, fs: { allow: [`${import.meta.dirname}/../../../..`] } },
});
