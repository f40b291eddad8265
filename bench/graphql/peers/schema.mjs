// The schema that every server of this benchmark serves; see ../servers/schema.py.
import DataLoader from "dataloader";

export const typeDefs = `
  enum Colour { RED BLUE }
  type Owner { id: ID! name: String! }
  type Item {
    id: ID! name: String! code: String! note: String town: String count: Int! weight: Float! isNew: Boolean!
    colour: Colour! street: String! owner: Owner!
  }
  type Query { hello: String! items: [Item!]! }
`;

const items = Array.from({ length: 100 }, (_, n) => ({
  id: `item_${n}`, name: `Item ${n}`, code: `C-${n}`, note: null, town: "Dresden", count: n, weight: n / 2,
  isNew: n % 2 === 0, colour: n % 3 ? "RED" : "BLUE", street: `Hauptstraße ${n}`, ownerId: n,
}));

export const makeContext = () => ({
  owners: new DataLoader(async (ids) => ids.map((id) => ({ id: `owner_${id}`, name: `Owner ${id}` }))),
});

export const resolvers = {
  Query: { hello: () => "world", items: () => items },
  Item: { owner: (item, _, context) => context.owners.load(item.ownerId) },
};
