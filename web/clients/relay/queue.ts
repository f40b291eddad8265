/** Operations as Relay wants them: connections, fragments that can be fetched again, and payloads that change lists. */

import { graphql } from "react-relay";

export const line = graphql`
  fragment queue_line on Lead {
    id
    status
    version
    person {
      lastName
    }
  }
`;

// Fetched page by page: needs cursors, edges with nodes, and page information.
export const list = graphql`
  fragment queue_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "queueNextQuery") {
    leads(filter: { statuses: [NEW] }, first: $count, after: $cursor) @connection(key: "queue_leads") {
      edges {
        node {
          ...queue_line
        }
      }
    }
  }
`;

export const queue = graphql`
  query queueQuery {
    ...queue_list
  }
`;

// Fetched again by its id: needs `node(id:)`, and pages within a node.
export const history = graphql`
  fragment queue_history on Lead
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "queueHistoryQuery") {
    history(first: $count, after: $cursor) @connection(key: "queue_history") {
      edges {
        node {
          kind
          happenedAt
          record {
            __typename
            id
          }
        }
      }
    }
  }
`;

export const lead = graphql`
  query queueLeadQuery($id: ID!) {
    lead(id: $id) {
      ...queue_line
      ...queue_history
    }
  }
`;

// The payload says which lead it was, so that it can leave the lists of new ones.
export const reject = graphql`
  mutation queueRejectMutation($input: RejectLeadInput!, $connections: [ID!]!) {
    rejectLead(input: $input) {
      lead {
        id @deleteEdge(connections: $connections)
        ...queue_line
      }
      errors {
        __typename
        ... on UserError {
          code
          message
        }
        ... on WrongLeadStateError {
          lead {
            ...queue_line
          }
        }
      }
    }
  }
`;

export const changes = graphql`
  subscription queueSubscription($after: String) {
    leadQueue(filter: { statuses: [NEW] }, after: $after) {
      change
      position
      lead {
        ...queue_line
      }
    }
  }
`;
