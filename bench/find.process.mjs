/** Answers its parent by reading messages into memory. */
import { openFind } from './report.methods.mjs';

const find = await openFind(process.argv[2]);
process.on('message', async (question) => process.send(await find.answer(...question)));
process.send('ready');
