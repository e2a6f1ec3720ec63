"""hMailServer's object model: every class described once, one gate through which everybody calls it."""
