// Reads from the sources every title that a user can meet: what stands first in a message or a hint. What is filled in at run time is an
// ellipsis here.
'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const ts = require('typescript');

const ROOT = dirname(__dirname);
const FILLED_IN = '…';
/** Where the words of a whole title stand: which argument, and what stands before it. @type {Record<string, (file: string) => { argument: number, before: string } | undefined>} */
const TITLE_ARGUMENTS = {
	NodeOperationError: () => ({ argument: 1, before: '' }),
	loadList: () => ({ argument: 2, before: '' }),
	sayHint: () => ({ argument: 1, before: '' }),
	refused: (file) => ({ argument: 0, before: file.endsWith('picture.ts') ? 'Input Data Field Name ' : '' }),
};
/** These make a title of a parameter's name and what is wrong with it. */
const PARAMETER_FUNCTIONS = ['inputFault', 'refuseValue'];
const TITLE_PROPERTIES = ['title', 'sleptHint'];
/** Where `message` is what n8n shows: of the rules of the credential's test. */
const CREDENTIAL_PROPERTIES = ['message'];
/** What the log says of callbacks that were not accepted. */
const LOG_SENTENCES = 'nodes/AkoolImageToVideo/webhook/sentences.ts';

/** All values that an expression can have, as far as the source says; `…` for what only the run knows. @param {ts.Expression} expression @returns {string[]} */
function textsOf(expression) {
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression);
	if (ts.isConditionalExpression(expression))
		return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
	if (ts.isTemplateExpression(expression)) {
		return [expression.head.text + expression.templateSpans.map(({ literal }) => FILLED_IN + literal.text).join('')];
	}
	const constant = ts.isIdentifier(expression) ? constantNamed(expression) : undefined;
	return constant === undefined ? [FILLED_IN] : textsOf(constant);
}

/** What a name stands for, looked up outwards from where it is used. @param {ts.Identifier} name @returns {ts.Expression | undefined} */
function constantNamed(name) {
	for (let place = name.parent; place !== undefined; place = place.parent) {
		if (!ts.isBlock(place) && !ts.isSourceFile(place)) continue;
		for (const statement of place.statements) {
			if (!ts.isVariableStatement(statement)) continue;
			const found = statement.declarationList.declarations.find(
				(declaration) => declaration.name.getText() === name.text,
			);
			if (found?.initializer !== undefined) return found.initializer;
		}
	}
	return undefined;
}

/** @param {ts.ObjectLiteralExpression} object @param {string} name @returns {string[] | undefined} */
function propertyTexts(object, name) {
	for (const property of object.properties) {
		if (property.name?.getText() !== name) continue;
		if (ts.isPropertyAssignment(property)) return textsOf(property.initializer);
		if (ts.isShorthandPropertyAssignment(property)) return textsOf(property.name);
	}
	return undefined;
}

/** @param {readonly string[]} starts @param {readonly string[]} ends */
const combined = (starts, ends) =>
	starts.flatMap((start) => ends.filter((end) => end !== FILLED_IN).map((end) => `${start} ${end}`));

/** The titles that one place in a source makes. @param {ts.Node} node @param {string} file @returns {string[]} */
function titlesAt(node, file) {
	if (ts.isObjectLiteralExpression(node)) {
		const parameter = propertyTexts(node, 'parameter');
		const what = propertyTexts(node, 'what');
		if (parameter !== undefined && what !== undefined) return combined(parameter, what);
		const names = file.startsWith('credentials') ? CREDENTIAL_PROPERTIES : TITLE_PROPERTIES;
		return names.flatMap((name) => propertyTexts(node, name) ?? []);
	}
	if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
	const name = node.expression.getText();
	const given = node.arguments ?? [];
	const [first, second] = given;
	if (PARAMETER_FUNCTIONS.includes(name) && first !== undefined && second !== undefined)
		return combined(textsOf(first), textsOf(second));
	const place = TITLE_ARGUMENTS[name]?.(file);
	const argument = place && given[place.argument];
	return argument === undefined ? [] : textsOf(argument).map((text) => place?.before + text);
}

/** What a reader of nodes finds in a source. @param {string} file @param {(node: ts.Node) => string[]} read @returns {string[]} */
function readSource(file, read) {
	const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
	/** @type {string[]} */
	const found = [];
	/** @param {ts.Node} node */
	const walk = (node) => {
		found.push(...read(node));
		ts.forEachChild(node, walk);
	};
	walk(source);
	return found;
}

/** The first sentence, without its full stop: the rest is advice. @param {string} text */
const firstSentence = (text) => text.replace(/\. [A-Z].*$/s, '').replace(/\.$/, '');

/** Each first sentence once. What is made of nothing but what the run knows is left out. @param {string[]} texts */
function distinct(texts) {
	const sentences = texts
		.map(firstSentence)
		.filter((text) => /[a-z]{2}/.test(text.replaceAll(FILLED_IN, '')) && !text.startsWith(`${FILLED_IN} (`));
	return [...new Set(sentences)];
}

/** All titles and hints. @returns {string[]} */
function titles() {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => join(folder, file)),
	);
	return distinct(files.flatMap((file) => readSource(file, (node) => titlesAt(node, file))));
}

/** All sentences of the log about callbacks. @returns {string[]} */
function logSentences() {
	return distinct(
		readSource(LOG_SENTENCES, (node) => {
			if (ts.isPropertyAssignment(node)) return textsOf(node.initializer);
			return ts.isReturnStatement(node) && node.expression !== undefined ? textsOf(node.expression) : [];
		}),
	);
}

module.exports = { logSentences, titles };
