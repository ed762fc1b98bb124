/** Elder mode and text size: a switch of our own, and WeChat's font setting. */

import { computed, reactive } from "vue";

const KEY = "elder";
const LARGE_SETTING = 20;

interface Appearance {
  elder: boolean;
  scale: number;
}

function systemFontSize(): number {
  // #ifdef MP-WEIXIN
  return (uni.getAppBaseInfo() as { fontSizeSetting?: number }).fontSizeSetting ?? 16;
  // #endif
  // #ifndef MP-WEIXIN
  return 16;
  // #endif
}

/** Largest step 1.75; elder mode is itself a step, so it needs less on top. */
function scaleFor(fontSize: number, elder: boolean): number {
  const wanted = Math.min(Math.max(fontSize / 16, 1), 1.75);
  return elder ? Math.max(1, wanted / 1.375) : wanted;
}

function remembered(fontSize: number): boolean {
  const chosen = uni.getStorageSync(KEY) as boolean | "";
  return chosen === "" ? fontSize >= LARGE_SETTING : chosen;
}

function initial(): Appearance {
  const fontSize = systemFontSize();
  const elder = remembered(fontSize);
  return { elder, scale: scaleFor(fontSize, elder) };
}

const state = reactive<Appearance>(initial());

export const isElder = computed(() => state.elder);
export const themeClass = computed(() => (state.elder ? "theme elder" : "theme"));
export const themeStyle = computed(() => `--scale:${state.scale.toFixed(3)}`);

export function setElder(elder: boolean): void {
  uni.setStorageSync(KEY, elder);
  Object.assign(state, { elder, scale: scaleFor(systemFontSize(), elder) });
}

/** The font setting can change while the app sleeps. */
export function followSystem(): void {
  Object.assign(state, initial());
}
