import { get, post } from "./http";
import type { Message, Page } from "./wire";

export const messages = () => get<Page<Message>>("/messages");
export const openMessage = (id: string) => post<void>(`/messages/${id}/open`);

/** Tell the server which one-time subscriptions the citizen has just granted. */
export const topUpSubscriptions = (accepted: string[]) => post<unknown>("/subscriptions", { body: { accepted } });

/** WeChat's templates of this mini-program; a tap may ask for three at most. */
export const templates = (import.meta.env.VITE_WEIXIN_TEMPLATES ?? "").split(",").filter(Boolean).slice(0, 3);

/** Ask WeChat for one-time subscriptions; only after a tap. Answers how many were granted. */
export async function askForMessages(): Promise<number> {
  const reply = await new Promise<Record<string, string>>((resolve, reject) => {
    uni.requestSubscribeMessage({
      tmplIds: templates,
      success: (result) => resolve(result as unknown as Record<string, string>),
      fail: reject,
    });
  });
  const accepted = templates.filter((id) => reply[id] === "accept");
  if (accepted.length) await topUpSubscriptions(accepted);
  return accepted.length;
}
