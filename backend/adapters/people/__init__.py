"""Identity's answers in the shape that other packages' ports ask for."""
