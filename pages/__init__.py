"""One file a page: inputs, one call, show."""
