export * from './latticeFormFields';
