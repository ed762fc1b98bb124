/** Choosing, sending and opening files. One file per call; what the phone says about it is not trusted. */

import { Failure, unansweredFailure } from "@/models/failure";
import { addressOf, credentials, read, remove } from "./http";
import type { StoredFile } from "./wire";

export interface ChosenFile {
  path: string;
  name: string;
  size: number;
  /** The browser's own handle; WeChat has none. */
  handle?: File;
}

export type FileOrigin = "camera" | "album" | "document";

const DENIED = "没有得到相机或相册的使用许可。您可以在手机设置里打开，或改用“选文件”，也可以把材料带到大厅由工作人员扫描。";

type PickedFile = { path?: string; name?: string; size?: number };

function asChosen(file: PickedFile, index: number): ChosenFile {
  const handle = typeof File !== "undefined" && file instanceof File ? file : undefined;
  const path = file.path ?? "";
  return { path, name: handle?.name || file.name || `照片${index + 1}.jpg`, size: file.size ?? 0, handle };
}

function refusedChoice(errMsg: string): Failure | null {
  return /cancel/i.test(errMsg) ? null : new Failure("refused", DENIED);
}

/** Let the citizen pick files. Cancelling picks none. */
export function chooseFiles(origin: FileOrigin): Promise<ChosenFile[]> {
  return new Promise((resolve, reject) => {
    const fail = (error: { errMsg?: string }) => {
      const failure = refusedChoice(error.errMsg ?? "");
      if (failure) reject(failure);
      else resolve([]);
    };
    const success = (result: { tempFiles?: unknown }) =>
      resolve(((result.tempFiles as PickedFile[] | undefined) ?? []).map(asChosen));
    if (origin === "document") chooseDocument(success, fail);
    else uni.chooseImage({ count: 9, sourceType: [origin], sizeType: ["compressed"], success, fail });
  });
}

function chooseDocument(success: (result: { tempFiles?: unknown }) => void, fail: (error: { errMsg?: string }) => void) {
  // #ifdef H5
  uni.chooseFile({ count: 9, type: "all", extension: [".pdf", ".jpg", ".jpeg", ".png", ".heic"], success, fail });
  // #endif
  // #ifdef MP-WEIXIN
  uni.chooseMessageFile({ count: 9, type: "file", extension: ["pdf", "jpg", "jpeg", "png", "heic"], success, fail });
  // #endif
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : text;
  } catch {
    return null;
  }
}

/** Send one file of one material. `progress` is told 0–100. */
export function uploadFile(
  target: { caseId: string; material: string },
  file: ChosenFile,
  progress: (percent: number) => void,
): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const task = uni.uploadFile({
      url: addressOf(`/cases/${target.caseId}/materials/${encodeURIComponent(target.material)}`),
      name: "file",
      header: credentials(),
      timeout: 120_000,
      ...(file.handle ? { files: [{ name: "file", file: file.handle, uri: file.path }] } : { filePath: file.path }),
      success: (reply) => {
        try {
          resolve(read(reply.statusCode, parsed(reply.data)) as StoredFile);
        } catch (reason) {
          reject(reason);
        }
      },
      fail: (error) => reject(unansweredFailure(error.errMsg ?? "")),
    });
    task.onProgressUpdate((update) => progress(update.progress));
  });
}

export const removeFile = (caseId: string, material: string, file: string) =>
  remove(`/cases/${caseId}/materials/${encodeURIComponent(material)}/files/${file}`);

const NOT_READY = "文件正在生成，通常一两分钟就好。请稍后再打开。";

/** Open a PDF or picture that only its owner may read, in the phone's own viewer. */
export function openFile(path: string): Promise<void> {
  // #ifdef H5
  return openInBrowser(path);
  // #endif
  // #ifdef MP-WEIXIN
  return openInWeixin(path);
  // #endif
}

// #ifdef H5
async function openInBrowser(path: string): Promise<void> {
  // The tab is opened within the tap; a browser blocks one opened after waiting.
  const tab = window.open("", "_blank");
  try {
    const reply = await fetch(addressOf(path), { headers: credentials() }).catch(() => {
      throw unansweredFailure("");
    });
    if (reply.status === 409) throw new Failure("conflict", NOT_READY);
    if (!reply.ok) read(reply.status, parsed(await reply.text()));
    const address = URL.createObjectURL(await reply.blob());
    if (tab) tab.location.replace(address);
    else window.location.assign(address);
  } catch (reason) {
    tab?.close();
    throw reason;
  }
}
// #endif

// #ifdef MP-WEIXIN
function openInWeixin(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: addressOf(path),
      header: credentials(),
      success: ({ statusCode, tempFilePath }) => {
        if (statusCode === 409) return reject(new Failure("conflict", NOT_READY));
        if (statusCode !== 200) return reject(new Failure("missing", "文件没有打开，请稍后再试。"));
        uni.openDocument({ filePath: tempFilePath, showMenu: true, success: () => resolve(), fail: reject });
      },
      fail: (error) => reject(unansweredFailure(error.errMsg ?? "")),
    });
  });
}
// #endif
