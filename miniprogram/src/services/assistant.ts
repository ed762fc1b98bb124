import { get, post, query } from "./http";
import type { AssistantAnswer, AssistantFeedback, Handover, PersonConversation } from "./wire";

/** `plain` asks for everyday words, in elder mode. */
export const ask = (text: string, session: string | null, plain: boolean) =>
  post<AssistantAnswer>("/assistant/ask", { body: session ? { text, session, plain } : { text, plain } });

export const rate = (session: string, answer_id: string, kind: "not_meant" | "helpful") =>
  post<AssistantFeedback>("/assistant/feedback", { body: { session, answer_id, kind } });

export const handOver = (session: string) => post<Handover>("/assistant/handover", { body: { session } });

export const linesAfter = (session: string, after: number) =>
  get<PersonConversation>(`/assistant/conversation${query({ session, after })}`);

export const sayToPerson = (session: string, text: string) =>
  post<void>("/assistant/conversation", { body: { session, text } });

export const leavePerson = (session: string) => post<void>("/assistant/conversation/end", { body: { session } });
