import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonLanguage } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completePolicy } from './completePolicy';
import { editorTheme } from './editorTheme';
import { lintEditor } from './lintEditor';
import styles from '../LatticePolicyField.module.css';
import type { PolicyNames } from './suggestionsFor';

interface PolicyEditorProps extends PolicyNames {
  /** What stands in it at first. Later values are the editor's own. */
  text: string;
  onChange: (text: string) => void;
}

/** A JSON editor that completes what an auth policy is made of and underlines what the lint finds. */
export default function PolicyEditor(props: PolicyEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ icons: false }),
          json(),
          jsonLanguage.data.of({
            autocomplete: completePolicy(() => latest.current),
          }),
          linter(({ state }) => lintEditor(state), { delay: 300 }),
          // Tab is not bound: it leaves the editor, as it leaves any other field.
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...completionKeymap,
            ...lintKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': 'Policy document',
            'aria-describedby': 'lattice-policy-editor-hint',
          }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
            }
          }),
          editorTheme,
        ],
      }),
    });
    return () => view.destroy();
  }, []);

  return (
    <div>
      <div ref={place} />
      <p id="lattice-policy-editor-hint" className={styles.hint}>
        Ctrl-Space suggests actions, condition keys, operators and callers. Tab
        leaves the editor.
      </p>
    </div>
  );
}
