import uniPlugin from "@dcloudio/vite-plugin-uni";
import { defineConfig, type Plugin } from "vite";

// The plugin is published as CommonJS; under "type": "module" its function sits one level deeper.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin;

/** WeChat's components read `aria-role` where browsers read `role`; templates write `role` only. */
function weixinRoles(): Plugin {
  return {
    name: "weixin-roles",
    enforce: "pre",
    transform(code, id) {
      if (process.env.UNI_PLATFORM !== "mp-weixin" || !id.endsWith(".vue")) return null;
      return { code: code.replace(/ (:?)role="/g, ' $1aria-role="'), map: null };
    },
  };
}

export default defineConfig({
  plugins: [weixinRoles(), uni()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  server: {
    port: Number(process.env.PORT ?? 5173),
    proxy: { "/api": process.env.API_ORIGIN ?? "http://127.0.0.1:8000" },
  },
});
