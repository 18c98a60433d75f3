#!/usr/bin/env node
// In JavaScript, so that no command has to load what makes JavaScript of TypeScript: that is 40 ms and 18 MB. What it makes
// is cached from the second time on.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// The same folder as remediator.ts has.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'remediator'));
await import('./remediator.ts');
