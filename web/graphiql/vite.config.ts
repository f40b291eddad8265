import { defineConfig } from "vite";

// Every file of the page is its own: nothing is inlined, so that `script-src 'self'` and `font-src 'self'` are enough.
export default defineConfig({
  base: "/graphiql/",
  build: {
    outDir: "../../leadgate/static/graphiql",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    // Dependencies mark their modules "use client", which means nothing to a page without a server part.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  worker: { format: "es" },
  server: {
    proxy: { "/graphql": { target: "http://localhost:8000", ws: true }, "/demo": "http://localhost:8000" },
  },
});
