"""What a person takes away: labelled file, model, report."""
