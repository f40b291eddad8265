/** The acceptance flow as ready-made tabs: `tabs/<number>-<name>.graphql`, with `.json` variables of the same name. */

const queries = import.meta.glob<string>("./tabs/*.graphql", { query: "?raw", import: "default", eager: true });
const variables = import.meta.glob<string>("./tabs/*.json", { query: "?raw", import: "default", eager: true });

export const tabs = Object.keys(queries)
  .sort()
  .map((path) => ({
    query: queries[path] ?? "",
    variables: variables[path.replace(/\.graphql$/, ".json")]?.trim() ?? null,
  }));
