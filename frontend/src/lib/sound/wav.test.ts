import { describe, expect, it } from 'vitest';
import { encodeWav, mixed } from './wav';

const text = (file: ArrayBuffer, at: number, length: number): string =>
  String.fromCharCode(...new Uint8Array(file, at, length));

describe('a WAV file for the telephone', () => {
  it('says in its header what it holds', () => {
    const file = encodeWav(new Float32Array(16_000), 16_000);
    const view = new DataView(file);
    expect([text(file, 0, 4), text(file, 8, 8), text(file, 36, 4)]).toEqual(['RIFF', 'WAVEfmt ', 'data']);
    expect(file.byteLength).toBe(44 + 32_000);
    expect(view.getUint32(4, true)).toBe(file.byteLength - 8);
    expect(view.getUint32(40, true)).toBe(32_000);
    expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint16(34, true)]).toEqual([
      1, 1, 16,
    ]);
    expect([view.getUint32(24, true), view.getUint32(28, true)]).toEqual([16_000, 32_000]);
  });

  it('writes silence, the loudest, and cuts what goes beyond', () => {
    const file = encodeWav(Float32Array.from([0, 1, -1, 0.5, 3, -3]), 8_000);
    expect([...new Int16Array(file, 44)]).toEqual([0, 32_767, -32_768, 16_384, 32_767, -32_768]);
  });

  it('mixes a stereo sound into one voice without making it louder', () => {
    const both = mixed([Float32Array.from([1, 0.5]), Float32Array.from([0, 0.5])]);
    expect([...both]).toEqual([0.5, 0.5]);
    expect(mixed([]).length).toBe(0);
  });
});
