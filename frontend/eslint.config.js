/** Lint rules. The walls: a feature imports no other feature; lib and components import neither features nor app. */
import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import path from 'node:path';
import tseslint from 'typescript-eslint';

const src = path.join(import.meta.dirname, 'src');

/** [layer, feature] of a file under src, e.g. ['features', 'campaigns']. */
function place(file) {
  const [layer, name] = path.relative(src, file).split(path.sep);
  return [layer, layer === 'features' ? name : null];
}

function forbidden(from, to) {
  const [fromLayer, fromFeature] = place(from);
  const [toLayer, toFeature] = place(to);
  if (fromLayer === 'features') {
    if (toLayer === 'app') return 'A feature must not import the app.';
    if (toLayer === 'features' && toFeature !== fromFeature)
      return `Feature "${fromFeature}" must not import feature "${toFeature}".`;
  }
  if (['lib', 'components', 'i18n'].includes(fromLayer) && ['features', 'app'].includes(toLayer))
    return `"${fromLayer}" must not import "${toLayer}".`;
  return null;
}

const walls = {
  rules: {
    imports: {
      meta: { type: 'problem', schema: [] },
      create(context) {
        const check = (node) => {
          const source = node.source?.value;
          if (typeof source !== 'string') return;
          const target = source.startsWith('@/')
            ? path.join(src, source.slice(2))
            : source.startsWith('.')
              ? path.resolve(path.dirname(context.filename), source)
              : null;
          const message = target && forbidden(context.filename, target);
          if (message) context.report({ node, message });
        };
        return {
          ImportDeclaration: check,
          ImportExpression: check,
          ExportAllDeclaration: check,
          ExportNamedDeclaration: check,
        };
      },
    },
  },
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/lib/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [
      ...tseslint.configs.strict,
      jsxA11y.flatConfigs.recommended,
      reactHooks.configs.flat.recommended,
    ],
    plugins: { walls },
    languageOptions: { globals: globals.browser },
    rules: {
      'walls/imports': 'error',
      // The React compiler is not used.
      'react-hooks/incompatible-library': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'dangerouslySetInnerHTML', message: 'Text from outside is rendered as text.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Text from outside is rendered as text.',
        },
      ],
    },
  },
  { files: ['*.{js,ts}', 'scripts/**'], languageOptions: { globals: globals.node } },
  { files: ['vite.config.ts'], extends: tseslint.configs.recommended },
  { files: ['public/**'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
);
