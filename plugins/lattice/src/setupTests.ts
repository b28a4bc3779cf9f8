import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import './__testUtils__/browserPolyfills';

// Laying out a map takes a second on a busy machine.
configure({ asyncUtilTimeout: 5_000 });
