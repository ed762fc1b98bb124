/** Files on their way: waiting, being sent, failed. What has arrived is the server's to show. */

export interface Outgoing {
  id: number;
  material: string;
  name: string;
  percent: number;
  problem: string;
  /** Whether sending the same file once more could help. */
  canRetry: boolean;
}

const LARGEST = 20 * 1024 * 1024;
const ENDINGS = /\.(pdf|jpe?g|png|heic|heif)$/i;

/** Refuse at once what the server would refuse after a long upload. */
export function refusalOf(file: { name: string; size: number }): string {
  if (file.size > LARGEST) return "文件超过 20 MB，太大了。请拍照代替，或分成几个文件再传。";
  if (/\.\w+$/.test(file.name) && !ENDINGS.test(file.name)) return "这种文件打不开。请传照片（JPG、PNG、HEIC）或 PDF 文件。";
  return "";
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
