// The page about the fault matrix in the repository.
'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const PAGE = join(__dirname, '..', '..', 'docs', 'faults.md');

/** Whether the run is to write the page instead of holding it against what it has seen: `npm run test:faults -- --write`. */
const isWriting = () => process.env['FAULTS_WRITE'] === 'true';

const readPage = () => (existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '');

/** @param {string} text */
const writePage = (text) => writeFileSync(PAGE, text);

module.exports = { isWriting, readPage, writePage };
