"""What is no parser: it starts a message and never ends it."""

import sys
import time

if __name__ == "__main__":
    sys.stdout.buffer.write(b"\0\0\1\0half")
    sys.stdout.buffer.flush()
    time.sleep(3600)
