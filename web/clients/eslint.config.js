// graphql-eslint over the schema, as it is exported, and over the operations of the acceptance. Run it from the root.

import graphql from "@graphql-eslint/eslint-plugin";

const { "schema-recommended": recommended, "schema-relay": relay, "operations-recommended": operations } = graphql.configs;

// One for both: the plugin reads its configuration once and keeps it.
const languageOptions = {
  parser: graphql.parser,
  parserOptions: { graphQLConfig: { schema: "schema.graphql", documents: "web/clients/operations/*.graphql" } },
};
const plugins = { "@graphql-eslint": graphql };

// Types without an id. A cache keeps them with the object that they were read from, so whoever adds one decides that
// it is nothing of its own. By kind: envelopes, pages, and what is said once; then parts of leads, accounts, contacts.
const partsBySuffix = ["Payload", "Error", "Connection", "Edge", "Decision", "Diff", "Value", "Event"];
const parts = [
  "Acceptance", "AccountMatches", "Company", "ContactMatches", "DismissedMatch", "EmailAddress", "Evidence",
  "EvidenceWeight", "ExactJudgement", "ExternalId", "FieldChange", "HistoryEntry", "LeadResult",
  "MatchExplanation", "MatchingSettingsPreview", "MissingMatchDetail", "PageInfo", "Person", "PhoneNumber",
  "PlannedChange", "PostalAddress", "PreviewMatchingSettingsAnswer", "PreviewedChange", "PreviewedOutcome",
  "SharedMatchKey", "Step", "Viewer",
];

// "CaseType" and "LeadType" are the field's own words, and not types that are called so once more.
const naming = { ...recommended.rules["@graphql-eslint/naming-convention"][1] };
delete naming["ObjectTypeDefinition,ObjectTypeExtension"];

// No field has the type: it lists what `extensions.code` may be, so that clients can generate it. The rule takes no
// exceptions, and in a file that is exported no comment can make one.
const isOfErrorCodes = ({ ruleId, message }) =>
  ruleId === "@graphql-eslint/no-unreachable-types" && message === "Enum type `ErrorCode` is unreachable.";
const processor = {
  meta: { name: "error-codes", version: "1.0.0" },
  preprocess: (text) => [text],
  postprocess: ([messages]) => messages.filter((message) => !isOfErrorCodes(message)),
};

export default [
  {
    files: ["schema.graphql"],
    languageOptions,
    plugins,
    processor,
    rules: {
      ...recommended.rules,
      ...relay.rules,
      "@graphql-eslint/naming-convention": ["error", naming],
      "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: parts, suffixes: partsBySuffix } }],
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          withEdgeSuffix: true,
          // An entry of a history is paged like everything else and yet no object that anyone looks up by itself.
          shouldImplementNode: false,
          // Short lists are given whole: a record's phone numbers, the errors of a payload. Only long ones have pages.
          listTypeCanWrapOnlyEdgeType: false,
        },
      ],
    },
  },
  { files: ["web/clients/operations/*.graphql"], languageOptions, plugins, rules: operations.rules },
];
