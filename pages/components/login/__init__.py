"""Who is there: the person by their login, and whether the app can be reached by others."""
