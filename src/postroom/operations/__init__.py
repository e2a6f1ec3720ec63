"""What an administrator does to the whole: prove the store, and later back it up, restore it, diagnose it."""
