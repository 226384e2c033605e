"""What is no parser: it announces the largest message that may be and says it a byte at a time, for days."""

import os
import time

from oakum.kit.limits import MESSAGE_BYTES

if __name__ == "__main__":
    os.write(1, MESSAGE_BYTES.to_bytes(4, "big"))
    while True:
        os.write(1, b"\0")
        time.sleep(0.001)
