// Checks a consumer's files, and the declarations of the package, with a compiler: `node check-types.js <compiler> <tsconfig.json>`
// prints each fault as `tsc` does. Declarations of peers are read, but not checked: their faults are not ours.
import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path';

const [compiler = '', config = ''] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(compiler);
const folder = dirname(config);

const { config: read } = ts.readConfigFile(config, ts.sys.readFile);
const { options, fileNames, errors } = ts.parseJsonConfigFileContent(read, ts.sys, folder);
const program = ts.createProgram({ rootNames: fileNames, options });
const ours = program
  .getSourceFiles()
  .filter(({ fileName }) => fileNames.includes(fileName) || fileName.includes('/node_modules/bankside/'));

const faults = [
  ...errors,
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...ours.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]),
];
for (const { file, start, messageText } of faults) {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n');
  const { line = 0 } = file ? file.getLineAndCharacterOfPosition(start) : {};
  const path = file ? relative(folder, file.fileName).replaceAll('\\', '/') : '';
  console.log(`${path}(${line + 1}): ${text}`);
}
if (ours.length === fileNames.length) console.log('node_modules/bankside/(1): No declaration was found');
