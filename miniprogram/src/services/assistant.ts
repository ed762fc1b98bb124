import { post } from "./http";
import type { AssistantAnswer } from "./wire";

export const ask = (text: string, session: string | null) =>
  post<AssistantAnswer>("/assistant/ask", { body: session ? { text, session } : { text } });
