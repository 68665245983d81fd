"""How good the model is: score, curve, random rows, advice, rehearsal."""
