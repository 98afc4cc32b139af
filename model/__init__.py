"""The machine learns: features, training, evaluation, bundles, tagging, evidence."""
