"""The node agent: sensor, drift, spool."""
