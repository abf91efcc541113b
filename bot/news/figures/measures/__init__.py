"""What is counted: which happening each number of a sentence belongs to."""
