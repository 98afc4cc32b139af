"""Errors of the model.

PolicyThemesError
├── TrainingError   the labels do not suffice, a report is on both sides
└── BundleError     a bundle is missing, damaged or foreign: expected and found
"""

from seeds.errors import PolicyThemesError


class TrainingError(PolicyThemesError):
    """A model cannot be trained or evaluated on these labels."""


class BundleError(PolicyThemesError):
    """A bundle cannot be used; the message says what was expected and found."""
