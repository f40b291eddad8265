/** What the scripts for caches have in common: the server's schema, and a `fetch` that signs and counts. */

import { buildClientSchema, getIntrospectionQuery } from "graphql";

const [address] = process.argv.slice(2);
export const url = `${address}/graphql`;

/** Every request that was sent, as its method. */
export const sent = [];

/** `fetch` with the token, for clients that take one. */
export const signed = (input, init = {}) => {
  sent.push(init.method ?? "GET");
  const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${process.env.LEADGATE_TOKEN}` };
  return fetch(input, { ...init, headers });
};

/** The data of an operation, asked for without any client: how a test looks at the server, or acts as somebody else. */
export const ask = async (query, variables) => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${process.env.LEADGATE_TOKEN}` };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};

/** What the server says of its schema. */
export const introspection = await ask(getIntrospectionQuery());

export const schema = buildClientSchema(introspection);

/** Prints what was seen, for the test to judge. */
export const report = (seen) => console.log(JSON.stringify(seen));
