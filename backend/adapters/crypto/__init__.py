"""Keys, sealing, digests and password hashes (GB/T 39786: exchangeable behind `kernel.ports.Vault`)."""
