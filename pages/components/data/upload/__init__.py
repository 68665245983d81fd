"""A file, a project file or a demo set comes in."""
