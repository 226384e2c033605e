"""The kernel sensor: loads the BPF object, reads its rings, and says what it can see here."""
