"""What a figure covers: an incident, a closed period, a running total, a stock."""
