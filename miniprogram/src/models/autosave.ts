/** Saves a form by itself, one request at a time, the latest words last. */

import { asFailure, isUnanswered, type Failure } from "./failure";

export type SaveState = "saved" | "waiting" | "saving" | "failed" | "conflict";

interface Watchers<Value> {
  /** Send what is to be kept. */
  save: (value: Value) => Promise<void>;
  /** Told whenever the visible state changes. */
  changed: (state: SaveState, failure: Failure | null) => void;
  waitMs?: number;
}

const WAIT_MS = 1_200;
const RETRY_MS = 8_000;

export class Autosave<Value> {
  state: SaveState = "saved";
  private pending: { value: Value } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;

  constructor(private readonly watchers: Watchers<Value>) {}

  /** Note a change; it is sent once the person pauses. */
  change(value: Value): void {
    this.pending = { value };
    if (this.state === "conflict") return;
    if (!this.running) this.become("waiting");
    this.later(this.watchers.waitMs ?? WAIT_MS);
  }

  /** Send what is not yet sent, now. Answers whether everything is kept. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (this.pending && this.state !== "conflict") await this.start();
    return this.pending === null;
  }

  /** After the person chose between two versions: go on, with or without what was pending. */
  settle(keepPending: boolean): void {
    if (!keepPending) this.pending = null;
    this.become(this.pending ? "waiting" : "saved");
    if (this.pending) this.later(0);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), milliseconds);
  }

  private start(): Promise<void> {
    this.running = this.send().finally(() => (this.running = null));
    return this.running;
  }

  private async send(): Promise<void> {
    const sent = this.pending;
    if (!sent) return;
    this.become("saving");
    try {
      await this.watchers.save(sent.value);
      if (this.pending === sent) this.pending = null;
      this.become(this.pending ? "waiting" : "saved");
    } catch (reason) {
      this.failed(asFailure(reason));
    }
  }

  private failed(failure: Failure): void {
    if (failure.kind === "conflict") return this.become("conflict", failure);
    this.become("failed", failure);
    if (isUnanswered(failure)) this.later(RETRY_MS);
  }

  private become(state: SaveState, failure: Failure | null = null): void {
    this.state = state;
    this.watchers.changed(state, failure);
  }
}
