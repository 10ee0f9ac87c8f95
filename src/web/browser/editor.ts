/** The policy's editor: a plain text field becomes one with colours, completion from the schema, and the linter's findings beside the text. */
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';
import { ask } from './ask.ts';
import { showFindings, type Found } from './findings.ts';
import { placeAt, wordsAt, type Schema } from '../completion.ts';

interface Findings {
  readonly findings: readonly Found[];
}

function sign(severity: string, mark: string, colour: string): Record<string, Record<string, string>> {
  return {
    [`.cm-lint-marker-${severity}`]: { content: 'normal', color: colour },
    [`.cm-lint-marker-${severity}::before`]: { content: `"${mark}"` },
    [`.cm-lintRange-${severity}`]: {
      backgroundImage: 'none',
      textDecoration: `underline wavy ${colour}`,
      textDecorationSkipInk: 'none',
    },
  };
}

/** The sheet's own colours, so that light and dark are the same as around it. */
const look = EditorView.theme({
  '&': { fontSize: '0.9rem', color: 'var(--fg)', backgroundColor: 'var(--card)', maxHeight: '75vh' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--fg)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--fg)' },
  '.cm-gutters': { color: 'var(--soft)', backgroundColor: 'var(--raised)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--raised)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--risk-bg)',
  },
  '.cm-tooltip, .cm-panels': { color: 'var(--fg)', backgroundColor: 'var(--card)', borderColor: 'var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-brand)', backgroundColor: 'var(--brand)' },
  // The marks of the linter as signs: its own are pictures in the style, which our content policy forbids.
  '.cm-lint-marker': { width: '1em', height: 'auto', textAlign: 'center', fontWeight: '700' },
  ...sign('error', '✘', 'var(--broken)'),
  ...sign('warning', '!', 'var(--risk)'),
  ...sign('info', 'i', 'var(--declared)'),
  '.cm-diagnostic-error': { borderLeftColor: 'var(--broken)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--risk)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--declared)' },
  '.cm-foldPlaceholder': { color: 'var(--soft)', backgroundColor: 'var(--raised)', borderColor: 'var(--line)' },
});
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--brand)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--fg)' },
  { tag: [tags.number, tags.bool, tags.keyword, tags.atom], color: 'var(--declared)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--soft)' },
]);

const field = document.querySelector<HTMLTextAreaElement>('textarea[data-editor]');
if (field) void edit(field);

async function edit(text: HTMLTextAreaElement): Promise<void> {
  const schema = await ask<Schema>('/api/policy/schema');
  const place = document.createElement('div');
  place.className = 'editor';
  text.before(place);
  // In a tree of its own the styles of the editor need no style element, which our content policy forbids.
  const root = place.attachShadow({ mode: 'open' });
  const view = new EditorView({
    doc: text.value,
    parent: root,
    root,
    extensions: [
      basicSetup,
      yaml(),
      look,
      syntaxHighlighting(colours),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        tabindex: '0',
        'aria-label': text.getAttribute('aria-label') ?? text.name,
        ...(text.getAttribute('aria-invalid') === 'true' ? { 'aria-invalid': 'true' } : {}),
      }),
      autocompletion({ override: [(context) => complete(context, schema)] }),
      lintGutter(),
      linter(findings, { delay: 600 }),
    ],
  });
  text.hidden = true;
  text.form?.addEventListener('submit', () => {
    text.value = view.state.doc.toString();
  });
  // What leads to the plain field leads to the editor in its place.
  for (const jump of document.querySelectorAll(`[role="alert"] a[href="#${text.id}"]`))
    jump.addEventListener('click', (event) => {
      event.preventDefault();
      view.focus();
    });
  for (const jump of document.querySelectorAll<HTMLElement>('[data-line]'))
    jump.addEventListener('click', (event) => {
      event.preventDefault();
      goTo(view, Number(jump.dataset['line']));
    });
}

function goTo(view: EditorView, line: number): void {
  const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
  view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) });
  view.focus();
}

function complete(context: CompletionContext, schema: Schema): CompletionResult | null {
  const word = context.matchBefore(/[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const before = context.state.doc.sliceString(0, context.pos).split('\n');
  const words = wordsAt(schema, placeAt(before));
  return words.length === 0 ? null : { from: word.from, options: words };
}

async function findings(view: EditorView): Promise<Diagnostic[]> {
  const { doc } = view.state;
  const { findings: found } = await ask<Findings>('/api/policy/lint', { text: doc.toString() });
  // What was written meanwhile is asked about anew.
  if (view.state.doc === doc) showFindings({ page: document, goTo: (line) => goTo(view, line) }, found);
  return found.map((one) => {
    // What stands in another file is told at the top, with where it is.
    const [at, where] =
      one.file !== 'policy.yaml'
        ? [1, `${one.file}:${one.line} ${one.path}`]
        : [one.line, one.rule === 'policy' && one.path !== '' ? one.path : one.rule];
    const line = view.state.doc.line(Math.min(Math.max(1, at), view.state.doc.lines));
    return {
      from: line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0),
      to: line.to,
      severity: one.severity === 'E' ? 'error' : one.severity === 'W' ? 'warning' : 'info',
      message: `${where}: ${one.message}`,
    };
  });
}
