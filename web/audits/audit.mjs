// Prints one line of JSON per audit of graphql-http: its id, its name, how it ended and, if it did not pass, why.
// Usage: LEADGATE_TOKEN=... node audit.mjs http://127.0.0.1:8000/graphql
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
const authorization = `Bearer ${process.env.LEADGATE_TOKEN}`;

const fetchFn = (input, init = {}) => fetch(input, { ...init, headers: { ...init.headers, authorization } });

for (const audit of serverAudits({ url, fetchFn })) {
  const { id, name, status, reason } = await audit.fn();
  console.log(JSON.stringify({ id, name, status, reason }));
}
