/** How a case looks at a glance: an icon, a word and a tone; never a colour alone. */

import type { CaseSummary, CaseLimit } from "@/services/wire";

export type Tone = "calm" | "good" | "attention" | "bad" | "plain";

export interface Look {
  icon: string;
  tone: Tone;
}

const LOOKS: Record<string, Look> = {
  draft: { icon: "pencil", tone: "plain" },
  received: { icon: "inbox", tone: "calm" },
  accepted: { icon: "clock", tone: "calm" },
  correction: { icon: "alert", tone: "attention" },
  granted: { icon: "check", tone: "good" },
  refused: { icon: "cross", tone: "bad" },
  declined: { icon: "cross", tone: "bad" },
  withdrawn: { icon: "undo", tone: "plain" },
};

export function lookOf(summary: Pick<CaseSummary, "state" | "needs_me">): Look {
  if (summary.needs_me) return LOOKS.correction;
  return LOOKS[summary.state] ?? { icon: "clock", tone: "calm" };
}

/** What waits for the person comes first, then the latest change. */
export function needsMeFirst<Row extends Pick<CaseSummary, "needs_me" | "updated_at">>(rows: Row[]): Row[] {
  return [...rows].sort(
    (one, other) => Number(other.needs_me) - Number(one.needs_me) || other.updated_at.localeCompare(one.updated_at),
  );
}

const LIGHTS: Record<string, Look & { word: string }> = {
  green: { icon: "clock", tone: "good", word: "正常" },
  amber: { icon: "alert", tone: "attention", word: "快到期" },
  red: { icon: "alert", tone: "bad", word: "已超期" },
};

export function lightOf(limit: Pick<CaseLimit, "light" | "paused">): Look & { word: string } {
  if (limit.paused) return { icon: "pause", tone: "plain", word: "暂停计时" };
  return LIGHTS[limit.light] ?? LIGHTS.green;
}

const LICENCE_LOOKS: Record<string, Look> = {
  valid: { icon: "check", tone: "good" },
  sealing: { icon: "clock", tone: "calm" },
  changed: { icon: "alert", tone: "attention" },
};

/** Anything that is neither valid nor on its way counts as not usable. */
export function licenceLook(status: string): Look {
  return LICENCE_LOOKS[status] ?? { icon: "cross", tone: "bad" };
}
