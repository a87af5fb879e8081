import { eventually } from './eventually';

/** Sends requests from several clients at once for as long as the work takes, and returns every answer. */
export async function askDuring<Answer>(
  clients: number,
  ask: () => Promise<Answer>,
  work: (answers: Answer[]) => Promise<void>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let isWorking = true;
  const askOnAndOn = async () => {
    while (isWorking) answers.push(await ask());
  };
  const asking = Promise.all(Array.from({ length: clients }, askOnAndOn));
  await work(answers).finally(() => (isWorking = false));
  await asking;
  return answers;
}

/** Waits for `count` more answers with a status. */
export async function untilAnswered(answers: { status: number }[], status: number, count: number): Promise<void> {
  const from = answers.length;
  await eventually(() => {
    const more = answers.slice(from).filter((answer) => answer.status === status);
    expect(more.length).toBeGreaterThanOrEqual(count);
  });
}
