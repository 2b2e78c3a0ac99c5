/** Build and development server. In development everything but the front end is asked of a running floor. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fileURLToPath } from 'node:url';

const floorPort = Number(process.env.DECROCHE_PORT ?? 8700);
const floorUrl = `http://localhost:${floorPort}`;
/** As if the page had come from the floor itself: its checks of the origin hold. */
const behindCaddy = { target: floorUrl, changeOrigin: true, headers: { Origin: floorUrl } };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // The content security policy allows no data: URL for scripts, styles or fonts.
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui)\// },
            { name: 'jssip', test: /node_modules\/(jssip|sdp-transform|events|debug)\// },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    watch: { ignored: ['**/dist*/**'] },
    proxy: {
      '/api': behindCaddy,
      '/admin-files': behindCaddy,
      '/floor/agent': { ...behindCaddy, ws: true },
      '/floor/supervise': { ...behindCaddy, ws: true },
      '/sip': { ...behindCaddy, ws: true },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    env: { TZ: 'Europe/Paris' },
    testTimeout: 60_000, // beside the other suites, on a machine of two cores
  },
} as Parameters<typeof defineConfig>[0]);
