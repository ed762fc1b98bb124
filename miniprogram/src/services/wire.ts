/** The shapes of the API, by the names the pages use. */

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
}

export interface Named {
  code: string;
  name: string;
}

export interface Days {
  value: number;
  unit: string;
  is_pending: boolean;
}

export interface ItemSummary extends Named {
  kind: string;
  power: string;
  sector: string;
  department: Named;
  handling: string;
  limit_text: string;
  statutory_days: Days | null;
  fee_text: string;
  is_pending: boolean;
  can_file: boolean;
}

export interface SearchHit extends Named {
  why: string;
  department: string;
}

export interface Sector extends Named {
  count: number;
}

export interface Department extends Named {
  count: number;
  power: string;
}

export interface Place extends Named {
  kind?: string;
  address: string;
  hours: string;
  phone: string;
  is_pending: boolean;
  lat?: number | null;
  lng?: number | null;
}

export interface Fact {
  text: string;
  is_pending: boolean;
  provenance_text: string;
  source: string;
}

export interface Basis {
  text: string;
  is_pending: boolean;
  basis: string;
}

export interface GuideMaterial {
  key: string;
  name: string;
  form: string;
  copies: string | number | null;
  source: string;
  necessity: string;
  condition_text: string | null;
  deferrable: boolean;
  by_sharing: boolean;
  is_pending: boolean;
  provenance_text: string;
}

export interface FormField {
  key: string;
  label: string;
  type: string;
  required: boolean;
  options: string[];
  hint: string | null;
  max_length: number | null;
}

export interface Guide {
  item: Named;
  variant: Named;
  variants: Named[];
  version: number;
  effective_at: string;
  answer: { days: string; fee: string; where: string; bring: string };
  conditions: Fact[];
  materials: GuideMaterial[];
  steps: { name: string; limit_text: string | null }[];
  limits: { statutory: Basis | null; promised: Basis | null };
  fee: Basis;
  legal_basis: string[];
  special_procedures: { name: string; effect_text: string }[];
  result: { name: string; validity_text: string; is_pending: boolean };
  places: Place[];
  power: { state: string; text: string };
  can_file: boolean;
  form: FormField[];
  cautions: string[];
}

export interface Person {
  id: string;
  level: string;
  phone_masked: string | null;
  name_masked: string | null;
  has_wechat?: boolean;
}

export interface Session {
  token: string;
  expires_at: string;
  person: Person;
}

export interface Device {
  id: string;
  device: string;
  created_at: string;
  last_seen_at: string;
  is_current: boolean;
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
  media_type: string;
  uploaded_at: string;
}

export interface MaterialSlot {
  key: string;
  name: string;
  necessity: string;
  condition_text: string | null;
  hint: string | null;
  is_pending: boolean;
  files: StoredFile[];
}

export interface Missing {
  key: string;
  kind: string;
  label: string;
}

export interface Draft {
  id: string;
  item: Named;
  variant: Named;
  item_version: number;
  version: number;
  saved_at: string;
  form: FormValues;
  fields: FormField[];
  materials: MaterialSlot[];
  missing: Missing[];
  can_submit: boolean;
  notice: string;
}

export interface DraftSummary {
  id: string;
  item: Named;
  variant: Named;
  saved_at: string;
}

export type FormValue = string | string[];
export type FormValues = Record<string, FormValue>;

export interface CaseLine {
  next: string;
  by: string | null;
  who: string;
  you_can: string | null;
}

export interface CaseSummary {
  id: string;
  number: string;
  item: Named;
  state: string;
  state_text: string;
  line: CaseLine;
  needs_me: boolean;
  received_at: string;
  updated_at: string;
}

export interface CaseLimit {
  kind: string;
  kind_text: string;
  limit_text: string;
  started_on: string;
  due_on: string;
  is_provisional: boolean;
  paused: boolean;
  light: string;
}

export interface Letter {
  id: string;
  kind: string;
  title: string;
  number: string;
  issued_on: string;
  status: string;
}

export interface CorrectionMissing {
  key: string;
  name: string;
  reason: string;
  is_supplied: boolean;
}

export interface Case extends CaseSummary {
  variant: Named;
  item_version: number;
  form: { label: string; value: string }[];
  materials: { key: string; name: string; files: StoredFile[] }[];
  limits: CaseLimit[];
  timeline: { at: string; title: string; detail: string | null; article: string | null }[];
  documents: Letter[];
  correction: { requested_at: string; due_text: string; missing: CorrectionMissing[] } | null;
  actions: string[];
  licence: { id: string; number: string; verification_code: string; status: string; status_text: string } | null;
  decision: { kind: string; reasons: string[]; clauses: string[]; remedies: string[] } | null;
}

export interface DueDay {
  date: string;
  counted: boolean;
  number: number | null;
  reason: string;
}

export interface DueExplanation {
  limits: { kind: string; kind_text: string; due_on: string; days: DueDay[] }[];
}

export interface Licence {
  id: string;
  number: string;
  item_name: string;
  status: string;
  status_text: string;
  valid_from: string;
  valid_until: string | null;
  verification_code: string;
  verify_url: string;
  qr_svg: string;
  is_sealed: boolean;
  checked_count: number;
}

export interface Message {
  id: string;
  title: string;
  body: string;
  case_id: string | null;
  at: string;
  is_opened: boolean;
}

export interface AssistantAnswer {
  session: string;
  action: string;
  text: string;
  speech: string | null;
  aspect: string | null;
  items: { code: string; name: string; score: number }[];
  choices: { label: string; text: string }[];
  actions: { kind: string; label: string; target: string }[];
  facts: { label: string; text: string; is_pending: boolean }[];
  source: { item_code: string; item_name: string; version: number; effective_on: string } | null;
  referral: { who: string; contact: string | null } | null;
  index_version: string;
}

export interface Office {
  name: string;
  phone: string;
  hours: string;
  address: string;
  complaint_phone: string;
}
