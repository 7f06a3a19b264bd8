import { Insights } from './insights';

export default function Home() {
  return (
    <main>
      <h1>Your money</h1>
      <Insights />
    </main>
  );
}
