"""Stands in for a reader of workbooks that was taken over: sends what it finds around it."""

import os
import struct
import sys

import msgspec

for frame in (
    ["sheet", {"name": str(dict(os.environ)), "hidden": False, "merged": []}],
    ["end"],
    ["done"],
):
    data = msgspec.msgpack.encode(frame)
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
