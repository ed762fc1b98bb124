import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Autosave, type SaveState } from "./autosave";
import { Failure } from "./failure";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function autosave(save: (value: string) => Promise<void>) {
  const seen: SaveState[] = [];
  return { seen, kept: new Autosave<string>({ save, changed: (state) => seen.push(state), waitMs: 100 }) };
}

test("only the last words are sent, once the person pauses", async () => {
  const save = vi.fn(async () => undefined);
  const { kept, seen } = autosave(save);
  kept.change("王");
  kept.change("王家");
  await vi.advanceTimersByTimeAsync(100);
  expect(save.mock.calls).toEqual([["王家"]]);
  expect(seen.at(-1)).toBe("saved");
});

test("words written while saving are sent afterwards, never at the same time", async () => {
  let release: () => void = () => undefined;
  const sent: string[] = [];
  const { kept } = autosave((value) => {
    sent.push(value);
    return new Promise((resolve) => (release = resolve));
  });
  kept.change("一");
  await vi.advanceTimersByTimeAsync(100);
  kept.change("二");
  await vi.advanceTimersByTimeAsync(500);
  expect(sent).toEqual(["一"]);
  release();
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual(["一", "二"]);
});

test("without network it says so and tries again by itself", async () => {
  const save = vi.fn().mockRejectedValueOnce(new Failure("offline", "没有网络")).mockResolvedValue(undefined);
  const { kept, seen } = autosave(save);
  kept.change("一");
  await vi.advanceTimersByTimeAsync(100);
  expect(kept.state).toBe("failed");
  await vi.advanceTimersByTimeAsync(8_000);
  expect(seen.at(-1)).toBe("saved");
});

test("a version changed elsewhere is never overwritten silently", async () => {
  const save = vi.fn().mockRejectedValueOnce(new Failure("conflict", "改过了")).mockResolvedValue(undefined);
  const { kept } = autosave(save);
  kept.change("我的");
  await vi.advanceTimersByTimeAsync(100);
  expect(kept.state).toBe("conflict");
  kept.change("我的二");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(save).toHaveBeenCalledTimes(1);
  kept.settle(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(save).toHaveBeenLastCalledWith("我的二");
});

test("flush tells whether everything is kept", async () => {
  const { kept } = autosave(vi.fn().mockRejectedValue(new Failure("refused", "不行")));
  kept.change("一");
  expect(await kept.flush()).toBe(false);
});
