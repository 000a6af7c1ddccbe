"""The address desk: appeals whose address is not certain, and what a clerk decides about them."""
