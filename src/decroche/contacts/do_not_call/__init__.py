"""The list of numbers never to dial, everywhere or in one campaign."""
