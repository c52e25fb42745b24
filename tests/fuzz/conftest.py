"""The harness needs atheris, which the usual tests do not have."""

collect_ignore = ["target.py"]
