/** One's own cases: reading, correcting, withdrawing. */

import { get, post, query } from "./http";
import { sendOnce } from "./unsent";
import type { Case, CaseSummary, DueExplanation, Page } from "./wire";

export type CaseFilter = "open" | "closed" | "all";

export const cases = (state: CaseFilter, cursor?: string | null) =>
  get<Page<CaseSummary>>(`/cases${query({ state, cursor, limit: 20 })}`);
export const oneCase = (id: string) => get<Case>(`/cases/${id}`);
export const dueExplanation = (id: string) => get<DueExplanation>(`/cases/${id}/due`);

export const withdraw = (id: string, reason: string) =>
  sendOnce(`withdraw:${id}`, (idempotencyKey) => post<Case>(`/cases/${id}/withdraw`, { body: { reason }, idempotencyKey }));

export const submitCorrection = (id: string) =>
  sendOnce(`correction:${id}`, (idempotencyKey) => post<Case>(`/cases/${id}/correction/submit`, { idempotencyKey }));
