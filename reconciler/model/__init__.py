"""The vocabulary: frozen values that all other rooms use. Nothing here does I/O."""
