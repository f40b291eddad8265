/**
 * Reads pages of leads with Apollo Client and its normalised cache, and decides about leads meanwhile.
 *
 * LEADGATE_TOKEN=... node apollo.mjs <address of the server>
 */

import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { isAbstractType } from "graphql";
import { schema, signed, url } from "./serving.mjs";
import { tell } from "./story.mjs";

const leads = gql`
  query Leads($statuses: [LeadStatus!], $after: String) {
    leads(filter: { statuses: $statuses }, first: 2, after: $after) {
      edges { node { id status version subject person { lastName } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const one = gql`query One($id: ID!) { lead(id: $id) { id status version acceptedBy { id name } } }`;

const problem = gql`
  fragment Problem on UserError {
    code
    path
    ... on WrongLeadStateError { status lead { id status } }
    ... on NotFoundError { message }
  }
`;

const accept = gql`
  mutation Accept($id: ID!) {
    acceptLead(input: { leadId: $id }) { lead { id status version acceptedBy { id name } } errors { ...Problem } }
  }
  ${problem}
`;

const reject = gql`
  mutation Reject($id: ID!) {
    rejectLead(input: { leadId: $id, comment: "Asked twice" }) { lead { id status version } errors { ...Problem } }
  }
  ${problem}
`;

// Without it, the cache could not tell that `... on UserError` fits a NotFoundError.
const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
const possibleTypes = Object.fromEntries(abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]));

const cache = new InMemoryCache({
  possibleTypes,
  typePolicies: {
    Query: {
      fields: {
        leads: relayStylePagination(["filter", "orderBy"]),
        lead: (_read, { args: { id }, toReference }) => toReference({ __typename: "Lead", id }),
      },
    },
  },
});
const client = new ApolloClient({ cache, link: new HttpLink({ uri: url, fetch: signed }) });

/** A decided lead leaves the lists of new ones; the schema says nothing of that, so the client does. */
const leaveListsOfNew = (store, { data }) => {
  const { lead } = Object.values(data)[0];
  if (!lead) return;
  store.modify({
    fields: {
      leads: (list, { storeFieldName, readField }) =>
        storeFieldName.includes('["NEW"]') ? { ...list, edges: list.edges.filter(({ node }) => readField("id", node) !== lead.id) } : list,
    },
  });
};

const mutate = async (mutation, variables) => {
  const { data } = await client.mutate({ mutation, variables, update: leaveListsOfNew });
  return Object.values(data)[0];
};

/** Shows a query as a screen does, for as long as the script runs; resolves when it has its first page. */
const show = (query, variables) =>
  new Promise((shown, failed) => {
    const screen = client.watchQuery({ query, variables });
    screen.subscribe(({ error, loading }) => {
      if (error) failed(error);
      if (!loading) shown(screen);
    });
  });

/** Shows two pages as one list. */
const showPages = async (statuses) => {
  const screen = await show(leads, { statuses });
  await screen.fetchMore({ variables: { after: screen.getCurrentResult().data.leads.pageInfo.endCursor } });
  return async () => {
    // What is written to the cache reaches the screens in the next turn.
    await new Promise((done) => setTimeout(done));
    const { edges, pageInfo } = screen.getCurrentResult().data.leads;
    return { nodes: edges.map(({ node }) => node), hasNextPage: pageInfo.hasNextPage };
  };
};

const warnings = [];
console.warn = console.error = (...said) => warnings.push(said.join(" "));

await tell(
  {
    showPages,
    accept: (id) => mutate(accept, { id }),
    reject: (id) => mutate(reject, { id }),
    showOne: async (id) => (await show(one, { id })).getCurrentResult().data.lead,
  },
  warnings,
);
