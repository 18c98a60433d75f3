import { writeFileSync } from 'node:fs';
import { createProgram } from '../program.ts';
import { PAGE, readFragments } from './read-fragments.ts';
import { renderPage } from './render-page.ts';

// `npm run docs:cli`
writeFileSync(PAGE, renderPage(createProgram(), readFragments()));
