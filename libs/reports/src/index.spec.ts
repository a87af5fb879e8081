import { join } from 'node:path';
import * as ts from 'typescript';

const PROJECT = join(__dirname, '../../..');

describe.each(['index.ts', 'internal.ts'])('%s of the library', (entry) => {
  const { config } = ts.readConfigFile(join(PROJECT, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, PROJECT);
  const file = join(__dirname, entry);
  const program = ts.createProgram([file], { ...options, incremental: false, noEmit: true });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!);

  it.each(exported.map((symbol) => symbol.name))('says what %s is', (name) => {
    const symbol = exported.find((one) => one.name === name)!;
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    expect(ts.displayPartsToString(origin.getDocumentationComment(checker))).not.toBe('');
  });
});
