/** One act at a time: a second tap while the first is under way does nothing. */

import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { asFailure, type Failure } from "@/models/failure";
import { announce } from "./announce";

export interface Acting {
  isBusy: Ref<boolean>;
  failure: ShallowRef<Failure | null>;
  run: (act: () => Promise<void>) => Promise<void>;
}

export function useActing(): Acting {
  const isBusy = ref(false);
  const failure = shallowRef<Failure | null>(null);

  async function run(act: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    failure.value = null;
    try {
      await act();
    } catch (reason) {
      failure.value = asFailure(reason);
      announce(failure.value.message);
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, failure, run };
}
