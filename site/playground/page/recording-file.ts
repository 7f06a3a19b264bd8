import { byId } from '../../../examples/showcase/shared/dom/element.js';

/** Larger files are none of ours: recordings end at 5 MB by default. */
const LARGEST = 50_000_000;

/** A file that a visitor has opened. */
export interface RecordingFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Opens a file that a visitor chooses, or drops anywhere on the page.
 *
 * @param open Is called with its text.
 * @param refuse Is called with one sentence if the file cannot be read.
 */
export function acceptRecordings(open: (file: RecordingFile) => void, refuse: (words: string) => void): void {
  const input = byId('recording-file', HTMLInputElement);
  byId('open-recording', HTMLButtonElement).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) void read(file);
    input.value = ''; // the same file can be opened once more
  });
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add('is-dropping');
  });
  addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) document.body.classList.remove('is-dropping');
  });
  addEventListener('drop', (event) => {
    document.body.classList.remove('is-dropping');
    if (!hasFiles(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void read(file);
  });

  async function read(file: File): Promise<void> {
    if (file.size > LARGEST) return refuse(`${file.name} is larger than a recording can be.`);
    try {
      open({ name: file.name, text: await file.text() });
    } catch {
      refuse(`${file.name} cannot be read.`);
    }
  }
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
