"""Projects played through on data whose answers are known, as people would label them."""
