import { createServer } from "node:http";
import { ApolloServer } from "@apollo/server";
import { makeContext, resolvers, typeDefs } from "./schema.mjs";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express from "express";

const server = new ApolloServer({ typeDefs, resolvers, plugins: [ApolloServerPluginLandingPageDisabled()], nodeEnv: "production" });
await server.start();
const app = express();
app.use("/graphql", express.json(), expressMiddleware(server, { context: async () => makeContext() }));
createServer(app).listen(Number(process.argv[2]), "127.0.0.1");
