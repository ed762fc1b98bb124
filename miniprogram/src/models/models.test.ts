import { describe, expect, test } from "vitest";
import { Conversation, shownText, spoken } from "./chat";
import { clockOf, fullDay, moment, shortDay } from "./day";
import { asFailure, failureOf, isUnanswered, unansweredFailure } from "./failure";
import { answerTiles, inOrder, isDialable, materialNote, reliefs } from "./guide";
import { lightOf, licenceLook, lookOf, needsMeFirst } from "./progress";
import { refusalOf, sizeText } from "./upload";
import type { AssistantAnswer } from "@/services/wire";

describe("days", () => {
  test("are said as people say them, whatever the phone's time zone", () => {
    expect(fullDay("2026-11-30")).toBe("2026年11月30日");
    expect(shortDay("2026-11-30")).toBe("11月30日 周一");
    expect(moment("2026-11-23T09:30:00+08:00")).toBe("11月23日 09:30");
    expect(clockOf("2026-11-23T09:30:00+08:00")).toBe("09:30");
  });

  test("that are missing or unreadable stay as they are", () => {
    expect([fullDay(null), shortDay("待定"), moment(null)]).toEqual(["", "待定", ""]);
  });
});

describe("failures", () => {
  test.each([
    [401, "sign_in"],
    [404, "missing"],
    [409, "conflict"],
    [422, "refused"],
    [429, "busy"],
    [500, "server"],
    [503, "busy"],
  ])("status %i is %s", (status, kind) => expect(failureOf(status, null).kind).toBe(kind));

  test("the server's sentence is shown, but not that of a broken server", () => {
    expect(failureOf(422, { error: { message: "请先补齐材料。" } }).message).toBe("请先补齐材料。");
    expect(failureOf(500, { error: { message: "KeyError" } }).message).toContain("不是您的操作有误");
  });

  test("only an unanswered act may be sent again under its key", () => {
    expect(isUnanswered(unansweredFailure("request:fail timeout"))).toBe(true);
    expect(isUnanswered(failureOf(422, null))).toBe(false);
    expect(asFailure(new Error("x")).kind).toBe("server");
  });
});

describe("guides", () => {
  test("answer four questions first", () => {
    const tiles = answerTiles({ answer: { days: "5个工作日（待核实）。", fee: "不收费", where: "大厅", bring: "4 样" } });
    expect(tiles.map((tile) => tile.question)).toEqual(["几天办好", "多少钱", "哪里办", "要什么"]);
    expect(tiles[0]).toMatchObject({ answer: "5个工作日", isPending: true });
    expect([isDialable("待核实"), isDialable("12345")]).toEqual([false, true]);
  });

  test("put required materials first and leave out what is not known", () => {
    expect(inOrder([{ necessity: "optional" }, { necessity: "required" }])[0].necessity).toBe("required");
    expect(materialNote({ form: "原件", copies: "0", source: "自备" })).toBe("原件 · 自备");
    expect(reliefs({ by_sharing: true, deferrable: false })).toEqual(["可由部门共享获取"]);
  });
});

describe("cases", () => {
  const row = (needs_me: boolean, updated_at: string) => ({ needs_me, updated_at });

  test("that wait for the person come first, then the latest", () => {
    const rows = [row(false, "2026-11-01"), row(false, "2026-11-20"), row(true, "2026-10-01")];
    expect(needsMeFirst(rows).map((each) => each.updated_at)).toEqual(["2026-10-01", "2026-11-20", "2026-11-01"]);
  });

  test("always have an icon and a word beside the colour", () => {
    expect(lookOf({ state: "granted", needs_me: false }).icon).toBe("check");
    expect(lookOf({ state: "a new state", needs_me: false }).icon).toBe("clock");
    expect(lightOf({ light: "red", paused: false }).word).toBe("已超期");
    expect(lightOf({ light: "red", paused: true }).word).toBe("暂停计时");
    expect(licenceLook("revoked").tone).toBe("bad");
  });
});

describe("uploads", () => {
  test.each([
    ["a.pdf", 10, ""],
    ["照片", 10, ""],
    ["a.docx", 10, "这种文件打不开"],
    ["a.jpg", 21 * 1024 * 1024, "太大了"],
  ])("%s", (name, size, part) => {
    const refusal = refusalOf({ name, size });
    if (part) expect(refusal).toContain(part);
    else expect(refusal).toBe("");
  });

  test("sizes are short", () => expect([sizeText(900), sizeText(2048), sizeText(1.5 * 1024 * 1024)]).toEqual(["900 B", "2 KB", "1.5 MB"]));
});

describe("a conversation", () => {
  const answer = (session: string) => ({ session, text: "好", speech: null, choices: [] }) as unknown as AssistantAnswer;

  test("keeps its session and asks one thing at a time", () => {
    const talk = new Conversation();
    expect(talk.asked("  ")).toBe(false);
    expect(talk.asked("开饭店")).toBe(true);
    expect(talk.asked("还有")).toBe(false);
    talk.answered(answer("s1"));
    expect([talk.session, talk.turns.length, talk.isWaiting]).toEqual(["s1", 2, false]);
  });

  test("asks a failed question again without doubling it", () => {
    const talk = new Conversation();
    talk.asked("开饭店");
    talk.failed(unansweredFailure(""), "开饭店");
    talk.retaken("开饭店");
    talk.asked("开饭店");
    expect(talk.turns.map((turn) => turn.kind)).toEqual(["question"]);
  });

  test("does not repeat in words what the buttons say", () => {
    const choices = [{ label: "小吃店", text: "1" }];
    expect(shownText({ action: "clarify", text: "您要做哪一种？\n1. 小吃店\n回复数字就行。", choices })).toBe("您要做哪一种？");
    expect(shownText({ action: "answer", text: "材料：\n1. 登记表", choices })).toBe("材料：\n1. 登记表");
  });

  test("goes to a person and back, each of their lines once", () => {
    const talk = new Conversation();
    const line = (number: number, speaker: "resident" | "office" | "officer", text: string) => ({ number, speaker, text, at: "2026-11-23T09:30:00+08:00" });
    talk.handedOver();
    expect(talk.isWithPerson).toBe(true);
    const first = { state: "taken" as const, officer: "7001", lines: [line(1, "resident", "开饭店"), line(2, "office", "请稍等")] };
    expect(talk.heard(first)).toEqual(["请稍等"]);
    expect(talk.heard(first)).toEqual([]);
    expect(talk.saidToPerson(" 在吗 ")).toBe(true);
    talk.heard({ state: "ended", officer: "7001", lines: [line(3, "resident", "在吗"), line(4, "officer", "在")] });
    expect(talk.turns.map((turn) => turn.kind)).toEqual(["person", "question", "person"]);
    expect([talk.isWithPerson, talk.lastLine]).toEqual([false, 4]);
  });

  test("rates each answer once", () => {
    const talk = new Conversation();
    expect([talk.rate("a"), talk.rate("a"), talk.rate("b")]).toEqual([true, false, true]);
  });

  test("says the choices aloud", () => {
    expect(spoken({ speech: null, text: "哪一种", choices: [{ label: "新办", text: "新办" }] })).toBe("哪一种。可以选：新办");
  });
});
