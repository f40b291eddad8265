/**
 * Compares a schema with the one that was released last, by graphql-inspector: a change that breaks clients has to be
 * listed, with the reason, and nothing is listed that did not happen.
 *
 * node breaking.mjs <released schema> <schema> <list: an object of messages and reasons>
 *
 * Prints what is wrong, a line each, and ends with 1 if anything is.
 */

import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [released, current, list] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const listed = JSON.parse(list);

const changes = await diff(buildSchema(released), buildSchema(current));
const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking).map(({ message }) => message);

const faults = [
  ...breaking.filter((message) => !listed[message]).map((message) => `Breaks clients, and is not listed: ${message}`),
  ...Object.keys(listed).filter((message) => !breaking.includes(message)).map((message) => `Is listed, and did not happen: ${message}`),
];
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);
