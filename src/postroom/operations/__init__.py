"""What an administrator does to the whole: prove the store, back it up, restore it, and later diagnose it."""
