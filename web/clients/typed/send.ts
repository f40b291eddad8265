/** Sends typed operations: as texts, or by the ids of their registered documents. */

import type { TypedDocumentString } from "./gql/graphql.js";

export type Way = "text" | "id";

export interface Server {
  readonly address: string;
  readonly token: string;
  readonly way: Way;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** The data that an operation is answered with; throws if there are errors at the top. */
export async function send<Data, Variables>(
  server: Server,
  operation: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const document = server.way === "id" ? { documentId: operation.__meta__?.["hash"] } : { query: String(operation) };
  const response = await fetch(`${server.address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${server.token}` },
    body: JSON.stringify({ ...document, variables }),
  });
  const { data, errors } = (await response.json()) as Answer<Data>;
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}
