export function installIfNeeded(root?: string): void
export function ensureNode(root?: string): void
