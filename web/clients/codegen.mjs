// graphql-codegen: types for the operations of the acceptance, and the manifest of their texts by hash.
export default {
  schema: "../../schema.graphql",
  documents: "operations/*.graphql",
  generates: {
    "typed/gql/": {
      preset: "client",
      presetConfig: { persistedDocuments: true },
      config: {
        // Texts instead of parsed documents: what is sent is what was hashed.
        documentMode: "string",
        // Dates and times are ISO 8601 in JSON; there are no other scalars of our own.
        scalars: { Date: "string", DateTime: "string" },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
  importExtension: ".js",
};
