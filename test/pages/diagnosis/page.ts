import {
  type BanksideInspector,
  type DiagnoseOptions,
  defineInspector,
  diagnose,
} from '../../../src/inspector.ts';

declare global {
  interface Window {
    diagnose: typeof diagnose;
    /** Adds an inspector to the page, and starts a diagnosis in it. */
    showDiagnosis(options: DiagnoseOptions): BanksideInspector;
    inspector: BanksideInspector;
    /** How the last diagnosis of the inspector ended. */
    outcome: string;
  }
}

defineInspector();
window.diagnose = diagnose;
window.showDiagnosis = (options) => {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Bank';
  window.inspector = document.createElement('bankside-inspector');
  main.append(heading, window.inspector);
  document.body.append(main);
  window.outcome = '';
  window.inspector.diagnose(options).then(
    ({ findings }) => {
      window.outcome = `${findings.length} findings`;
    },
    ({ name }: Error) => {
      window.outcome = name;
    },
  );
  return window.inspector;
};
