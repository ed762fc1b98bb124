/** The guide as it is read: the answer first, then what to bring. */

import type { Guide, GuideMaterial, Place } from "@/services/wire";

export interface AnswerTile {
  icon: string;
  question: string;
  answer: string;
  isPending: boolean;
}

const PENDING = /[（(]待核实[）)]/g;

function tile(icon: string, question: string, text: string): AnswerTile {
  const answer = text.replace(PENDING, "").replace(/。$/, "");
  return { icon, question, answer, isPending: text.includes("待核实") };
}

/** The words without the remark, which a mark beside them repeats. */
export function withoutRemark(text: string): string {
  return text.replace(PENDING, "");
}

/** A number one can call; the sample county's own numbers are not known yet. */
export function isDialable(phone: string): boolean {
  return /\d{3,}/.test(phone);
}

/** Where a place is and when it is open; what nobody has confirmed is said once. */
export function placeNote(place: Pick<Place, "address" | "hours" | "is_pending">): string {
  const known = [place.address, place.hours].filter((text) => text && text !== "待核实");
  if (place.is_pending) known.push(known.length ? "待核实" : "地址、时间待核实");
  return known.join(" · ");
}

export function answerTiles(guide: Pick<Guide, "answer">): AnswerTile[] {
  const { days, fee, where, bring } = guide.answer;
  return [
    tile("clock", "几天办好", days),
    tile("coin", "多少钱", fee),
    tile("pin", "哪里办", where),
    tile("folder", "要什么", bring),
  ];
}

const NECESSITY: Record<string, string> = { required: "必交", conditional: "视情况", optional: "可不交" };

export function necessityText(necessity: string): string {
  return NECESSITY[necessity] ?? necessity;
}

/** 原件 · 1 份 · 申请人自备 */
export function materialNote(material: Pick<GuideMaterial, "form" | "copies" | "source">): string {
  const copies = /^0?$/.test(material.copies) ? "" : `${material.copies} 份`;
  return [material.form, copies, material.source].filter(Boolean).join(" · ");
}

/** What the office can fetch or wait for, so that nobody walks for it. */
export function reliefs(material: Pick<GuideMaterial, "by_sharing" | "deferrable">): string[] {
  return [material.by_sharing ? "可由部门共享获取" : "", material.deferrable ? "可以后补（容缺）" : ""].filter(Boolean);
}

/** Required first; the order inside a group stays the office's. */
export function inOrder<Row extends { necessity: string }>(materials: Row[]): Row[] {
  const rank = (row: Row) => ["required", "conditional", "optional"].indexOf(row.necessity);
  return [...materials].sort((one, other) => rank(one) - rank(other));
}

export function hasPending(guide: Guide): boolean {
  const limits = [guide.limits.statutory, guide.limits.promised];
  const facts = [...guide.materials, ...guide.conditions, ...limits, guide.fee, guide.result];
  return facts.some((fact) => fact?.is_pending);
}
