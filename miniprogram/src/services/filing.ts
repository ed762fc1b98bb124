/** Drafts and their submission. A draft keeps its id when it becomes a case. */

import { get, post, put, remove } from "./http";
import { sendOnce } from "./unsent";
import type { Case, Draft, DraftSummary, FormValues, Page } from "./wire";

export const startDraft = (item: string, variant: string) =>
  post<Draft>("/drafts", { body: { item_code: item, variant_code: variant } });

export const drafts = () => get<Page<DraftSummary>>("/drafts");
export const draft = (id: string) => get<Draft>(`/drafts/${id}`);
export const saveDraft = (id: string, version: number, form: FormValues) => put<Draft>(`/drafts/${id}`, { version, form });
export const discardDraft = (id: string) => remove(`/drafts/${id}`);

export const submitDraft = (id: string) =>
  sendOnce(`submit:${id}`, (idempotencyKey) => post<Case>(`/drafts/${id}/submit`, { idempotencyKey, timeoutMs: 30_000 }));
