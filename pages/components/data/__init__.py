"""From a dropped file to a project: reading, the question, the columns, start."""
