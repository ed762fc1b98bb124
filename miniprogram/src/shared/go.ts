/** Every way from one page to another, in one list. */

import { query } from "@/services/http";

const TABS = { home: "/pages/home/home", chat: "/pages/assistant/chat", cases: "/pages/cases/cases", me: "/pages/me/me" };

export type Tab = keyof typeof TABS;

function open(url: string): void {
  uni.navigateTo({ url });
}

export const toTab = (tab: Tab) => uni.switchTab({ url: TABS[tab] });

export const toSearch = (q: string) => open(`/pages/catalog/search${query({ q })}`);
export const toDirectory = () => open("/pages/catalog/directory");
export const toItems = (filter: { sector?: string; department?: string; name: string }) =>
  open(`/pages/catalog/items${query(filter)}`);
export const toGuide = (code: string) => open(`/pages/catalog/guide${query({ code })}`);

export const toNewDraft = (item: string, variant: string) => open(`/pages/filing/form${query({ item, variant })}`);
export const toDraft = (id: string) => open(`/pages/filing/form${query({ draft: id })}`);
export const toReview = (id: string) => open(`/pages/filing/review${query({ draft: id })}`);

/** After filing there is no way back into the form. */
export const toReceipt = (id: string) => uni.reLaunch({ url: `/pages/filing/receipt${query({ id })}` });

export const toCase = (id: string) => open(`/pages/progress/case${query({ id })}`);
export const toDue = (id: string) => open(`/pages/progress/due${query({ id })}`);
export const toCorrection = (id: string) => open(`/pages/progress/correction${query({ id })}`);

export const toLicences = () => open("/pages/licences/licences");
export const toLicence = (id: string) => open(`/pages/licences/licence${query({ id })}`);

export const toSignIn = () => open("/pages/identity/sign-in");
export const toRealName = () => open("/pages/identity/real-name");
export const toPhone = () => open("/pages/identity/phone");
export const toSessions = () => open("/pages/identity/sessions");

export const toMessages = () => open("/pages/messages/messages");
export const toComplaint = () => open("/pages/office/complaint");
export const toPlaces = () => open("/pages/office/places");
export const toAbout = () => open("/pages/office/about");

/** Back to where one came from; a page opened by its address has nothing behind it. */
export function back(): void {
  if (getCurrentPages().length > 1) uni.navigateBack();
  else toTab("home");
}

export function call(phone: string): void {
  uni.makePhoneCall({ phoneNumber: phone.replace(/[^\d+]/g, ""), fail: () => undefined });
}
