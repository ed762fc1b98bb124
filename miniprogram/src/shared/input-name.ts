/** Gives a browser's inner <input> its spoken name: uni's own element around it does not pass it on. */

import { onMounted, watchEffect, type Ref } from "vue";

export interface SpokenField {
  name: string;
  isWrong?: boolean;
  isRequired?: boolean;
}

export function nameInput(field: Ref<unknown>, spoken: () => string | SpokenField): void {
  // #ifdef H5
  onMounted(() => {
    watchEffect(() => {
      const root = (field.value as { $el?: Element } | null)?.$el;
      const inner = root?.querySelector("input, textarea");
      const said = spoken();
      const { name, isWrong, isRequired } = typeof said === "string" ? { name: said, isWrong: false, isRequired: false } : said;
      inner?.setAttribute("aria-label", name);
      inner?.setAttribute("aria-invalid", String(Boolean(isWrong)));
      if (isRequired) inner?.setAttribute("aria-required", "true");
    });
  });
  // #endif
}
