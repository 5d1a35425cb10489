"""What a file is, whatever its name says."""
