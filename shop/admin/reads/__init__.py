"""What staff pages show, composed of the rooms' reads into frozen rows."""
