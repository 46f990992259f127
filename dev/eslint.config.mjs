import js from "@eslint/js";
import globals from "globals";

const SOURCES = ["stockex*/static/src/**/*.js", "stockex*/static/tests/**/*.{js,mjs}"];

export default [
    { ignores: ["**/static/lib/**", "**/node_modules/**"] },
    {
        ...js.configs.recommended,
        files: SOURCES,
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: { ...globals.browser, luxon: "readonly", odoo: "readonly" },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            ...js.configs.recommended.rules,
            "array-callback-return": "error",
            curly: "error",
            eqeqeq: ["error", "always", { null: "ignore" }],
            "max-lines": ["error", { max: 300 }],
            "no-await-in-loop": "error",
            "no-console": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-restricted-properties": [
                "error",
                { object: "Math", property: "random", message: "Pass the generator in." },
            ],
            "no-shadow": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
    {
        ...js.configs.recommended,
        files: ["stockex*/sdk/javascript/**/*.{js,mjs}"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: globals["shared-node-browser"],
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            ...js.configs.recommended.rules,
            curly: "error",
            eqeqeq: ["error", "always", { null: "ignore" }],
            "no-await-in-loop": "error",
            "no-shadow": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
    {
        files: ["stockex*/sdk/javascript/examples/*.mjs"],
        languageOptions: { globals: globals.node },
    },
    {
        files: ["stockex*/static/tests/**/*.mjs"],
        languageOptions: { globals: globals.node },
        // A test's steps follow one another.
        rules: { "no-await-in-loop": "off" },
    },
    {
        files: ["stockex*/static/src/**/*worker*.js"],
        languageOptions: { globals: globals.serviceworker },
    },
];
