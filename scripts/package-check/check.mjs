const counts = { passed: 0, failed: 0 };

/** Prints whether a check passes, and returns that. */
export async function check(name, work) {
  try {
    await work();
    counts.passed++;
    console.log(`ok      ${name}`);
    return true;
  } catch (error) {
    counts.failed++;
    console.log(`FAILED  ${name}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.stack}`);
    return false;
  }
}

export function summarize() {
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0;
}
