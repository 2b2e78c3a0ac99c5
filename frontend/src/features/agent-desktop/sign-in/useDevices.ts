/** Microphones and loudspeakers that the browser sees now. Their names come with the permission to use them. */
import { useEffect, useState } from 'react';

export interface Devices {
  inputs: MediaDeviceInfo[];
  outputs: MediaDeviceInfo[];
}

/** `moment` changes when there may be something new to see: the permission was given. */
export function useDevices(moment: string): Devices {
  const [devices, setDevices] = useState<Devices>({ inputs: [], outputs: [] });
  useEffect(() => {
    const media = navigator.mediaDevices;
    if (!media) return;
    let current = true;
    const look = async (): Promise<void> => {
      const all = (await media.enumerateDevices()).filter(({ deviceId }) => deviceId !== '');
      if (!current) return;
      setDevices({
        inputs: all.filter(({ kind }) => kind === 'audioinput'),
        outputs: all.filter(({ kind }) => kind === 'audiooutput'),
      });
    };
    const changed = (): void => void look();
    changed();
    media.addEventListener('devicechange', changed);
    return () => {
      current = false;
      media.removeEventListener('devicechange', changed);
    };
  }, [moment]);
  return devices;
}
