import { join } from 'node:path';
import * as ts from 'typescript';
import { PROJECT } from './support/run';

describe('the public API of the library', () => {
  const file = join(PROJECT, 'libs/reports/src/index.ts');
  const { config } = ts.readConfigFile(join(PROJECT, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, PROJECT);
  const program = ts.createProgram([file], { ...options, incremental: false, noEmit: true });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!);

  it.each(exported.map((symbol) => symbol.name))('says what %s is', (name) => {
    const symbol = exported.find((one) => one.name === name)!;
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    expect(ts.displayPartsToString(origin.getDocumentationComment(checker))).not.toBe('');
  });
});
