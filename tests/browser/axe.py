"""What axe finds wrong on a page as a person sees it: at rest."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# A drawer that fades out is half transparent: its colours are nobody's. Loaders turn for ever, and are not waited for.
AT_REST = """() => new Promise((rest) => {
  let since = performance.now();
  const look = (now) => {
    const ends = document.getAnimations().filter((one) => one.playState === 'running')
      .map((one) => Number(one.effect?.getComputedTiming().endTime ?? 0));
    if (ends.some(Number.isFinite)) since = now;
    if (now - since > 200) rest(); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def faults(page: Page) -> list[str]:
    """One line each."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
