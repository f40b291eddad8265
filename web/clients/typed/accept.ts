/**
 * Accepts the newest lead from the queue to its case, taking what is offered first; every step is typed by the schema.
 *
 * LEADGATE_TOKEN=... node accept.js <address of the server> (text | id)
 */

import { useFragment } from "./gql/index.js";
import {
  AcceptanceStateFragmentDoc,
  type AcceptanceStateFragment,
  AcceptLeadDocument,
  AccountCandidatesFragmentDoc,
  ChooseAccountDocument,
  ChooseContactDocument,
  CreateCaseDocument,
  DifferenceFragmentDoc,
  LeadLineFragmentDoc,
  LookAtLeadDocument,
  ProblemFragmentDoc,
  QueueDocument,
} from "./gql/graphql.js";
import { send, type Server, type Way } from "./send.js";

type Decision = AcceptanceStateFragment["acceptance"]["remainingDecisions"][number];
type Of<Name extends Decision["__typename"]> = Extract<Decision, { __typename: Name }>;

const [address = "", way = "text"] = process.argv.slice(2);
const server: Server = { address, token: process.env["LEADGATE_TOKEN"] ?? "", way: way as Way };

const { leads } = await send(server, QueueDocument, {});
const line = useFragment(LeadLineFragmentDoc, leads.nodes[0]);
if (!line) throw new Error("The queue is empty.");
const leadId = line.id;
const again = (key: string) => ({ leadId, idempotencyKey: `${leadId} ${key}` });

const chooseAccount = async ({ matches }: Of<"ChooseAccountDecision">) => {
  const [best] = useFragment(AccountCandidatesFragmentDoc, matches).edges;
  const choice = best?.node ? { accountId: best.node.id } : { createNew: true };
  return (await send(server, ChooseAccountDocument, { input: { ...again("account"), choice } })).chooseAccount;
};

const decideAccountFields = async ({ account, diffs }: Of<"DecideAccountFieldsDecision">) => {
  if (!account) throw new Error("The account is gone.");
  const fields = diffs.map((diff) => ({ field: diff.accountField, take: useFragment(DifferenceFragmentDoc, diff).suggested }));
  const input = { ...again("account fields"), choice: { accountId: account.id }, fields };
  return (await send(server, ChooseAccountDocument, { input })).chooseAccount;
};

const chooseContact = async ({ matches }: Of<"ChooseContactDecision">) => {
  const [best] = matches.edges;
  const choice = best?.node ? { contactId: best.node.id } : { createNew: true };
  return (await send(server, ChooseContactDocument, { input: { ...again("contact"), choice } })).chooseContact;
};

const looked = await send(server, LookAtLeadDocument, { id: leadId });
const before = useFragment(AcceptanceStateFragmentDoc, looked.lead);

const { acceptLead } = await send(server, AcceptLeadDocument, { input: again("accept") });
let state = useFragment(AcceptanceStateFragmentDoc, acceptLead.lead);
const made: Decision["__typename"][] = [];

for (let [next] = state?.acceptance.remainingDecisions ?? []; next && next.__typename !== "ChooseCaseDecision"; ) {
  made.push(next.__typename);
  let payload;
  if (next.__typename === "ChooseAccountDecision") payload = await chooseAccount(next);
  else if (next.__typename === "DecideAccountFieldsDecision") payload = await decideAccountFields(next);
  else if (next.__typename === "ChooseContactDecision") payload = await chooseContact(next);
  else throw new Error(`Nobody expected a ${next.__typename}.`);
  if (payload.errors.length) throw new Error(JSON.stringify(payload.errors));
  state = useFragment(AcceptanceStateFragmentDoc, payload.lead);
  [next] = state?.acceptance.remainingDecisions ?? [];
}

const { createCase } = await send(server, CreateCaseDocument, { input: again("case") });
const repeated = await send(server, AcceptLeadDocument, { input: { leadId } });

console.log(
  JSON.stringify({
    name: line.person.lastName,
    before: before?.acceptance.status,
    made,
    status: createCase.lead?.status,
    account: createCase.account?.name,
    contact: createCase.contact?.lastName,
    caseStatus: createCase.case?.status,
    errors: createCase.errors.length,
    repeated: useFragment(ProblemFragmentDoc, repeated.acceptLead.errors).map((each) => each.__typename),
  }),
);
