import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `vite` in development finds the server: the API and the stream are passed on to it. */
const server = process.env.CLEW_SERVER ?? "http://localhost:4600";

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 900 },
  server: {
    port: 4720,
    strictPort: false,
    proxy: { "/api": { target: server, ws: true }, "/widget": server, "/docs": server },
  },
});
