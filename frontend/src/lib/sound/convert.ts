/** Any sound that the browser decodes, made into what the telephone plays. */
import { encodeWav, mixed } from './wav';

const RATE = 16_000;

export interface TelephoneSound {
  file: File;
  seconds: number;
}

/** Rejects where the browser finds no sound in it. `atMostS`: what lasts longer is cut there. */
export async function forTelephone(source: Blob, atMostS = Infinity): Promise<TelephoneSound> {
  // Decoding resamples to the context's own rate.
  const context = new OfflineAudioContext(1, 1, RATE);
  const decoded = await context.decodeAudioData(await source.arrayBuffer());
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, n) => decoded.getChannelData(n));
  const samples = mixed(channels).subarray(0, Math.min(decoded.length, atMostS * RATE));
  const file = new File([encodeWav(samples, RATE)], 'message.wav', { type: 'audio/wav' });
  return { file, seconds: samples.length / RATE };
}
