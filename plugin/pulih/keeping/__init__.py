"""Work on a whole store at once: looking for flaws, taking it out, putting it back, moving it."""
