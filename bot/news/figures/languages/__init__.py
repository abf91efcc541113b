"""Figures in the feeds' other languages: Urdu, Dari, Pashto, Hindi and Arabic."""
