"""The pool in two dimensions."""
