/** The forms of files that are recognized by their first bytes. */

/** A form that cannot be read, and what to do about it. */
interface RefusedForm {
  magic: Buffer;
  /** In words that follow "is". */
  name: string;
  advice: string;
}

export const GZIP = Buffer.from([0x1f, 0x8b]);
export const ZIP = Buffer.from('PK\x03\x04');
export const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const unpack = (command: string) => `unpack it first: ${command}`;

const REFUSED: RefusedForm[] = [
  { magic: Buffer.from('\xfd7zXZ\0', 'latin1'), name: 'xz', advice: unpack('xz -d FILE') },
  { magic: Buffer.from('BZh91AY&SY'), name: 'bzip2', advice: unpack('bunzip2 FILE') },
  { magic: Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), name: '7-Zip', advice: unpack('7z x FILE') },
  { magic: Buffer.from('\xd0\xcf\x11\xe0', 'latin1'), name: 'an Excel workbook', advice: 'save it as CSV' },
  { magic: Buffer.from('PAR1'), name: 'Parquet', advice: 'convert it to CSV' },
];

/** The number of bytes needed to recognize any form. */
export const LONGEST_MAGIC = Math.max(...REFUSED.map(({ magic }) => magic.length));

/** Whether a file that begins with these bytes has the form with this magic number. */
export function hasMagic(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

/** Why a file that begins with these bytes is not read, in words that follow its name. */
export function explainForm(head: Buffer): string | undefined {
  // The fourth byte is the level of compression, and does not matter.
  const normalized = hasMagic(head, Buffer.from('BZh')) ? Buffer.concat([Buffer.from('BZh9'), head.subarray(4)]) : head;
  const form = REFUSED.find(({ magic }) => hasMagic(normalized, magic));
  return form && `is ${form.name}; ${form.advice}`;
}

export const NOT_TEXT = 'is not text in UTF-8 or UTF-16; export the messages as CSV or JSON';

/** Whether bytes contain control characters that do not occur in text, unlike tabs and line ends. */
export function isBinary(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x1a));
}

/** An error for a file that does not end as it should, or has other bytes than were written. */
export function damaged(fault: string): Error {
  return new Error(`is incomplete or damaged (${fault}); copy it again`);
}
