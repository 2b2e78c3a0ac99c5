/** A short sound to try the headphones with. */

export async function playTone(deviceId: string): Promise<void> {
  const context = new AudioContext();
  if (deviceId && 'setSinkId' in context)
    await (context.setSinkId as (id: string) => Promise<void>)(deviceId);
  const gain = context.createGain();
  gain.connect(context.destination);
  gain.gain.setValueAtTime(0, context.currentTime);
  gain.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.05);
  gain.gain.linearRampToValueAtTime(0, context.currentTime + 0.7);
  for (const [index, frequency] of [523.25, 659.25].entries()) {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.connect(gain);
    oscillator.start(context.currentTime + index * 0.2);
    oscillator.stop(context.currentTime + 0.7);
  }
  setTimeout(() => void context.close(), 1200);
}
