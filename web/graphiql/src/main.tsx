/**
 * GraphiQL for Leadgate's own server: endpoint `/graphql` on the same origin, the acceptance flow as ready-made tabs.
 *
 * A server in demo mode lists its users at `/demo/users`, and the page acts as the one selected. Any other server
 * answers 404 there, and the page asks for a token, which is kept in memory only.
 */

import "./workers";
import { createLocalStorage } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { createFetcher } from "./fetcher";
import { tabs } from "./tabs";
import "./style.css";

interface DemoUser {
  name: string;
  role: string;
  token: string;
}

interface TokenChoice {
  onToken: (token: string) => void;
}

async function fetchDemoUsers(): Promise<DemoUser[]> {
  const response = await fetch("/demo/users");
  return response.ok ? ((await response.json()) as DemoUser[]) : [];
}

function ActingAs({ users, onToken }: TokenChoice & { users: DemoUser[] }) {
  return (
    <form>
      <label htmlFor="user">Acting as</label>
      <select id="user" onChange={(event) => onToken(event.target.value)}>
        {users.map(({ name, role, token }) => (
          <option key={token} value={token}>
            {name} ({role})
          </option>
        ))}
      </select>
    </form>
  );
}

function TokenField({ onToken }: TokenChoice) {
  const take = (form: FormData) => onToken(String(form.get("token")).trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take(new FormData(event.currentTarget));
      }}
    >
      <label htmlFor="token">Token</label>
      <input id="token" name="token" type="password" size={40} autoComplete="off" placeholder="eyJhbGciOi…" />
      <button>Use</button>
    </form>
  );
}

function Page({ users }: { users: DemoUser[] }) {
  const [token, setToken] = useState(users[0]?.token ?? "");
  const fetcher = useMemo(() => createFetcher(token), [token]);
  return (
    <>
      <header className="bar">
        <strong>Leadgate</strong>
        {users.length > 0 ? <ActingAs users={users} onToken={setToken} /> : <TokenField onToken={setToken} />}
      </header>
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        defaultTabs={tabs}
        visiblePlugin="Documentation Explorer"
        defaultEditorToolsVisibility="variables"
      />
    </>
  );
}

/** A namespace of its own: another GraphiQL that once ran on this origin must not bring its tabs along. */
const storage = createLocalStorage({ namespace: "leadgate" });
const root = createRoot(document.getElementById("root") as HTMLElement);
root.render(<Page users={await fetchDemoUsers().catch(() => [])} />);
