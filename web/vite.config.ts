import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/oakum/apps/server/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // nothing is inlined: the content security policy allows files of our own alone
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8440" } },
});
