// Builds the widget, its worker and the demo page into ../dist/web under names that do not change.
import { existsSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const HOST = process.env.OKAERI_HOST ?? "http://127.0.0.1:8080";
const MODULE = new URL("../dist/okaeri.wasm", import.meta.url);

/** While developing, the module is served from where `cargo xtask build` leaves it. */
const serveModule: Plugin = {
  name: "okaeri-module",
  configureServer(server) {
    server.middlewares.use("/okaeri.wasm", (_request, response) => {
      if (!existsSync(MODULE)) {
        response.statusCode = 404;
        response.end("run `cargo xtask build` first");
        return;
      }
      response.setHeader("content-type", "application/wasm");
      response.end(readFileSync(MODULE));
    });
  },
};

export default defineConfig({
  base: "./",
  plugins: [serveModule],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: {
        index: "index.html",
        "okaeri-widget": "src/okaeri-widget.ts",
        "okaeri-worker": "src/worker.ts",
      },
      // The widget is a library: its entry keeps its exports, and nothing of it may come to lie
      // in the demo page's entry, which would then run on every page that embeds the widget.
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "okaeri-[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  server: {
    proxy: Object.fromEntries(["/v1", "/demo/"].map((path) => [path, { target: HOST }])),
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
} as never);
