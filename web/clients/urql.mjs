/**
 * Reads pages of leads with urql and its normalised cache, which knows the schema, and decides about leads meanwhile.
 *
 * LEADGATE_TOKEN=... node urql.mjs <address of the server>
 */

import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { isObjectType } from "graphql";
import { introspection, schema, signed, url } from "./serving.mjs";
import { tell } from "./story.mjs";

const leads = `query Leads($statuses: [LeadStatus!], $after: String) {
  leads(filter: { statuses: $statuses }, first: 2, after: $after) {
    edges { node { id status version subject person { lastName } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const one = `query One($id: ID!) { lead(id: $id) { id status version acceptedBy { id name } } }`;

const problems = `errors {
  __typename
  ... on UserError { code path }
  ... on WrongLeadStateError { status lead { id status } }
  ... on NotFoundError { message }
}`;

const accept = `mutation Accept($id: ID!) {
  acceptLead(input: { leadId: $id }) { lead { id status version acceptedBy { id name } } ${problems} }
}`;

const reject = `mutation Reject($id: ID!) {
  rejectLead(input: { leadId: $id, comment: "Asked twice" }) { lead { id status version } ${problems} }
}`;

// What has no id belongs to the object that it was read from. The cache asks to be told so, type by type.
const parts = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !("id" in type.getFields()));
const keys = Object.fromEntries(parts.map((type) => [type.name, () => null]));

const isListOfNew = ({ fieldName, arguments: given }) => fieldName === "leads" && String(given.filter.statuses) === "NEW";

/** A decided lead leaves the lists of new ones; the schema says nothing of that, so the client does. */
const leaveListsOfNew = (result, _given, cache, { fieldName }) => {
  const lead = cache.keyOfEntity(result[fieldName].lead);
  for (const { arguments: given } of cache.inspectFields("Query").filter(isListOfNew)) {
    const page = cache.resolve("Query", "leads", given);
    const edges = cache.resolve(page, "edges").filter((edge) => cache.resolve(edge, "node") !== lead);
    cache.link(page, "edges", edges);
  }
};

const warnings = [];
const cache = cacheExchange({
  schema: introspection,
  keys,
  resolvers: { Query: { leads: relayPagination(), lead: (_query, { id }) => ({ __typename: "Lead", id }) } },
  updates: { Mutation: { acceptLead: leaveListsOfNew, rejectLead: leaveListsOfNew } },
  logger: (severity, message) => severity !== "debug" && warnings.push(message),
});
const client = new Client({ url, exchanges: [cache, fetchExchange], fetch: signed });

const mutate = async (text, variables) => {
  const { data, error } = await client.mutation(text, variables).toPromise();
  if (error) throw error;
  return Object.values(data)[0];
};

/** Shows a query as a screen does, for as long as the script runs; resolves when the server has answered it. */
const show = (text, variables) =>
  new Promise((shown, failed) => {
    const screen = {};
    client.query(text, variables).subscribe(({ data, error, stale }) => {
      if (error) failed(error);
      screen.data = data;
      if (!stale) shown(screen);
    });
  });

/** Shows two pages as one list. */
const showPages = async (statuses) => {
  const screen = await show(leads, { statuses, after: null });
  await show(leads, { statuses, after: screen.data.leads.pageInfo.endCursor });
  return () => ({ nodes: screen.data.leads.edges.map(({ node }) => node), hasNextPage: screen.data.leads.pageInfo.hasNextPage });
};

await tell(
  {
    showPages,
    accept: (id) => mutate(accept, { id }),
    reject: (id) => mutate(reject, { id }),
    showOne: async (id) => (await show(one, { id })).data.lead,
  },
  warnings,
);
