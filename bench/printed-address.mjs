/**
 * Waits until a server prints that it is ready.
 *
 * @param server its child process, with its output piped
 * @returns its address, such as `http://127.0.0.1:3000`
 */
export function readAddress(server) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (data) => {
      printed += data;
      const address = /ready at (\S+)/.exec(printed)?.[1];
      if (address) resolve(address);
    };
    server.stdout.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', (code) => reject(new Error(`the server exited with code ${code}: ${printed}`)));
  });
}
