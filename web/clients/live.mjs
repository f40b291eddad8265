/**
 * Subscribes with npm's graphql-ws or graphql-sse and prints what it is told, a line of JSON each, until it is killed.
 *
 * node live.mjs (ws | sse) <address of the server> <token>
 *
 * Both clients connect again when the server goes away, and send the same operation object: so the position of the last
 * event goes into its variables, and nothing is missed in between.
 */

import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import WebSocket from "ws";

const [kind, address, token] = process.argv.slice(2);
const Authorization = `Bearer ${token}`;
const again = { retryAttempts: 1000, retryWait: () => new Promise((done) => setTimeout(done, 100)) };

const clients = {
  ws: () =>
    createWsClient({
      url: `${address.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { Authorization },
      shouldRetry: () => true,
      on: { closed: ({ code }) => print({ closed: code }) },
      ...again,
    }),
  sse: () => createSseClient({ url: `${address}/graphql`, headers: { Authorization }, ...again }),
};

const operation = {
  query: `subscription Queue($after: String) {
    leadQueue(filter: { statuses: [NEW] }, after: $after) { change position leadId takenBy { name } }
  }`,
  variables: { after: null },
};

function print(value) {
  console.log(JSON.stringify(value));
}

clients[kind]().subscribe(operation, {
  next: ({ data, errors }) => {
    operation.variables.after = data?.leadQueue.position ?? null;
    print(errors ?? data.leadQueue);
  },
  error: (error) => print({ error: String(error?.message ?? JSON.stringify(error)) }),
  complete: () => print({ complete: true }),
});
