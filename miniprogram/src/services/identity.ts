/** Signing in and out, the phone number and the real name. */

import { get, post, put, remove } from "./http";
import { keepPerson, keepSession, sessionLost } from "./session";
import type { Device, Page, Person, Session } from "./wire";

export async function signInWithWeixin(code: string): Promise<void> {
  keepSession(await post<Session>("/sessions/wechat", { body: { code } }));
}

export function sendPhoneCode(phone: string): Promise<{ retry_after_seconds: number }> {
  return post("/sessions/phone-codes", { body: { phone } });
}

export async function signInWithPhone(phone: string, code: string): Promise<void> {
  keepSession(await post<Session>("/sessions/phone", { body: { phone, code } }));
}

export async function signOut(): Promise<void> {
  try {
    await remove("/sessions/current");
  } finally {
    sessionLost();
  }
}

export async function refreshPerson(): Promise<void> {
  keepPerson(await get<Person>("/me"));
}

export async function bindPhone(phone: string, code: string): Promise<void> {
  keepPerson(await post<Person>("/me/phone", { body: { phone, code } }));
}

export async function bindWeixinPhone(code: string): Promise<void> {
  keepPerson(await post<Person>("/me/phone/wechat", { body: { code } }));
}

export async function proveRealName(name: string, idNumber: string): Promise<void> {
  keepPerson(await put<Person>("/me/real-name", { name, id_number: idNumber }));
}

export const devices = () => get<Page<Device>>("/me/sessions");
export const endDevice = (id: string) => remove(`/me/sessions/${id}`);

/** WeChat's one-time code for signing in; other platforms have none. */
export function weixinCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    uni.login({ provider: "weixin", success: (result) => resolve(result.code), fail: reject });
  });
}
