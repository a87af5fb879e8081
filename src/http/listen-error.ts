/**
 * Explains why a server cannot listen.
 *
 * @param setting the name of the setting that chooses the port
 * @returns an error that asks for another port if this one is in use; otherwise the error itself
 */
export function explainListenError(error: unknown, setting: string, port: number, host: string): unknown {
  const isInUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  return isInUse ? new Error(`${setting} ${port} is in use on ${host}: set another`, { cause: error }) : error;
}
