/** The agent's one page. */
export function AgentDesktopPage() {
  return null;
}
