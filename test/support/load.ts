import { setTimeout as sleep } from 'node:timers/promises';

const TIME_LIMIT_MS = 30_000;

/** Asks with several clients at once for as long as the work takes, and gives every answer. */
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

/** Waits for so many more answers of a status. */
export async function untilAnswered(answers: { status: number }[], status: number, count: number): Promise<void> {
  const from = answers.length;
  const deadlineMs = Date.now() + TIME_LIMIT_MS;
  while (answers.slice(from).filter((answer) => answer.status === status).length < count) {
    if (Date.now() > deadlineMs) throw new Error(`There were no ${count} answers of ${status} within 30 s`);
    await sleep(10);
  }
}
