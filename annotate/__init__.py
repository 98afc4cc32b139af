"""People decide: the labelling screen, Label Studio, votes, agreement, gold labels."""
