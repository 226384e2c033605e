"""Write the description of the API, web/openapi.json, out of its handlers; the console's types come from it."""

import json
import os
import sys
import tempfile

from oakum.apps.server.application import application
from oakum.apps.server.backing import open_backing
from oakum.apps.server.settings import Settings

PLACE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "web", "openapi.json")


def description() -> str:
    """The document as it is committed."""
    with tempfile.TemporaryDirectory() as state:
        backing = open_backing(Settings(state))
        try:
            schema = application(backing).openapi_schema.to_schema()
        finally:
            backing.close()
    return json.dumps(schema, indent=1, sort_keys=True, default=str) + "\n"


if __name__ == "__main__":
    os.makedirs(os.path.dirname(PLACE), exist_ok=True)
    with open(PLACE, "w", encoding="utf-8") as file:
        file.write(description())
    sys.stdout.write(f"{PLACE}\n")
