"""What a topic is made of, out of its tables in config/topics/, every row checked."""
