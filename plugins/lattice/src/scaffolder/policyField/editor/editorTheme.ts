import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const frame = EditorView.theme({
  '&': {
    border: '1px solid var(--bui-border-2)',
    borderRadius: 'var(--bui-radius-2)',
    backgroundColor: 'var(--bui-bg-neutral-2)',
    color: 'var(--bui-fg-primary)',
    fontSize: 'var(--bui-font-size-2)',
  },
  '&.cm-focused': { outline: '2px solid var(--bui-ring)' },
  '.cm-scroller': {
    fontFamily: 'var(--bui-font-monospace)',
    minHeight: '16rem',
    maxHeight: '32rem',
  },
  '.cm-content': { caretColor: 'var(--bui-fg-primary)' },
  '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--bui-fg-secondary)',
    border: 'none',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'var(--bui-bg-neutral-3)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--bui-bg-neutral-4)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--bui-bg-neutral-1)',
    color: 'var(--bui-fg-primary)',
    border: '1px solid var(--bui-border-2)',
    borderRadius: 'var(--bui-radius-2)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--bui-font-monospace)',
    maxWidth: 'min(44rem, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--bui-bg-neutral-3)',
    color: 'var(--bui-fg-primary)',
    outline: '2px solid var(--bui-ring)',
    outlineOffset: '-2px',
  },
  '.cm-completionDetail': { color: 'var(--bui-fg-secondary)' },
  '.cm-matchingBracket, .cm-nonmatchingBracket': {
    backgroundColor: 'var(--bui-bg-neutral-4)',
  },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, fontWeight: 'bold' },
  {
    tag: [tags.number, tags.bool, tags.null],
    color: 'var(--bui-fg-secondary)',
  },
]);

/** The editor in the colours of the portal, light and dark. */
export const editorTheme = [frame, syntaxHighlighting(colours)];
