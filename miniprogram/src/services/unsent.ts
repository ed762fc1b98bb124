/** Acts that must happen once: their key is kept on the phone until the server has answered. */

import { asFailure, isUnanswered } from "@/models/failure";

const PREFIX = "unsent:";

function newKey(): string {
  const random = () => Math.random().toString(36).slice(2, 12);
  return `${Date.now().toString(36)}-${random()}-${random()}`;
}

function keyOf(act: string): string {
  const kept = uni.getStorageSync(PREFIX + act) as string;
  if (kept) return kept;
  const made = newKey();
  uni.setStorageSync(PREFIX + act, made);
  return made;
}

/** Say whether an earlier attempt of this act never got its answer. */
export function isUnsettled(act: string): boolean {
  return uni.getStorageSync(PREFIX + act) !== "";
}

/**
 * Send an act with its key. A lost reply keeps the key, so the next attempt is the same act and the
 * server gives the same answer; any answer, also a refusal, settles it.
 */
export async function sendOnce<Answer>(act: string, send: (key: string) => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await send(keyOf(act));
    uni.removeStorageSync(PREFIX + act);
    return answer;
  } catch (reason) {
    if (!isUnanswered(asFailure(reason))) uni.removeStorageSync(PREFIX + act);
    throw reason;
  }
}
