"""The functions by which tutorials know the strategies: of a learner and rows, in one room a topic.

Each query function takes a learner and a pool and returns indices, best first, so that code which
passes it as ``query_strategy=`` or calls it itself works unchanged; each measure takes the same and
returns one number a row. docs/from_modal.md says which is which.
"""
