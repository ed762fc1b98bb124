"""The outside world: each folder fulfils ports of the packages with one real system or its emulator."""
