"""What compiled programs run on."""
