/** A conversation as a list of turns. */

import type { AssistantAnswer } from "@/services/wire";
import type { Failure } from "./failure";

export type Turn =
  | { id: number; kind: "question"; text: string }
  | { id: number; kind: "answer"; answer: AssistantAnswer }
  | { id: number; kind: "failure"; message: string; text: string };

const LONGEST = 200;

export class Conversation {
  turns: Turn[] = [];
  session: string | null = null;
  isWaiting = false;
  private nextId = 1;

  /** Note a question; answers false where there is nothing to ask or one is under way. */
  asked(text: string): boolean {
    const words = text.trim().slice(0, LONGEST);
    if (!words || this.isWaiting) return false;
    this.turns = [...this.turns.filter((turn) => turn.kind !== "failure"), { id: this.nextId++, kind: "question", text: words }];
    this.isWaiting = true;
    return true;
  }

  answered(answer: AssistantAnswer): void {
    this.session = answer.session;
    this.isWaiting = false;
    this.turns = [...this.turns, { id: this.nextId++, kind: "answer", answer }];
  }

  /** Keep the words so that one tap asks them again. */
  failed(failure: Failure, text: string): void {
    this.isWaiting = false;
    this.turns = [...this.turns, { id: this.nextId++, kind: "failure", message: failure.message, text }];
  }

  /** Take the failed question back before it is asked again. */
  retaken(text: string): void {
    const last = this.turns.map((turn) => turn.kind === "question" && turn.text === text).lastIndexOf(true);
    this.turns = this.turns.filter((turn, index) => turn.kind !== "failure" && index !== last);
  }

  startOver(): void {
    Object.assign(this, { turns: [], session: null, isWaiting: false });
  }
}

/** The sentence without the numbered list that the buttons below it repeat. */
export function shownText(answer: Pick<AssistantAnswer, "text" | "choices">): string {
  return answer.choices.length ? answer.text.split(/\n\s*1[.．、]/)[0] : answer.text;
}

/** What a screen reader is told when an answer arrives. */
export function spoken(answer: Pick<AssistantAnswer, "speech" | "text" | "choices">): string {
  const choices = answer.choices.map((choice) => choice.label).join("，");
  return [answer.speech || answer.text, choices && `可以选：${choices}`].filter(Boolean).join("。");
}
