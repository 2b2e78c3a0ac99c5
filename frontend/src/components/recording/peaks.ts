/** Loudness of a sound over its length, one value a bar, 0…1; pure. */
export function peaks(samples: Float32Array, bars: number): number[] {
  const size = Math.max(1, Math.floor(samples.length / bars));
  const found = Array.from({ length: bars }, (_, bar) => {
    let loudest = 0;
    for (let i = bar * size; i < Math.min(samples.length, (bar + 1) * size); i += 1)
      loudest = Math.max(loudest, Math.abs(samples[i] ?? 0));
    return loudest;
  });
  const top = Math.max(...found, 0.05);
  return found.map((value) => value / top);
}
