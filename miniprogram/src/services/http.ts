/** The one place that speaks HTTP: token, timeout, retry, idempotency key, refusals as `Failure`. */

import { failureOf, unansweredFailure } from "@/models/failure";
import { sessionToken, sessionLost } from "./session";

type Method = "GET" | "POST" | "PUT" | "DELETE";

interface Asking {
  body?: object;
  /** Makes a POST safe to repeat; also sent again when an answer got lost. */
  idempotencyKey?: string;
  timeoutMs?: number;
}

interface Reply {
  status: number;
  data: unknown;
}

const TIMEOUT_MS = 15_000;
const PAUSES_MS = [600, 1_800];

export function addressOf(path: string): string {
  return `${import.meta.env.VITE_API_ORIGIN ?? ""}/api/v1${path}`;
}

export function credentials(): Record<string, string> {
  const token = sessionToken();
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** `undefined` and empty values are left out, so callers can pass filters as they are. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

function send(method: Method, path: string, asking: Asking): Promise<Reply> {
  const header: Record<string, string> = { Accept: "application/json", ...credentials() };
  if (asking.body) header["Content-Type"] = "application/json";
  if (asking.idempotencyKey) header["Idempotency-Key"] = asking.idempotencyKey;
  return new Promise((resolve, reject) => {
    uni.request({
      url: addressOf(path),
      method,
      header,
      data: asking.body,
      timeout: asking.timeoutMs ?? TIMEOUT_MS,
      success: (reply) => resolve({ status: reply.statusCode, data: reply.data }),
      fail: (error) => reject(unansweredFailure(error.errMsg ?? "")),
    });
  });
}

function isSafeToRepeat(method: Method, asking: Asking): boolean {
  return method !== "POST" || asking.idempotencyKey !== undefined;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function sendPatiently(method: Method, path: string, asking: Asking): Promise<Reply> {
  const pauses = isSafeToRepeat(method, asking) ? PAUSES_MS : [];
  for (const milliseconds of pauses) {
    try {
      const reply = await send(method, path, asking);
      if (reply.status < 500) return reply;
    } catch {
      // The next round, or the last one below, reports what is still wrong.
    }
    await pause(milliseconds);
  }
  return send(method, path, asking);
}

export function read(status: number, data: unknown): unknown {
  if (status >= 200 && status < 300) return data;
  if (status === 401) sessionLost();
  throw failureOf(status, data);
}

async function call<Answer>(method: Method, path: string, asking: Asking = {}): Promise<Answer> {
  const reply = await sendPatiently(method, path, asking);
  return read(reply.status, reply.data) as Answer;
}

export const get = <Answer>(path: string) => call<Answer>("GET", path);
export const post = <Answer>(path: string, asking: Asking = {}) => call<Answer>("POST", path, asking);
export const put = <Answer>(path: string, body: object) => call<Answer>("PUT", path, { body });
export const remove = (path: string) => call<void>("DELETE", path);
