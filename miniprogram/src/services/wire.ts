/** The shapes of the API by the names the pages use; the shapes themselves are generated. */

import type { components } from "./wire-generated";

type Shapes = components["schemas"];

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
}

export type Named = Shapes["Named"];

export type ItemSummary = Shapes["ItemSummary"];
export type SearchHit = Shapes["SearchRow"];
export type Sector = Shapes["SectorRow"];
export type Department = Shapes["DepartmentRow"];
export type Place = Shapes["Place"];
export type Guide = Shapes["Guide"];
export type GuideMaterial = Shapes["Material"];
export type FormField = Shapes["FieldOut"];
export type Office = Shapes["Office"];

export type Session = Shapes["SessionAnswer"];
export type Person = Shapes["PersonSummary"];
export type Device = Shapes["SessionRow"];

export type Draft = Shapes["DraftOut"];
export type DraftSummary = Shapes["DraftRow"];
export type MaterialSlot = Shapes["DraftMaterialOut"];
export type Missing = Shapes["MissingOut"];
export type StoredFile = Shapes["FileOut"];
/** Several chosen options stand in one value, one a line. */
export type FormValues = Record<string, string>;

export type Case = Shapes["CaseOut"];
export type CaseSummary = Shapes["CaseRow"];
export type CaseLine = Shapes["LineOut"];
export type CaseLimit = Shapes["LimitOut"];
export type Letter = Shapes["LetterOut"];
export type Correction = Shapes["CorrectionOut"];
export type DueExplanation = Shapes["ExplainedLimits"];
export type DueDay = Shapes["DayOut"];

export type Licence = Shapes["LicenceOut"];
export type Message = Shapes["Message"];
export type AssistantAnswer = Shapes["AssistantAnswer"];
export type AssistantFeedback = Shapes["FeedbackAnswer"];
export type Handover = Shapes["Handover"];
export type PersonConversation = Shapes["ConversationAnswer"];
