"""Public fakes and builders for tests; nothing in the product imports it."""
