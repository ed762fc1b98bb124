/** Carries a question from another page to the chat: a tab page takes no parameters. */

import { toTab } from "./go";

let handedOver = "";

export function askInChat(text: string): void {
  handedOver = text;
  toTab("chat");
}

export function takeQuestion(): string {
  const question = handedOver;
  handedOver = "";
  return question;
}
