import { describe, expect, test } from "vitest";
import { placeNote } from "./guide";

describe("where to go", () => {
  test("says once what nobody has confirmed", () => {
    expect(placeNote({ address: "待核实", hours: "待核实", is_pending: true })).toBe("地址、时间待核实");
    expect(placeNote({ address: "少海路1号", hours: "待核实", is_pending: true })).toBe("少海路1号 · 待核实");
    expect(placeNote({ address: "少海路1号", hours: "工作日", is_pending: false })).toBe("少海路1号 · 工作日");
  });
});
