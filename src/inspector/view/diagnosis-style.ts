/** The style of the diagnosis. It uses the colours of the other sheet. */
export const DIAGNOSIS_STYLE: string = `
.diagnosis { border-block-start: 1px solid var(--line); padding-block-end: 10px; }
.diagnosis :is(.state, .choice, .findings, .checks, details) { margin: 0 12px 10px; }
.diagnosis .findings details { margin: 8px 0 0; }
.diagnosis .state { font-weight: 600; overflow-wrap: anywhere; }
.diagnosis[data-state='failed'] .state { color: var(--bad); }
.choice { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; color: var(--soft); }
.choice select { color: var(--ink); }
.findings { list-style: none; padding: 0; display: grid; gap: 10px; }
.finding { padding: 10px 12px; background: var(--well); border: 1px solid var(--line); border-inline-start: 4px solid var(--soft); border-radius: 6px; }
.finding[data-tone='error'] { border-inline-start-color: var(--failed); }
.finding[data-tone='warning'] { border-inline-start-color: var(--token); }
.finding .heading { margin: 0 0 8px; overflow-wrap: anywhere; }
.finding .mark { display: inline-block; width: 1.3em; font-weight: 700; }
.finding .badge { font-weight: 650; }
.finding[data-tone='error'] :is(.mark, .badge) { color: var(--bad); }
.finding[data-tone='warning'] :is(.mark, .badge) { color: var(--warn); }
.finding dl { margin: 0; display: grid; gap: 4px; }
.finding dl > div { display: grid; grid-template-columns: 5.5em minmax(0, 1fr); gap: 0 10px; align-items: baseline; }
.finding dt { color: var(--soft); }
.finding dd { margin: 0; overflow-wrap: anywhere; }
.finding :is(code, pre) { font: 12px/1.5 ui-monospace, monospace; }
.finding pre { margin: 8px 0; padding: 8px 10px; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.finding code + button { margin-inline-start: 8px; }
.diagnosis summary { cursor: pointer; color: var(--soft); padding-block: 4px; }
.diagnosis details ul, .checks { margin: 4px 0; padding-inline-start: 22px; }
.diagnosis .checks { padding-inline-start: 22px; }
.diagnosis details p { margin: 6px 0 2px; overflow-wrap: anywhere; }
.diagnosis li { overflow-wrap: anywhere; }
.checks [data-result='found'] { color: var(--bad); }
.checks [data-result='skipped'] { color: var(--soft); }
@container (width < 720px) {
  .finding dl > div { grid-template-columns: minmax(0, 1fr); }
  .finding dd { margin-block-end: 4px; }
  .finding code { display: block; }
  .finding code + button { display: block; margin: 6px 0 0; }
  .finding button { min-height: 40px; }
  .diagnosis summary { padding-block: 10px; }
}
`;
