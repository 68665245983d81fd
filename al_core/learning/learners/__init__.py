"""The familiar verbs, query and teach, over estimators, committees and streams."""
