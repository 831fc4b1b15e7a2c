// The lists as they are shipped.
import { readFileSync } from "node:fs";

export function wordList(language: "en" | "es"): readonly string[] {
  return readFileSync(`content/${language}/words.txt`, "utf8").trim().split("\n");
}
