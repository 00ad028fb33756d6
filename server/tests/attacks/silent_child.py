"""Stands in for the reader of workbooks: takes the file and says nothing."""

import time

time.sleep(30)
