/** What a screen reader is told, and the short word shown for a moment at the bottom of the page. */

import { ref } from "vue";

const SHOWN_MS = 2_500;

export const announcement = ref("");
export const toast = ref("");

let hiding: ReturnType<typeof setTimeout> | undefined;

/** Say something that otherwise is only seen: progress, success, failure. */
export function announce(text: string): void {
  announcement.value = "";
  setTimeout(() => (announcement.value = text), 50);
}

/** Show a short word and say it. */
export function tell(text: string): void {
  announce(text);
  toast.value = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.value = ""), SHOWN_MS);
}
