/** The four faces of anything that is fetched: loading, slow, failed, ready. */

import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { asFailure, type Failure } from "@/models/failure";
import { announce } from "./announce";

export interface Loading<Value> {
  value: ShallowRef<Value | null>;
  failure: ShallowRef<Failure | null>;
  isLoading: Ref<boolean>;
  load: () => Promise<void>;
}

/** Keep what was read before while reading again, so that a bad line never empties a page. */
export function useLoading<Value>(fetch: () => Promise<Value>): Loading<Value> {
  const value = shallowRef<Value | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const isLoading = ref(false);

  async function load(): Promise<void> {
    isLoading.value = true;
    failure.value = null;
    try {
      value.value = await fetch();
    } catch (reason) {
      failure.value = asFailure(reason);
      announce(failure.value.message);
    } finally {
      isLoading.value = false;
    }
  }

  return { value, failure, isLoading, load };
}
