"""The monthly meetings. The folder is `sessions`; the label, URLs and templates say `meetings`."""
