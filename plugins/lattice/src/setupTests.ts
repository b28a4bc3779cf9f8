import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import './__testUtils__/browserPolyfills';

// Laying out a map takes seconds on a busy machine.
configure({ asyncUtilTimeout: 25_000 });
