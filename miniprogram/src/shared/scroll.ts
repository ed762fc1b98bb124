/** Brings a part of the page into sight, below whatever sticks to the top. */

export function scrollToPart(id: string): void {
  // #ifdef H5
  const parts = [...document.querySelectorAll<HTMLElement>(`[id="${id}"]`)];
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Pages below in the stack stay in the document; only the shown one has boxes.
  parts.find((part) => part.offsetParent !== null)?.scrollIntoView({ behavior: isCalm ? "auto" : "smooth", block: "start" });
  // #endif
  // #ifdef MP-WEIXIN
  uni.pageScrollTo({ selector: `#${id}`, offsetTop: -72, duration: 200, fail: () => undefined });
  // #endif
}
