/** The form of one draft on this phone, and its way to the server. */

import { ref, shallowRef } from "vue";
import { Autosave, type SaveState } from "@/models/autosave";
import type { Failure } from "@/models/failure";
import { saveDraft } from "@/services/filing";
import type { Draft, FormValues } from "@/services/wire";
import { announce } from "@/shared/announce";

export function useDraftKeeping() {
  const values = ref<FormValues>({});
  const saveState = ref<SaveState>("saved");
  const saveFailure = shallowRef<Failure | null>(null);
  let id = "";
  let version = 0;

  const autosave = new Autosave<FormValues>({
    save: async (form) => {
      version = (await saveDraft(id, version, form)).version;
    },
    changed: (state, failure) => {
      saveState.value = state;
      if (state === "failed" || state === "conflict") saveFailure.value = failure;
      else if (state === "saved") saveFailure.value = null;
      if (failure) announce(`还没有保存。${failure.message}`);
    },
  });

  function begin(draft: Draft): void {
    id = draft.id;
    version = draft.version;
    values.value = { ...draft.form };
  }

  function change(key: string, value: string): void {
    values.value = { ...values.value, [key]: value };
    autosave.change(values.value);
  }

  /** Save what is here on top of what somebody saved elsewhere; chosen by the person. */
  function keepMine(theirVersion: number): void {
    version = theirVersion;
    autosave.settle(true);
  }

  return {
    values,
    saveState,
    saveFailure,
    begin,
    change,
    keepMine,
    flush: () => autosave.flush(),
    settle: (keepPending: boolean) => autosave.settle(keepPending),
    stop: () => autosave.stop(),
  };
}
