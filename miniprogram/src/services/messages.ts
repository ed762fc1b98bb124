import { get, post } from "./http";
import type { Message, Page } from "./wire";

export const messages = () => get<Page<Message>>("/messages");
export const openMessage = (id: string) => post<void>(`/messages/${id}/open`);

/** Tell the server which one-time subscriptions the citizen has just granted. */
export const topUpSubscriptions = (accepted: string[]) => post<unknown>("/subscriptions", { body: { accepted } });

/** Our kinds of message by WeChat's template; a tap may ask for three at most. */
const kinds = new Map(
  (import.meta.env.VITE_WEIXIN_TEMPLATES ?? "")
    .split(",")
    .map((pair) => pair.trim().split("="))
    .filter(([ours, theirs]) => ours && theirs)
    .slice(0, 3)
    .map(([ours, theirs]) => [theirs, ours] as const),
);

export const canSubscribe = kinds.size > 0;

/** Ask WeChat for one-time subscriptions; only after a tap. Answers how many were granted. */
export async function askForMessages(): Promise<number> {
  const reply = await new Promise<Record<string, string>>((resolve, reject) => {
    uni.requestSubscribeMessage({
      tmplIds: [...kinds.keys()],
      success: (result) => resolve(result as unknown as Record<string, string>),
      fail: reject,
    });
  });
  const accepted = [...kinds].filter(([theirs]) => reply[theirs] === "accept").map(([, ours]) => ours);
  if (accepted.length) await topUpSubscriptions(accepted);
  return accepted.length;
}
