/** WAV files as telephones play them: mono, 16 bits; pure. */

const HEADER_BYTES = 44;

/** Samples −1…1, whatever goes beyond is cut off at the loudest that 16 bits hold. */
export function encodeWav(samples: Float32Array, rate: number): ArrayBuffer {
  const data = samples.length * 2;
  const file = new ArrayBuffer(HEADER_BYTES + data);
  const view = new DataView(file);
  const word = (at: number, text: string): void =>
    [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + data, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // length of this part
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a sample
  view.setUint16(34, 16, true); // bits a sample
  word(36, 'data');
  view.setUint32(40, data, true);
  samples.forEach((sample, index) => view.setInt16(HEADER_BYTES + index * 2, toInt16(sample), true));
  return file;
}

function toInt16(sample: number): number {
  const kept = Math.max(-1, Math.min(1, sample));
  return Math.round(kept < 0 ? kept * 0x8000 : kept * 0x7fff);
}

/** The mean of the channels, as one. */
export function mixed(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first || channels.length === 1) return first ?? new Float32Array(0);
  return first.map((_, index) => channels.reduce((sum, one) => sum + (one[index] ?? 0), 0) / channels.length);
}
