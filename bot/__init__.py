"""borderwire: one alert per event, with the figures, who claims them, and what happened before."""

__version__ = "0.1.0"
