/** Quality of the line from WebRTC's own counters; pure. Times in milliseconds, shares 0…1. */

export interface Sample {
  received: number;
  lost: number;
  jitterMs: number;
  roundTripMs: number | null;
  /** Share of what we send that the other side did not get. */
  outboundLoss: number | null;
}

export type Quality = 'unknown' | 'good' | 'fair' | 'poor';

export interface Network {
  quality: Quality;
  lossShare: number;
  jitterMs: number;
  roundTripMs: number | null;
}

export const UNKNOWN: Network = { quality: 'unknown', lossShare: 0, jitterMs: 0, roundTripMs: null };

/** Reads one sample out of a statistics report. */
export function sampleOf(report: Iterable<[string, Record<string, unknown>]>): Sample | null {
  let inbound: Record<string, unknown> | null = null;
  let remote: Record<string, unknown> | null = null;
  for (const [, entry] of report) {
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') inbound = entry;
    if (entry.type === 'remote-inbound-rtp' && entry.kind === 'audio') remote = entry;
  }
  if (!inbound && !remote) return null;
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    received: number(inbound?.packetsReceived),
    lost: number(inbound?.packetsLost),
    jitterMs: Math.max(number(inbound?.jitter), number(remote?.jitter)) * 1000,
    roundTripMs: typeof remote?.roundTripTime === 'number' ? remote.roundTripTime * 1000 : null,
    outboundLoss: typeof remote?.fractionLost === 'number' ? remote.fractionLost : null,
  };
}

/** Judges the stretch between two samples some seconds apart. Silence on the line (no packets) judges nothing. */
export function judge(before: Sample, after: Sample): Network {
  const received = Math.max(0, after.received - before.received);
  const lost = Math.max(0, after.lost - before.lost);
  const inboundLoss = received + lost > 20 ? lost / (received + lost) : 0;
  const lossShare = Math.max(inboundLoss, after.outboundLoss ?? 0);
  const { jitterMs, roundTripMs } = after;
  const trip = roundTripMs ?? 0;
  if (received === 0 && roundTripMs === null) return UNKNOWN;
  const quality: Quality =
    lossShare > 0.05 || jitterMs > 60 || trip > 400
      ? 'poor'
      : lossShare > 0.02 || jitterMs > 30 || trip > 200
        ? 'fair'
        : 'good';
  return { quality, lossShare, jitterMs, roundTripMs };
}
