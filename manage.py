#!/usr/bin/env python
"""Django's command line for Learning Sets."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningsets.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
