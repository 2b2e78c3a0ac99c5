/** How the browser's telephone gets through routers: asked for once for each line. */
import { api, unwrap } from '../api/client';

export async function findIceServers(): Promise<RTCIceServer[]> {
  const { ice_servers } = await unwrap(api.GET('/api/telephony/softphone'));
  return ice_servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username ? { username } : {}),
    ...(credential ? { credential } : {}),
  }));
}
