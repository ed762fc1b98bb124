/// <reference types="vite/client" />
/// <reference types="@dcloudio/types" />

declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const component: DefineComponent<object, object, unknown>;
  export default component;
}

interface ImportMetaEnv {
  /** Where the API lives. Empty means "the same origin", which only a browser has. */
  readonly VITE_API_ORIGIN?: string;
  /** Subscribe-message templates as `ours=theirs,…`, like the service's WECHAT_TEMPLATE_IDS; three at most. */
  readonly VITE_WEIXIN_TEMPLATES?: string;
}
