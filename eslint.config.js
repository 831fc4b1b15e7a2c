import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// Every way from text to markup or code. The page's Trusted Types policy would stop them on the phone; here they stop
// earlier. The one file that may turn the pack into nodes is pwa/shell/trusted-html.ts.
const TEXT_TO_MARKUP = [
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "setHTMLUnsafe",
  "parseHTMLUnsafe",
  "createContextualFragment",
  "parseFromString",
  "srcdoc",
  "execCommand",
];

const noTextToMarkup = TEXT_TO_MARKUP.flatMap((name) => [
  { selector: `MemberExpression[property.name='${name}']`, message: `${name} turns text into markup.` },
  { selector: `MemberExpression[property.value='${name}']`, message: `${name} turns text into markup.` },
]);

const noInlineCode = [
  {
    selector: "MemberExpression[object.name='document'][property.name=/^write(ln)?$/]",
    message: "document.write turns text into markup.",
  },
  {
    selector: "TemplateElement[value.raw=/\\s(style|on[a-z]+)=/]",
    message: "The page's policy refuses inline styles and handlers: use a class, or @event.",
  },
  {
    selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value=/^(style|on.*)$/]",
    message: "The page's policy refuses inline styles and handlers.",
  },
];

// A phone keeps its history where anybody can read it (docs/DECISIONS.md), so inside views never enter it.
const noHistory = [
  {
    selector: "MemberExpression[object.name='history'][property.name=/^(push|replace)State$/]",
    message: "It would stay in the phone's history.",
  },
  {
    selector: "AssignmentExpression[left.property.name='href'][left.object.name='location']",
    message: "It leaves an entry to come back to: use location.replace.",
  },
  {
    selector: "CallExpression[callee.object.name='location'][callee.property.name='assign']",
    message: "It leaves an entry to come back to: use location.replace.",
  },
];

const oneClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "pwa/shared/clock.ts is the only source of time.",
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "pwa/shared/clock.ts is the only source of time.",
  },
];

export default defineConfig(
  // The covers among the fixtures stand for those of hosts, which lie outside the project.
  globalIgnores([".venv/", ".cache/", "build/", "build.fresh/", "data/", "coverage/", "tests/fixtures/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Types of a JSON file can only be had through import().
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["pwa/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...noTextToMarkup, ...noInlineCode, ...noHistory, ...oneClock],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["lit-html/directives/unsafe-*"], message: "It turns text into markup." }] },
      ],
    },
  },
  {
    files: ["pwa/shell/trusted-html.ts"],
    rules: { "no-restricted-syntax": ["error", ...noInlineCode, ...noHistory, ...oneClock] },
  },
  {
    files: ["pwa/shared/clock.ts"],
    rules: { "no-restricted-syntax": ["error", ...noTextToMarkup, ...noInlineCode, ...noHistory] },
  },
  {
    // The build and the tools run in Node; nobody's phone sees them.
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: { console: "readonly", process: "readonly", Buffer: "readonly", URL: "readonly" } },
    rules: { "no-console": "off" },
  },
);
