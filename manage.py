#!/usr/bin/env python
"""Django's command line for Learning Sets."""

import gc
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningsets.settings")
    # While the site is loaded and its tables are made, much is made and nearly all of it stays: to look for garbage
    # as often as Python would took a tenth of a start, and a sixth of the first one.
    gc.set_threshold(50_000)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
