/** What every client with a cache is asked to do: show two lists, decide about their leads, and show them again. */

import { report, sent } from "./serving.mjs";

/**
 * Runs the story and reports what was seen. A client brings `showPages(statuses)`, which resolves to what its list shows
 * at any later time; `accept(id)` and `reject(id)`, which resolve to payloads; and `showOne(id)`, a lead as the cache has it.
 */
export const tell = async ({ showPages, accept, reject, showOne }, warnings) => {
  const all = await showPages(["NEW", "ACCEPTED", "REJECTED"]);
  const fresh = await showPages(["NEW"]);
  const before = { all: await all(), fresh: await fresh() };
  const reads = sent.splice(0);
  const [first, second] = before.all.nodes;

  report({
    reads,
    before,
    accepted: await accept(first.id),
    rejected: await reject(second.id),
    refused: await reject(first.id),
    missing: await reject("nothing"),
    after: { all: await all(), fresh: await fresh() },
    one: await showOne(first.id),
    writes: sent,
    warnings,
  });
  // The screens stay open; nobody looks at them any more.
  process.exit();
};
