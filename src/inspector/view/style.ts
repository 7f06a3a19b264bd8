import { MAX_HEIGHT } from './picture-layout.ts';

/** The style sheet. Colours are custom properties, because the picture reads them too. */
export const STYLE: string = `
:host {
  --paper: #ffffff; --well: #f4f6f9; --line: #d5dbe4; --ink: #17202e; --soft: #566173;
  --sent: #2f6fde; --answered: #2a9d74; --token: #b77400; --failed: #cf2f3f; --late: #8a3fd1;
  --good: #14734f; --bad: #b3202f; --warn: #8a5600; --odd: #7030b0; --busy: #1d57bd;
  --focus: #1d57bd; --chosen: #e6effd;
  color-scheme: light;
  display: block; color: var(--ink); background: var(--paper);
  border: 1px solid var(--line); border-radius: 10px; overflow: hidden;
  font: 400 14px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; text-align: start;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #141a23; --well: #1b232f; --line: #364252; --ink: #e7ecf3; --soft: #a3afbf;
    --sent: #5c96ff; --answered: #3fbf90; --token: #e6a53a; --failed: #ff6673; --late: #c08bff;
    --good: #5fd3a5; --bad: #ff8d96; --warn: #f0b95c; --odd: #d0a8ff; --busy: #8db6ff;
    --focus: #8db6ff; --chosen: #22344f;
    color-scheme: dark;
  }
}
@media (forced-colors: active) {
  :host {
    --paper: Canvas; --well: Canvas; --line: CanvasText; --ink: CanvasText; --soft: CanvasText;
    --sent: Highlight; --answered: CanvasText; --token: CanvasText; --failed: LinkText; --late: LinkText;
    --good: CanvasText; --bad: CanvasText; --warn: CanvasText; --odd: CanvasText; --busy: CanvasText;
    --focus: Highlight; --chosen: Highlight;
  }
}
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
.root { container-type: inline-size; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 10px 12px; }
.title { margin: 0; font-weight: 650; font-size: 15px; margin-inline-end: auto; }
button, select, input {
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
  min-height: 32px; padding: 3px 10px;
}
input { min-width: 0; width: 170px; }
input::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
button:hover { background: var(--well); }
button[aria-pressed='true'] { background: var(--chosen); border-color: var(--focus); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.facts {
  display: flex; flex-wrap: wrap; gap: 0 22px; margin: 0; padding: 7px 12px; background: var(--well);
  border-block: 1px solid var(--line); font-variant-numeric: tabular-nums;
}
.facts > div { display: flex; gap: 6px; align-items: center; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; font-weight: 600; }
.facts dd[data-tone='bad'] { color: var(--bad); }
.facts dd[data-tone='warn'] { color: var(--warn); }
.facts dd[data-tone='odd'] { color: var(--odd); }
.facts dd[data-tone='busy'] { color: var(--busy); }
.meter { width: 84px; height: 8px; border: 1px solid var(--soft); border-radius: 5px; overflow: hidden; }
.meter > div { height: 100%; background: var(--answered); transform-origin: left; }
.meter[data-tone='warn'] > div { background: var(--token); }
.meter[data-tone='bad'] > div { background: var(--failed); }
.picture { position: relative; padding: 8px 12px 4px; }
.lanes { contain: content; position: relative; max-height: ${MAX_HEIGHT}px; overflow-y: auto; overflow-x: hidden; border: 1px solid var(--line); border-radius: 6px; }
.lanes canvas { display: block; position: absolute; inset-block-start: 0; inset-inline-start: 150px; cursor: pointer; touch-action: pan-y; }
.names { position: relative; width: 150px; border-inline-end: 1px solid var(--line); background: var(--well); }
.names > div { position: absolute; inset-inline: 0; display: flex; flex-direction: column; justify-content: center; padding: 0 8px; line-height: 1.2; }
.names > div > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.names .note { color: var(--soft); font-size: 12px; }
.names .lane { font-weight: 600; }
.names .note:empty { display: none; }
.times { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 6px 0 4px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 0 0 0 auto; padding: 0; list-style: none; font-size: 12px; color: var(--soft); }
.legend li { display: flex; gap: 6px; align-items: center; }

.body { display: grid; grid-template-columns: minmax(0, 1fr) minmax(240px, 34%); border-block-start: 1px solid var(--line); }
.list { contain: strict; position: relative; height: 306px; overflow: auto; overflow-anchor: none; }
.list:focus-visible { outline-offset: -2px; }
.rows { position: relative; overflow: hidden; }
.row {
  contain: strict; position: absolute; inset-inline: 0; top: 0; height: 34px; padding: 0 12px; cursor: pointer;
  display: grid; grid-template-columns: 7.2em 1.3em minmax(0, 1.5fr) minmax(0, 1fr) minmax(0, 1.6fr) 5.4em; gap: 10px; align-items: center;
  border-block-end: 1px solid var(--line); font-variant-numeric: tabular-nums;
}
.row > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row:hover { background: var(--well); }
.row[aria-selected='true'] { background: var(--chosen); box-shadow: inset 3px 0 0 var(--focus); }
.time, .place { color: var(--soft); }
.row[aria-selected='true'] .time, .row[aria-selected='true'] .place { color: inherit; }
.name { font-weight: 600; }
.took { text-align: end; }
.row[data-tone='good'] :is(.mark, .state) { color: var(--good); }
.row[data-tone='bad'] :is(.mark, .state) { color: var(--bad); }
.row[data-tone='odd'] :is(.mark, .state) { color: var(--odd); }
.row[data-tone='warn'] :is(.mark, .state) { color: var(--warn); }
.row[data-tone='busy'] :is(.mark, .state) { color: var(--busy); }
.nothing { margin: 0; padding: 12px; color: var(--soft); }
.details { padding: 12px 14px; border-inline-start: 1px solid var(--line); overflow: auto; max-height: 306px; background: var(--well); }
.details p { margin: 0 0 8px; font-size: inherit; }
.details .heading { font-weight: 650; overflow-wrap: anywhere; }
.details dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 3px 12px; margin: 0; font-variant-numeric: tabular-nums; }
.details dt { color: var(--soft); }
.details dd { margin: 0; overflow-wrap: anywhere; }
.hint { color: var(--soft); }
dialog { color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 14px; width: min(640px, 92vw); }
dialog::backdrop { background: rgb(0 0 0 / 45%); }
dialog p { margin: 0 0 8px; }
dialog textarea { width: 100%; height: 45vh; font: 12px/1.4 ui-monospace, monospace; color: inherit; background: var(--well); border: 1px solid var(--line); border-radius: 6px; padding: 8px; }
dialog button { margin-block-start: 8px; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (width < 720px) {
  .title { flex-basis: 100%; }
  .bar input { flex: 1 1 110px; }
  .bar select { flex: 1 1 120px; min-width: 0; }
  .bar button { flex: 1 1 auto; min-height: 40px; }
  .bar :is(input, select) { min-height: 40px; }
  .times :is(button, select) { min-height: 36px; }
  .times select { flex: 1 1 0; min-width: 0; padding-inline: 6px; }
  .lanes canvas { inset-inline-start: 100px; }
  .names { width: 100px; font-size: 13px; }
  .names > div { padding: 0 6px; }
  .legend { margin: 4px 0; }
  .body { grid-template-columns: minmax(0, 1fr); }
  .row { height: 56px; grid-template-columns: 1.3em minmax(0, 1fr) auto; grid-template-rows: auto auto; gap: 0 8px; align-content: center; }
  .row .mark { order: 0; }
  .row .name { order: 1; }
  .row .took { order: 2; }
  .row .time { order: 3; grid-column: 1 / 3; padding-inline-start: calc(1.3em + 8px); grid-row: 2; font-size: 12px; }
  .row .place { display: none; }
  .row .state { grid-column: 3; grid-row: 2; font-size: 12px; max-width: 46cqw; }
  .details { border-inline-start: 0; border-block-start: 1px solid var(--line); max-height: none; }
}
@media (forced-colors: active) {
  .row[aria-selected='true'] { forced-color-adjust: none; color: HighlightText; }
  .row[aria-selected='true'] > span { color: HighlightText !important; }
  .meter > div { forced-color-adjust: none; }
}
`;
