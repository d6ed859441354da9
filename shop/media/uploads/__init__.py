"""Pictures that staff bring: looked into, made anew, and kept under the digest of their content."""
