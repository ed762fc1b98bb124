/** Who is signed in on this phone. The token is opaque; the server can end it at any moment. */

import { computed, reactive } from "vue";
import type { Person, Session } from "./wire";

const KEY = "session";

interface Stored {
  token: string;
  person: Person | null;
}

const nobody: Stored = { token: "", person: null };
const state = reactive<Stored>({ ...nobody, ...((uni.getStorageSync(KEY) as Stored | "") || {}) });

export const isSignedIn = computed(() => state.token !== "");
export const person = computed(() => state.person);

export function sessionToken(): string {
  return state.token;
}

export function keepSession(session: Session): void {
  Object.assign(state, { token: session.token, person: session.person });
  uni.setStorageSync(KEY, { token: session.token, person: session.person });
}

export function keepPerson(known: Person): void {
  state.person = known;
  uni.setStorageSync(KEY, { token: state.token, person: known });
}

export function sessionLost(): void {
  Object.assign(state, nobody);
  uni.removeStorageSync(KEY);
}
