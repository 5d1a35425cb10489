"""The papers of the procedure, as plain values: what each of them says, before anything is drawn."""
