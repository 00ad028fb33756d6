"""Stands in for a reader of workbooks that was taken over: announces 4 GiB, sends rubbish."""

import sys

sys.stdout.buffer.write(b"\x00\x00\x00\x04\xc1\xc1\xc1\xc1")
