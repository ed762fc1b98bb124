/** Speaking and listening, where the phone or browser offers it; elsewhere the buttons are not shown. */

import { ref } from "vue";

export const isListening = ref(false);

interface Heard {
  text: (words: string) => void;
  failed: () => void;
}

interface Recogniser {
  lang: string;
  onresult: ((event: { results: { transcript: string }[][] }) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}

// #ifdef H5
function browserRecogniser(): (new () => Recogniser) | undefined {
  const known = window as unknown as Record<string, (new () => Recogniser) | undefined>;
  return known.SpeechRecognition ?? known.webkitSpeechRecognition;
}
// #endif

// #ifdef MP-WEIXIN
/** WeChat's own speech plugin (微信同声传译); absent until the office's account has added it in the manifest. */
declare const requirePlugin: (name: string) => { getRecordRecognitionManager(): WeChatRecogniser };

interface WeChatRecogniser {
  onStop: (told: { result: string }) => void;
  onError: () => void;
  start(options: { lang: string; duration: number }): void;
  stop(): void;
}

function weChatRecogniser(): WeChatRecogniser | undefined {
  try {
    return requirePlugin("WechatSI").getRecordRecognitionManager();
  } catch {
    return undefined;
  }
}
// #endif

let current: { stop(): void } | undefined;

export function canListen(): boolean {
  // #ifdef H5
  return browserRecogniser() !== undefined;
  // #endif
  // #ifdef MP-WEIXIN
  return weChatRecogniser() !== undefined;
  // #endif
}

/** Listen for one sentence. */
export function listen(heard: Heard): void {
  isListening.value = true;
  const end = () => (isListening.value = false);
  // #ifdef H5
  const Recogniser = browserRecogniser();
  if (Recogniser) {
    const recogniser = new Recogniser();
    recogniser.lang = "zh-CN";
    recogniser.onresult = (event) => heard.text(event.results[0]?.[0]?.transcript ?? "");
    recogniser.onerror = heard.failed;
    recogniser.onend = end;
    recogniser.start();
    current = recogniser;
  }
  // #endif
  // #ifdef MP-WEIXIN
  const weChat = weChatRecogniser();
  if (weChat) {
    weChat.onStop = (told) => (end(), heard.text(told.result));
    weChat.onError = () => (end(), heard.failed());
    weChat.start({ lang: "zh_CN", duration: 30_000 });
    current = weChat;
  }
  // #endif
}

export function stopListening(): void {
  current?.stop();
}

/** Browsers read aloud; in WeChat the phone's own screen reader does. */
export function canReadAloud(): boolean {
  // #ifdef H5
  return "speechSynthesis" in window;
  // #endif
  // #ifndef H5
  return false;
  // #endif
}

export function readAloud(text: string): void {
  // #ifdef H5
  window.speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = "zh-CN";
  window.speechSynthesis.speak(said);
  // #endif
}
