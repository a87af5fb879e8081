import { LineError } from '../line.error';
import { MAXIMUM_ROW_LENGTH } from '../message-row';

/** The text of an object, and the line where it begins. */
export interface JsonText {
  line: number;
  content: string;
}

const TOO_LONG = `begins an object longer than ${MAXIMUM_ROW_LENGTH} characters: JSON has one object for each message`;
const LONGEST_FOUND = 20;

/** Finds the objects of a JSON array, or objects one after another, in a text in pieces. It does not parse them. */
export class JsonObjects {
  /** An object whose end is yet to come. */
  private rest = '';
  /** Where in `rest` to go on. It may lie after its end, which has an escaped character yet to come. */
  private at = 0;
  private line = 1;
  private startLine = 1;
  /** Number of brackets that are open in an object. */
  private depth = 0;
  private isInText = false;
  private place: 'start' | 'array' | 'after array' | 'objects' = 'start';

  /**
   * @returns the objects that end in this piece, in one batch
   * @throws LineError for anything else than objects, after the objects before it, and for one that is too long
   */
  *read(piece: string): Generator<JsonText[]> {
    const text = this.rest + piece;
    const objects: JsonText[] = [];
    let start = 0;
    let { at } = this;
    for (; at < text.length; at++) {
      const character = text[at]!;
      if (character === '\n') this.line++;
      if (this.depth > 0) {
        at += this.readWithin(character);
        if (this.depth === 0) objects.push({ line: this.startLine, content: text.slice(start, at + 1) });
      } else if (character === '{' && this.place !== 'after array') {
        if (this.place === 'start') this.place = 'objects';
        start = at;
        this.startLine = this.line;
        this.depth = 1;
      } else if (!this.isBetween(character)) {
        yield objects;
        throw new LineError(this.line, 'is not a JSON object', { found: text.slice(at, at + LONGEST_FOUND).trimEnd() });
      }
    }
    yield objects;
    if (this.depth === 0) start = text.length;
    this.rest = text.slice(start);
    this.at = at - start;
    if (this.rest.length > MAXIMUM_ROW_LENGTH) throw new LineError(this.startLine, TOO_LONG);
  }

  /** @throws LineError if an object or the array has no end */
  end(): void {
    if (this.depth > 0) throw new LineError(this.startLine, 'begins an object without an end; copy the file again');
    if (this.place === 'array') throw new LineError(this.line, 'ends before its array does; copy the file again');
  }

  /** @returns number of the following characters to leave out */
  private readWithin(character: string): number {
    if (this.isInText) {
      if (character === '\\') return 1;
      this.isInText = character !== '"';
    } else if (character === '"') this.isInText = true;
    else if (character === '{' || character === '[') this.depth++;
    else if (character === '}' || character === ']') this.depth--;
    return 0;
  }

  /** Whether a character may stand before, between or after objects. */
  private isBetween(character: string): boolean {
    if (character === '[' && this.place === 'start') this.place = 'array';
    else if (character === ']' && this.place === 'array') this.place = 'after array';
    else return (character === ',' && this.place === 'array') || character.trim() === '';
    return true;
  }
}
