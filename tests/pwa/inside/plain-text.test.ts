import { describe, expect, it } from "vitest";
import { plainText, type PlainWords } from "../../../pwa/inside/plain-text.ts";

const WORDS: PlainWords = {
  sections: [
    {
      id: "now",
      title: "Right now",
      prompts: [
        { id: "signs", text: "What do you notice?", items: [] },
        { id: "call", text: "Who comes first?", items: [] },
      ],
    },
    {
      id: "bag",
      title: "A bag",
      prompts: [
        {
          id: "things",
          text: "What goes in?",
          items: [
            { id: "keys", text: "Keys" },
            { id: "coat", text: "Coat" },
          ],
        },
      ],
    },
  ],
  notes: "Notes",
  days: "Days",
  moods: ["very hard", "hard", "so-so", "good", "very good"],
  steps: "Small steps",
  felt: ["good", "in between", "hard"],
};

const section = (id: string, answers: unknown) => ({ kind: "section", value: { section: id, answers }, at: 1 });

describe("What she keeps, as plain text", () => {
  it("holds the small steps, with how they felt and her own words", () => {
    const step = (value: unknown) => ({ kind: "steps", value, at: 1 });

    const text = plainText(
      [
        step({ step: "nod", text: "Nod at someone.", felt: "hard", note: "Nobody saw." }),
        step({ text: "Feed the ducks", note: "" }),
      ],
      WORDS,
    );

    expect(text).toBe("Small steps\n===========\n\n- Nod at someone.: hard\nNobody saw.\n- Feed the ducks");
  });

  it("stands under the plan's titles and questions, in the plan's order", () => {
    const text = plainText(
      [
        section("bag", { things: { done: ["keys"], items: [{ text: "Charger", done: false }] } }),
        section("now", { call: " Ana \n", signs: ["slow steps", "doors"] }),
        { kind: "day", value: { day: "2026-11-02", mood: 4 }, at: 2 },
        { kind: "note", value: { day: "2026-11-03", text: "Later." }, at: 3 },
        { kind: "note", value: { day: "2026-11-01", text: "Two\nlines." }, at: 4 },
      ],
      WORDS,
    );

    expect(text).toBe(
      [
        "Right now\n=========\n",
        "What do you notice?\n- slow steps\n- doors\n",
        "Who comes first?\nAna\n",
        "A bag\n=====\n",
        "What goes in?\n[x] Keys\n[ ] Coat\n[ ] Charger\n",
        "Notes\n=====\n",
        "2026-11-01\nTwo\nlines.\n\n2026-11-03\nLater.\n",
        "Days\n====\n",
        "2026-11-02: good",
      ].join("\n"),
    );
  });

  it("is empty when nothing is kept, or nothing was answered", () => {
    expect(plainText([], WORDS)).toBe("");
    expect(
      plainText([section("now", { call: "  ", signs: [] }), section("bag", { things: { done: [] } })], WORDS),
    ).toBe("");
  });

  it("shows both when a section is kept twice", () => {
    const text = plainText([section("now", { call: "Ana" }), section("now", { call: "Ben" })], WORDS);

    expect(text).toMatch(/Ana[^]*Ben/);
  });

  it("leaves out settings, keys, and what only a newer version knows", () => {
    const text = plainText(
      [
        { kind: "settings", value: { lockAfterSeconds: 30 }, at: 1 },
        { kind: "key", value: "private", at: 1 },
        { kind: "later", value: "later", at: 1 },
        section("of-later", { call: "x" }),
      ],
      WORDS,
    );

    expect(text).toBe("");
  });

  it.each([
    null,
    5,
    "text",
    [],
    { section: "now" },
    { section: "now", answers: [1] },
    { section: "now", answers: { call: 7 } },
  ])("passes over a value that is not what it should be: %j", (value) => {
    expect(plainText([{ kind: "section", value, at: 1 }], WORDS)).toBe("");
  });
});
