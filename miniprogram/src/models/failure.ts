/** What went wrong, as a sentence that says what to do next. */

export type FailureKind = "offline" | "timeout" | "sign_in" | "refused" | "missing" | "conflict" | "busy" | "server";

export interface FieldProblem {
  field: string;
  message: string;
}

interface ErrorBody {
  error?: { code?: string; message?: string; request_id?: string; fields?: FieldProblem[] };
}

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly code = "",
    readonly fields: FieldProblem[] = [],
    readonly requestId = "",
  ) {
    super(message);
  }
}

const KINDS: Record<number, FailureKind> = { 401: "sign_in", 404: "missing", 409: "conflict", 429: "busy", 503: "busy" };

const SENTENCES: Record<FailureKind, string> = {
  offline: "手机没有连上网络。请检查网络后再试一次，已经保存的内容不会丢。",
  timeout: "网络太慢，没有等到回复。请换个信号好的地方再试一次。",
  sign_in: "请先登录，登录后会回到这一页。",
  refused: "这次没有办成，请按提示修改后再试。",
  missing: "没有找到这一项内容，可能已经变更。请从首页重新进入。",
  conflict: "内容刚刚有变化，请刷新后再试。",
  busy: "现在办理的人多，请过一分钟再试。",
  server: "系统暂时出了问题，不是您的操作有误。请稍后再试，或拨打大厅电话。",
};

function kindOf(status: number): FailureKind {
  return KINDS[status] ?? (status >= 500 ? "server" : "refused");
}

/** Read an answered refusal; the server's own sentence is preferred because it knows more. */
export function failureOf(status: number, body: unknown): Failure {
  const kind = kindOf(status);
  const error = (typeof body === "object" && body !== null ? (body as ErrorBody).error : undefined) ?? {};
  const message = error.message && kind !== "server" ? error.message : SENTENCES[kind];
  return new Failure(kind, message, error.code, error.fields ?? [], error.request_id);
}

/** Turn the platform's network error ("request:fail timeout", "abort", …) into a failure. */
export function unansweredFailure(errMsg: string): Failure {
  const kind: FailureKind = /timeout/i.test(errMsg) ? "timeout" : "offline";
  return new Failure(kind, SENTENCES[kind]);
}

export function asFailure(reason: unknown): Failure {
  if (reason instanceof Failure) return reason;
  // Only a mistake of ours or the platform ends here; without this line nobody would ever see it.
  console.error(reason);
  return new Failure("server", SENTENCES.server);
}

/** Say whether the server may have acted although no answer came. */
export function isUnanswered(failure: Failure): boolean {
  return failure.kind === "offline" || failure.kind === "timeout" || failure.kind === "server" || failure.kind === "busy";
}
