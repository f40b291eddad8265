import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";
import { makeContext, resolvers, typeDefs } from "./schema.mjs";

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), context: makeContext, logging: false, graphiql: false });
createServer(yoga).listen(Number(process.argv[2]), "127.0.0.1");
