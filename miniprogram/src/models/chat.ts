/** A conversation as a list of turns. */

import type { AssistantAnswer, PersonConversation } from "@/services/wire";
import type { Failure } from "./failure";

export type Turn =
  | { id: number; kind: "question"; text: string }
  | { id: number; kind: "answer"; answer: AssistantAnswer }
  | { id: number; kind: "person"; isOfficer: boolean; text: string }
  | { id: number; kind: "failure"; message: string; text: string };

/** Whether a person is asked for, there, or gone again. */
export type Human = "none" | "waiting" | "taken" | "ended";

const LONGEST = 200;

export class Conversation {
  turns: Turn[] = [];
  session: string | null = null;
  isWaiting = false;
  human: Human = "none";
  /** The number of the last line of the officer's side that is shown. */
  lastLine = 0;
  rated: string[] = [];
  private nextId = 1;

  /** What is typed goes to the person who waits or talks, else to the assistant. */
  get isWithPerson(): boolean {
    return this.human === "waiting" || this.human === "taken";
  }

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

  /** A line for the officer: shown at once, without an answer to wait for. */
  saidToPerson(text: string): boolean {
    const words = text.trim().slice(0, LONGEST);
    if (!words) return false;
    this.turns = [...this.turns, { id: this.nextId++, kind: "question", text: words }];
    return true;
  }

  /** A sentence of the service itself: nobody is there now, thanks for the word. */
  noted(text: string): void {
    this.turns = [...this.turns, { id: this.nextId++, kind: "person", isOfficer: false, text }];
  }

  handedOver(): void {
    this.human = "waiting";
    this.lastLine = 0;
  }

  /** Take in what was polled; answers the lines that are new. What the resident wrote is already shown. */
  heard(told: PersonConversation): string[] {
    const lines = told.lines.filter((line) => line.number > this.lastLine);
    const theirs = lines.filter((line) => line.speaker === "officer" || line.speaker === "office");
    for (const line of theirs) this.turns = [...this.turns, { id: this.nextId++, kind: "person", isOfficer: line.speaker === "officer", text: line.text }];
    this.lastLine = Math.max(this.lastLine, ...lines.map((line) => line.number));
    this.human = told.state;
    return theirs.map((line) => line.text);
  }

  /** Each answer is rated once. */
  rate(answerId: string): boolean {
    if (this.rated.includes(answerId)) return false;
    this.rated = [...this.rated, answerId];
    return true;
  }

  startOver(): void {
    Object.assign(this, { turns: [], session: null, isWaiting: false, human: "none", lastLine: 0, rated: [] });
  }
}

/** The sentence without the numbered list that the buttons below it repeat. */
export function shownText(answer: Pick<AssistantAnswer, "action" | "text" | "choices">): string {
  return answer.action === "clarify" && answer.choices.length ? answer.text.split(/\n\s*1[.．、]/)[0] : answer.text;
}

/** What a screen reader is told when an answer arrives. */
export function spoken(answer: Pick<AssistantAnswer, "speech" | "text" | "choices">): string {
  const choices = answer.choices.map((choice) => choice.label).join("，");
  return [answer.speech || answer.text, choices && `可以选：${choices}`].filter(Boolean).join("。");
}
