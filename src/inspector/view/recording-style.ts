/** The style of the recording. It uses the colours of the main style sheet. */
export const RECORDING_STYLE: string = `
.recording { border-block-start: 1px solid var(--line); }
.recording .state { margin: 0 12px 10px; max-width: 80em; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.recording:not([data-state='offered']) .state { font-weight: 600; }
.recording[data-state='failed'] .state { color: var(--bad); }
.recording[data-state='running'] .title::before {
  content: ''; display: inline-block; width: 9px; height: 9px; margin-inline-end: 8px; border-radius: 50%; background: var(--failed);
}
@media (pointer: coarse) {
  .bar button { min-height: 44px; }
}
`;
