/** How the page asks: queries and mutations over HTTP, subscriptions over a WebSocket. */

import { createGraphiQLFetcher, type Fetcher, type FetcherOpts, type FetcherParams } from "@graphiql/toolkit";
import { type DocumentNode, Kind, parse } from "graphql";
import { createClient } from "graphql-ws";

/** The socket is opened when the first subscription begins. */
export function createFetcher(token: string): Fetcher {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const url = new URL("/graphql", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const wsClient = createClient({ url: url.href, connectionParams: headers });
  const fetcher = createGraphiQLFetcher({ url: "/graphql", headers, wsClient });
  return (params, options) => fetcher(...readDocument(params, options));
}

/**
 * GraphiQL reads a document a tenth of a second after it changed. Whoever selects a tab and runs it sooner would send
 * its document with the operation of the tab before (https://github.com/graphql/graphiql/issues/1807).
 */
function readDocument(params: FetcherParams, options?: FetcherOpts): [FetcherParams, FetcherOpts] {
  let document: DocumentNode;
  try {
    document = parse(params.query);
  } catch {
    return [{ ...params, operationName: null }, { ...options }];
  }
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const names = operations.map(({ name }) => name?.value ?? null);
  const asked = params.operationName ?? null;
  const only = names.length === 1 ? (names[0] ?? null) : null;
  const operationName = names.includes(asked) ? asked : only;
  return [{ ...params, operationName }, { ...options, documentAST: document }];
}
