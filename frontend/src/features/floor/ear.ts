/** The supervisor's own line. It listens without any microphone: silence goes out until whispering or barging in opens one. */
import { SoftphoneLine } from '@/lib/softphone/line';
import { Microphone } from '@/lib/softphone/microphone';

class QuietMicrophone extends Microphone {
  private silence: MediaStream | null = null;

  override get media(): MediaStream | null {
    return super.media ?? this.silent();
  }

  private silent(): MediaStream {
    this.silence ??= new AudioContext().createMediaStreamDestination().stream;
    return this.silence;
  }
}

export const microphone = new QuietMicrophone();
export const line = new SoftphoneLine(microphone);

export function stopLine(): void {
  line.stop();
  microphone.close();
}

/** Raw statistics of the line for tests and support, only where somebody has asked for it in this browser. */
if (localStorage.getItem('decrocheDebug'))
  Object.assign(window, { decrocheEar: { statistics: () => line.statistics(), line, microphone } });
