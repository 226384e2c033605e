"""From a decision to the world: the formats that people and machines read."""
