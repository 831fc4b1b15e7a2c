import { describe, expect, it } from "vitest";
import {
  holds,
  isBlank,
  isWritten,
  readSection,
  together,
  withAnswer,
  type Answers,
} from "../../../../pwa/inside/plan/answers.ts";

describe("An entry that is read", () => {
  it("gives texts, lines and ticks as they were written", () => {
    const section = {
      section: "bag",
      answers: {
        kept: "At work",
        three: ["A", "B"],
        things: { done: ["keys"], items: [{ text: "Book", done: true }] },
      },
    };

    expect(readSection(section)).toEqual(section);
  });

  it.each([undefined, null, "text", 7, [], {}, { section: "now" }, { section: 1, answers: {} }])(
    "is no section where it is not one: %j",
    (value) => {
      expect(readSection(value)).toBeUndefined();
    },
  );

  it("loses what does not fit, and nothing else", () => {
    const answers = {
      a: 7,
      b: ["x", 3, "y"],
      c: { done: ["k", 1], items: ["?", { text: 1 }, { text: "own" }] },
      d: { items: [] },
      e: "kept",
    };

    expect(readSection({ section: "now", answers })?.answers).toEqual({
      b: ["x", "y"],
      c: { done: ["k"], items: [{ text: "own", done: false }] },
      e: "kept",
    });
  });
});

describe("A changed answer", () => {
  it("leaves all others as they were, those of unknown prompts too", () => {
    expect(withAnswer({ a: "1", later: "2" }, "a", "3")).toEqual({ a: "3", later: "2" });
  });

  it.each(["", "  \n", [], ["", " "], { done: [] }, { done: [], items: [{ text: " ", done: true }] }])(
    "goes when it is blank: %j",
    (answer) => {
      expect(isBlank(answer)).toBe(true);
      expect(withAnswer({ a: "1", b: "2" }, "a", answer)).toEqual({ b: "2" });
      expect(isWritten({ a: answer })).toBe(false);
    },
  );

  it("is something with a single tick", () => {
    expect(isWritten({ a: { done: ["keys"] } })).toBe(true);
  });
});

describe("One version holds another", () => {
  const older: Answers = {
    text: "The back door",
    lines: ["Ana"],
    ticks: { done: ["keys"], items: [{ text: "Book", done: true }] },
  };

  it("when it only grew from it", () => {
    const newer: Answers = {
      text: "The back door, by day",
      lines: ["Ana", "Ben"],
      ticks: { done: ["keys", "phone"], items: [{ text: "Book", done: true }] },
      more: "x",
    };

    expect(holds(newer, older)).toBe(true);
    expect(holds(older, newer)).toBe(false);
  });

  it.each([
    { ...older, text: "The front door" },
    { ...older, lines: ["Ben"] },
    { ...older, ticks: { done: [], items: [{ text: "Book", done: true }] } },
    { ...older, ticks: { done: ["keys"], items: [{ text: "Book", done: false }] } },
    { text: older["text"] ?? "" },
  ])("not when anything is missing: %j", (newer) => {
    expect(holds(newer, older)).toBe(false);
  });

  it("always when the other is blank", () => {
    expect(holds({}, { text: " ", lines: [], ticks: { done: [] } })).toBe(true);
  });
});

describe("Two versions together", () => {
  it("hold every word of both", () => {
    const one: Answers = {
      text: "By the door",
      lines: ["Ana"],
      ticks: { done: ["keys"], items: [{ text: "Book", done: false }] },
      a: "1",
    };
    const other: Answers = {
      text: "By the window",
      lines: ["Ben", "Ana"],
      ticks: { done: ["phone"], items: [{ text: "Book", done: true }] },
      b: "2",
    };

    const both = together(one, other);

    expect(holds(both, one)).toBe(true);
    expect(holds(both, other)).toBe(true);
    expect(both).toEqual({
      text: "By the door\n\nBy the window",
      lines: ["Ana", "Ben"],
      ticks: { done: ["keys", "phone"], items: [{ text: "Book", done: true }] },
      a: "1",
      b: "2",
    });
  });

  it("do not say the same thing twice", () => {
    expect(together({ text: "By the door" }, { text: "By the door, left" })).toEqual({ text: "By the door, left" });
    expect(together({ text: "By the door, left" }, { text: "By the door" })).toEqual({ text: "By the door, left" });
  });
});
