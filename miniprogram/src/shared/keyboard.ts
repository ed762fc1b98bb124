/** Enter and space press what is drawn as a button; uni's elements are not native buttons. */

const PRESSABLE = new Set(["button", "link", "tab", "switch", "radio", "checkbox"]);

export function pressWithKeys(): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement | null;
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!target || !PRESSABLE.has(target.getAttribute("role") ?? "")) return;
    event.preventDefault();
    target.click();
  });
}
