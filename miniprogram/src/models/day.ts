/** Days and moments as people say them. The wire has `YYYY-MM-DD` and ISO moments in Shanghai time. */

const WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

interface Parts {
  year: number;
  month: number;
  day: number;
}

function partsOf(iso: string): Parts | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return found ? { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) } : null;
}

function weekdayOf({ year, month, day }: Parts): string {
  return WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
}

/** 2026年11月30日 */
export function fullDay(iso: string | null): string {
  const parts = iso ? partsOf(iso) : null;
  return parts ? `${parts.year}年${parts.month}月${parts.day}日` : (iso ?? "");
}

/** 11月30日 周一 */
export function shortDay(iso: string | null): string {
  const parts = iso ? partsOf(iso) : null;
  return parts ? `${parts.month}月${parts.day}日 ${weekdayOf(parts)}` : (iso ?? "");
}

/** 11月30日 09:30; the clock of the wire is shown as it is, never moved to the phone's zone. */
export function moment(iso: string | null): string {
  const parts = iso ? partsOf(iso) : null;
  const clock = iso ? /T(\d{2}:\d{2})/.exec(iso) : null;
  if (!parts) return iso ?? "";
  return clock ? `${parts.month}月${parts.day}日 ${clock[1]}` : `${parts.month}月${parts.day}日`;
}

/** 09:30 */
export function clockOf(iso: string): string {
  return /T(\d{2}:\d{2})/.exec(iso)?.[1] ?? "";
}
