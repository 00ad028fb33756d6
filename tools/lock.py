"""Writes the two lock files anew: every package with its hashes, no address, no path."""

import subprocess
import sys

FLAGS = [
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-header",
    "--strip-extras",
    "--allow-unsafe",
    "--quiet",
]
for output, extra in (("requirements-dev.txt", ["--extra", "dev"]), ("requirements.txt", [])):
    words = ["piptools", "compile", *FLAGS, *extra, "-o", output, "pyproject.toml"]
    subprocess.run([sys.executable, "-m", *words], check=True)
