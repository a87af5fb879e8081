/**
 * Answers the questions of its parent by reading messages into memory, in a process of its own that may run out of
 * memory.
 */
import { openFind } from './report.methods.mjs';

const find = await openFind(process.argv[2]);
process.on('message', async (question) => process.send(await find.answer(...question)));
process.send('ready');
