export * from './LayerDocument';
export * from './LayerRows';
export * from './StatementView';
export * from './TextDiff';
export * from './describeStatement';
export * from './describeStatementReference';
export * from './parseStatements';
