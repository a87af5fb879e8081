import { MAXIMUM_ROW_LENGTH } from '../message-row';
import type { Separator } from './csv.separator';

/** A line with which a row begins that is not CSV, and the reason in words that follow its number. */
export class BrokenLine {
  constructor(
    readonly reason: string,
    readonly text: string,
  ) {}
}

/** A row of CSV, or a line that is not CSV. */
export type CsvRecord = string[] | BrokenLine;

const TOO_LONG = `is longer than ${MAXIMUM_ROW_LENGTH} characters`;
const UNCLOSED = 'is not CSV: a quote is not closed';
const LINE_END = /\r\n|\n|\r/g;

/**
 * Reads rows of CSV from a text in pieces. Spaces around a value do not belong to it, other than in RFC 4180, unless they
 * are quoted. A row that is not CSV ends with its first line, so that a quote too many neither hides the rows after it
 * nor shifts the numbers of their lines.
 */
export class CsvRows {
  /** The beginning of a row whose end is yet to come. */
  private rest = '';
  private isWithinLongLine = false;
  /** The end of a value without quotes, or a quote that does not belong there. */
  private readonly valueEnd: RegExp;

  constructor(private readonly separator: Separator) {
    this.valueEnd = new RegExp(`["\r\n${separator}]`, 'g');
  }

  /** @returns the rows that end in this piece */
  read(piece: string): CsvRecord[] {
    const text = this.rest + piece;
    // A line feed that belongs to the last character may be yet to come.
    return this.readAll(text, text.endsWith('\r') ? text.slice(0, -1) : text, false);
  }

  /** @returns the last row, if it has no line end */
  end(): CsvRecord[] {
    return this.rest === '' ? [] : this.readAll(this.rest, `${this.rest}\n`, true);
  }

  private readAll(all: string, text: string, isLast: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let start = this.isWithinLongLine ? (findLineEnd(text, 0) ?? text.length) : 0;
    if (start > 0) this.isWithinLongLine = start === text.length && !/[\r\n]$/.test(text);
    while (start < text.length) {
      const row = this.readRow(text, start);
      if (typeof row === 'object' && row.end - start <= MAXIMUM_ROW_LENGTH) {
        records.push(row.values);
        start = row.end;
        continue;
      }
      const isTooLong = text.length - start > MAXIMUM_ROW_LENGTH;
      const end = findLineEnd(text, start);
      if (!isTooLong && (end === undefined || (row === undefined && !isLast))) break;
      const isLong = (end ?? text.length) - start > MAXIMUM_ROW_LENGTH;
      const reason = isLong ? TOO_LONG : typeof row === 'string' ? row : UNCLOSED;
      records.push(new BrokenLine(reason, text.slice(start, end).trimEnd()));
      this.isWithinLongLine = end === undefined;
      start = end ?? text.length;
    }
    this.rest = all.slice(start);
    return records;
  }

  /** @returns the row and where the next one begins; the reason if it is not CSV; undefined if its end is yet to come */
  private readRow(text: string, start: number): { values: string[]; end: number } | string | undefined {
    const values: string[] = [];
    for (let at = start; ; at++) {
      const from = skipSpaces(text, at);
      const isQuoted = text[from] === '"';
      const valueEnd = isQuoted ? findClosingQuote(text, from) : this.findValueEnd(text, from);
      if (valueEnd === undefined) return undefined;
      const content = text.slice(from, valueEnd);
      values.push(isQuoted ? content.slice(1, -1).replaceAll('""', '"') : content.trimEnd());
      const end = isQuoted ? skipSpaces(text, valueEnd) : valueEnd;
      if (end === text.length) return undefined;
      const next = text[end];
      if (next === '\n' || next === '\r') return { values, end: findLineEnd(text, end)! };
      if (next === this.separator) at = end;
      else return `is not CSV: value ${values.length} has a quote ${isQuoted ? 'before its end' : 'after its start'}`;
    }
  }

  private findValueEnd(text: string, start: number): number | undefined {
    this.valueEnd.lastIndex = start;
    return this.valueEnd.exec(text)?.index;
  }
}

function skipSpaces(text: string, start: number): number {
  let end = start;
  while (text[end] === ' ') end++;
  return end;
}

/** Finds the end of a quoted value, in which two quotes mean one. */
function findClosingQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at === -1) return undefined;
    if (text[at + 1] !== '"') return at + 1;
  }
}

/** Finds the beginning of the next line. */
function findLineEnd(text: string, start: number): number | undefined {
  LINE_END.lastIndex = start;
  return LINE_END.test(text) ? LINE_END.lastIndex : undefined;
}
